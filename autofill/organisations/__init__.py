"""Organisations: a folder of data for each, and the table of all of them. Holds no rule of any single one."""
