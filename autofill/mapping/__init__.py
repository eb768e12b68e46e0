"""Any form: which of its controls take which part of an inquiry."""
