"""The local gallery in which a person looks through recordings. Never sends anything anywhere."""
