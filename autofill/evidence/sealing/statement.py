"""Texts for strangers in a recording: how to check it, how it was made. In English, without personal values."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from autofill import __version__
from autofill.clock import in_utc
from autofill.evidence.keeping.journal import Chain

TEMPLATES = Path(__file__).with_name("templates")
_UNKNOWN = "not recorded"


def statement(run_id: str, journal: Chain, now: datetime, *, later: bool) -> bytes:
    """The process statement of one page, in the spirit of FRE 902(13) and (14).

    Facts come from the journal; a journal without them leaves them open. `later` says that the run itself could not
    seal any more.
    """
    run = journal.last("run")
    facts: Mapping[str, Any] = run.facts if run else {}
    times = [in_utc(record.at) for record in journal.records] or [_UNKNOWN]
    here = f"{platform.system()} {platform.release()} {platform.machine()}"
    text = (TEMPLATES / "statement.txt").read_text(encoding="utf-8")
    return text.format(
        run_id=run_id,
        sealed=in_utc(now),
        when="later than the run, by hand" if later else "when the run ended",
        version=facts.get("autofill", __version__),
        system=facts.get("system", here),
        browser=facts.get("browser", _UNKNOWN),
        page=str(facts.get("url", _UNKNOWN)).partition("?")[0],
        began=times[0],
        ended=times[-1],
    ).encode()
