"""Keeping what a run showed: pictures, values, journal, seal, report. Decides nothing about the run."""
