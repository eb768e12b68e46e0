"""The mails that the person's own practice site has written, as a source of mails; nothing is served for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from autofill.mail.limits import start_of_header
from autofill.mail.sources import Head
from autofill.orders.desk import practice_file, records_trouble
from autofill.replica import RecordsError, ReplicaOptions
from autofill.replica.desk import Desk


@dataclass(frozen=True, slots=True)
class PracticeMail:
    """The mails by name, the newest first, and the published key that they are signed with."""

    mails: Mapping[str, bytes]
    keys: Mapping[str, str | None]

    def heads(self) -> Iterator[Head]:
        """All of them."""
        for name, raw in self.mails.items():
            yield Head(name, len(raw), start_of_header(raw))

    def body(self, head: Head) -> bytes:
        """A whole mail."""
        return self.mails[head.name]


def practice_mail() -> PracticeMail:
    """What the practice site has sent by now; what is due is written first.

    Raises:
        DiskTrouble: Its records cannot be used.
    """
    file = practice_file()
    if not file.exists():
        return PracticeMail({}, {})
    try:
        desk = Desk(ReplicaOptions(state=file))
    except RecordsError:
        raise records_trouble(file) from None
    with closing(desk.records):
        desk.write_due_mails()
        mails = {f"{mail.case_number}-{mail.id}.eml": mail.raw for mail in reversed(desk.outbox())}
        key = desk.dkim_record()
    return PracticeMail(mails, {key["name"]: key["txt"]})
