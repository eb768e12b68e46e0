"""Sealing of whole recordings: seal, signature, time-stamp, check, and the tombstone of a purged one."""
