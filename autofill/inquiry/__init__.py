"""The inquiry: its models, the rules of its values, its files, and its flat mapping.

Knows nothing of forms, browsers or terminals.
"""
