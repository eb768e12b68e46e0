"""One module a verb: parse, one call, print, exit code. No logic may live here."""
