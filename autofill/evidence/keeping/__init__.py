"""A recording while it is made: folder, journal, pictures, boxes, log, report. Knows no keys and hands nothing out."""
