"""The practice site: a contact desk that behaves like the real one, mailbox included.

It imports no other room of autofill, because it is what autofill is checked against.
"""

from autofill.replica.options import PRACTICE_ACCOUNT, ReplicaOptions
from autofill.replica.server import RunningReplica, serve_forever, serving

__all__ = ["PRACTICE_ACCOUNT", "ReplicaOptions", "RunningReplica", "serve_forever", "serving"]
