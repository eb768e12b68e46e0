"""The contact form's server: its calls, and what becomes of a submission."""
