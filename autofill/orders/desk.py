"""The place where runs go: the real form, a given address, or the person's own practice site.

The practice site is served by each command for itself; what it files stays, and the next command knows it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autofill.errors import DiskTrouble
from autofill.evidence.archiving.age import configured_recipients
from autofill.language import _
from autofill.orders.audience import Audience
from autofill.orders.options import RunOptions
from autofill.page.address import origin_of


@contextmanager
def desk(options: RunOptions, audience: Audience, known_as: str = "") -> Iterator[tuple[str | None, str]]:
    """The address to practise at, and what the ledger calls that place; no address for the real form.

    What was practised before does not stand in the way, unless the place is `known_as` the same.

    Raises:
        DiskTrouble: What earlier practice left cannot be used.
    """
    if options.live:
        yield None, ""
    elif options.url is not None:
        yield options.url, origin_of(options.url)
    else:
        # A web server, that only this way of practising needs.
        from autofill.replica import RecordsError, ReplicaOptions, serving  # noqa: PLC0415

        state = _place_to_remember(audience)
        try:
            # Whoever finds the port sees pages, and nothing that was filed: that other programs are not told.
            with serving(ReplicaOptions(state=state, control=False)) as site:
                yield site.url, f"replica {known_as or secrets.token_hex(8)}"
        except RecordsError:
            raise records_trouble(state) from None


def practice_file() -> Path:
    """Where the person's own practice site keeps what was filed, and its mails."""
    from platformdirs import user_state_path  # noqa: PLC0415 - `--help` need not wait for it

    return user_state_path("autofill") / "practice.sqlite3"


def records_trouble(file: Path | None) -> DiskTrouble:
    """The error for a file of records that cannot be used."""
    return DiskTrouble(
        _("The practice site cannot use its records: {file}.").format(file=file),
        hint=_("To start again with none: autofill replica --forget"),
    )


def _place_to_remember(audience: Audience) -> Path | None:
    """That file; none for a person who has recordings encrypted, or where nothing can be written."""
    if configured_recipients():
        return None
    file = practice_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        reason = error.strerror
    else:
        if os.access(file.parent, os.W_OK):
            return file
        reason = os.strerror(13)
    words = _("The practice site will forget this: {folder}: {reason}.")
    audience.note(words.format(folder=file.parent, reason=reason))
    return None
