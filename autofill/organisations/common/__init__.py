"""Advice that is true of any letter: tone, length, clarity, language."""
