"""One run: its job, its claim in the ledger, its composition, and its summary."""
