"""What happens behind the counter: the clock, the records, the letters, the post.

No page, no question of the form and no HTTP live here.
"""
