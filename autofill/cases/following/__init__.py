"""What a person does next about a case: letters, calendars, notifications."""
