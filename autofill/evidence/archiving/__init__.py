"""Archiving of old recordings: encrypted, or purged."""
