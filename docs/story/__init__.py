"""The story of a lost parcel: run from start to end on the practice site by `make story`, and shown as a page.

Everything happens on this machine; the page shows only what the play left behind.
"""
