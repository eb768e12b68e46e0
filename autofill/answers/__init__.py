"""Answers: what the verbs print with `--json`, a class for each kind of object, and the schemas that are published."""
