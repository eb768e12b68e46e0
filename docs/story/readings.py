"""What the evidence says, read for the page: mails, letters, seals; and what the organisation calls a day.

Nothing is played and nothing is drawn here.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, Final

import yaml
from holidays import country_holidays

from autofill.cases.model.business_days import business_days_between
from autofill.cases.model.deadlines import DeadlineBook
from docs.story.trail import Paper, Piece

_CALENDAR: Final = DeadlineBook().of("usps-email-us").calendar
_FRIDAY: Final = 4


def mail_in(recording: Path) -> Paper:
    """The mail that a recording holds."""
    raw = (recording / "data" / "mail" / "1.eml").read_bytes()
    dkim = json.loads((recording / "data" / "mail" / "dkim.json").read_text(encoding="utf-8"))
    mail = message_from_bytes(raw, policy=default)
    body = mail.get_body(("plain",))
    head = (
        *((name, str(mail[name])) for name in ("From", "To", "Subject")),
        ("SHA-256", hashlib.sha256(raw).hexdigest()),
    )
    text = str(body.get_content()).strip() if body else ""
    return Paper("mail", "A mail from the practice site", head, text, f"{dkim['result']}, by {dkim['domain']}")


def letter_in(profile: Path) -> Paper:
    """The letter that a follow-up's profile says."""
    written = yaml.load(profile.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - all is text to it
    head = (("Topic", written["topic"]), ("Subject", written["subject"]), ("Previous case", written["previous_case"]))
    return Paper("letter", "Maria's letter, as autofill wrote it", head, written["message"].strip())


def piece_of(recording: Path, verified: dict[str, Any]) -> Piece:
    """A recording after `autofill verify`, checked once more with the public tool."""
    manifests = ["manifest-sha256.txt", "tagmanifest-sha256.txt"]
    by_hand = subprocess.run(  # noqa: S603 - our own files
        ["sha256sum", "--check", "--strict", "--quiet", *manifests],  # noqa: S607 - wherever it is
        cwd=recording,
        check=False,
        capture_output=True,
    )
    checks = {check["name"]: check["detail"] for check in verified["checks"]}
    return Piece(
        recording.name,
        _what_is(recording),
        hashlib.sha256((recording / "tagmanifest-sha256.txt").read_bytes()).hexdigest(),
        verified["ok"],
        by_hand.returncode == 0,
        (checks["files"], checks["journal"]),
    )


def kind_of(day: date) -> str:
    """What a day is for the organisation."""
    if day.weekday() > _FRIDAY:
        return "weekend"
    return country_holidays("US", years=day.year).get(day) or "business day"


def business_day(day: date, since: datetime) -> int:
    """Which business day since a moment a day is; 0 if it is none."""
    return business_days_between(since, day, _CALENDAR) if _CALENDAR.is_open(day) else 0


def _what_is(recording: Path) -> str:
    if (recording / "data" / "mail.json").exists():
        return f"mail: {json.loads((recording / 'data' / 'mail.json').read_text(encoding='utf-8'))['kind']}"
    topic = json.loads((recording / "data" / "run.json").read_text(encoding="utf-8"))["topic"]
    return f"run: {topic.replace('-', ' ')}"
