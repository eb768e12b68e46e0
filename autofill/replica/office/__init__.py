"""The organisation's office: office hours, records, letters and mails.

No page, no question of the form and no HTTP.
"""
