"""Orders: runs as somebody asks for them, at a terminal or from Python, from their options to their summaries."""
