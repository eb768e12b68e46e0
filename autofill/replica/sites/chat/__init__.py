"""The chat: its pages, and what its agent says."""
