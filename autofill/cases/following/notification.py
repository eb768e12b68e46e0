"""A notice that something is due, to wherever the person wants it. The one place of this room that reaches out.

What it says tells nothing but how many cases wait; where it goes may hold a secret, and is never repeated.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec

from autofill.cases.model.case_messages import summary_words
from autofill.cases.model.case_status import CaseStatus
from autofill.errors import Misconfigured, TryLater
from autofill.language import _


def notify(address: str, statuses: tuple[CaseStatus, ...]) -> bool:
    """Send a notice if any case is due; whether one was sent.

    Args:
        address: An Apprise URL.
        statuses: Where the cases stand.

    Raises:
        Misconfigured: The address means nothing to Apprise, or Apprise is not there.
        TryLater: It did not get through.
    """
    if find_spec("apprise") is None:
        raise Misconfigured(
            _("Notices need the apprise package."), hint=_("Install it: pip install 'autofill[notify]'")
        )
    if not any(case_status.is_due for case_status in statuses):
        return False
    import apprise  # noqa: PLC0415 - an extra, and half a second

    # Its warnings quote the address.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    messenger = apprise.Apprise()
    if not messenger.add(address):
        raise Misconfigured(
            _("The address for notices is not valid."), hint=_("Use an Apprise URL: --notify or AUTOFILL_NOTIFY.")
        )
    if not messenger.notify(title="autofill", body=f"{summary_words(statuses)} autofill cases --due"):
        raise TryLater(_("The notice could not be sent."), hint=_("Check the address, then try again."))
    return True
