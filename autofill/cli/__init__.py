"""The command line: one module a verb, which parses, makes one call, prints and exits. No logic may live here."""
