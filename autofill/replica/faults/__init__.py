"""What can go wrong on request: the table of names, and the faults of form and network."""
