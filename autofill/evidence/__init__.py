"""Evidence of a run: pictures, values, journal, report, seal."""
