"""The United States Postal Service: its data, and the rules that data cannot say."""
