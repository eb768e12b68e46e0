"""The members' dashboard: sign-in, mail, and the form for what did not come."""
