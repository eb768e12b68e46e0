"""Replay of a plan on a page: open, fill, read back, submit, judge. Writes no files."""
