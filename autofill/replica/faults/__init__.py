"""The faults of the practice site: their table, and those of network and form."""
