"""The organisation's mails: found in a mailbox, matched to cases, kept as evidence.

A mailbox is only ever read. What a mail says is never rendered or logged, and its attachments are never opened.
"""
