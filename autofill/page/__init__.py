"""A page: the browser that shows it, what can be found and read on it, its address."""
