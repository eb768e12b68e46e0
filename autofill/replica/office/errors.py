"""The errors of the office. Whoever starts a practice site can name them without loading the rest."""

from __future__ import annotations


class RecordsError(Exception):
    """A file of records that cannot be used; the message says why."""
