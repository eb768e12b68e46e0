"""The ledger: every run and case event that is kept, and all SQL."""
