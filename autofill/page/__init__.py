"""What a page is: the browser that shows it, and what can be found and read on it. Knows no plan and no file."""
