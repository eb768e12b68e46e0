"""autofill puts a person's inquiry into a contact form and keeps the proof."""

__version__ = "0.1.0"
