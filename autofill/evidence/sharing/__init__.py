"""The copy of a recording that is handed out: what is personal is covered or withheld. The original is only read."""
