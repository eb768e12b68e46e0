"""Doing a plan in a browser: find and open one, fill, read back, submit, judge. Writes no files, prints nothing."""
