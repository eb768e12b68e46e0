"""One run: its job, its claim in the ledger, the composition of its parts, and its summary."""
