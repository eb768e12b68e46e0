"""Files that a person writes: strict YAML with positions, and models made of it. Knows no inquiry and no form."""
