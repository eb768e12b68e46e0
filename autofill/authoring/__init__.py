"""Writing an inquiry: what a form asks, what an answer is worth, and the profile that it goes into."""
