"""What a person wrote: strict YAML, the inquiry's models, the rules of its values, advice.

Knows nothing of forms, browsers or terminals.
"""
