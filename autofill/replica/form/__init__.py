"""The contact form: its questions, choices and checks. No pages, no HTTP."""
