"""Other tools' files: recordings and scripts of theirs, read as a flow of steps and written from one.

One module a format. Nothing that is read is ever run, and nothing here opens a browser.
"""
