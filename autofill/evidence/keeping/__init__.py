"""Recording while it is made: folder, journal, pictures, boxes, log, report."""
