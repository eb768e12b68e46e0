"""Many runs in one browser session: how many at once, and what a signal does to them."""
