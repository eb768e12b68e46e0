"""Share copies of recordings: what is personal is covered or withheld. The original is only read."""
