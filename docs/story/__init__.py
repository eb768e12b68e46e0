"""The story of a lost parcel: played whole at the practice desk by `make story`, and told as a page.

Everything happens on this machine; the page shows only what the play left behind.
"""
