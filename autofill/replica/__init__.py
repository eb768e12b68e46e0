"""The practice site: a replica of the USPS contact desk, with its form, chat, Informed Delivery and mails.

It imports no other room of autofill, because autofill is checked against it; only the door is the gallery's, too.
"""

from autofill.replica.office.errors import RecordsError
from autofill.replica.options import PRACTICE_ACCOUNT, ReplicaOptions
from autofill.replica.server import RunningReplica, serve_forever, serving

__all__ = ["PRACTICE_ACCOUNT", "RecordsError", "ReplicaOptions", "RunningReplica", "serve_forever", "serving"]
