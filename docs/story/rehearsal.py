"""The program as it is, on another day: AUTOFILL_NOW also dates practice runs in the ledger, and the day of advice.

For the story alone. Outside of it the ledger keeps the real time of every run; recordings keep it here, too.
"""

from __future__ import annotations

from types import SimpleNamespace
from unittest import mock

from autofill.__main__ import main
from autofill.cases import ledger
from autofill.cases.rules import case_now
from autofill.inquiry import profile

if __name__ == "__main__":
    with (
        mock.patch.object(ledger, "now", case_now),
        mock.patch.object(profile, "datetime", SimpleNamespace(now=case_now)),
    ):
        main()
