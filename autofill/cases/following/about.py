"""What a case is about, in the inquiry's own words: by this people tell one parcel from another."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from autofill.cases.model.case_records import Case
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.inquiry_copy import InquiryCopy, inquiry_in, texts_in
from autofill.inquiry.fields import question
from autofill.organisations.registry import organisation_of_form


@dataclass(frozen=True, slots=True)
class About:
    """The number of the item, as it was written, the subject, and where it went; empty where there is none.

    All that the inquiry says is looked through by `mentions`: who it was for, an order's number, a name.
    """

    item: str = ""
    subject: str = ""
    places: tuple[str, ...] = ()
    _texts: tuple[str, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        """The subject and the places, by which a person tells one inquiry from another."""
        return ", ".join(filter(None, (self.subject, " → ".join(self.places))))

    def mentions(self, words: str) -> bool:
        """Whether these words stand in it; case and spaces do not matter, nor how a number is grouped."""
        wanted = question(words)
        return any(wanted in text or _joined(wanted) in _joined(text) for text in map(question, self._texts))


def about_case(case: Case, recordings: Path) -> About:
    """What a case is about, by the newest of its recordings that still says so."""
    found = (about_recording(recordings / run.run_id) for run in reversed(case.runs))
    return next(filter(None, found), None) or About()


def about_recording(recording: Path) -> About | None:
    """What the inquiry of one recording is about; None if it is not there, or cannot be read."""
    kept = _kept(recording)
    return None if kept is None else about_inquiry(kept)


def about_inquiry(kept: InquiryCopy) -> About:
    """What an inquiry is about."""
    item = organisation_of_form(kept.form).own_fields.identifying
    number = next(filter(None, map(kept.first, item)), "")
    texts = tuple(texts_in(kept.fields))
    # Where the person lives tells no inquiry from another.
    cities = (text for name, text in texts if name.endswith(".city") and not name.startswith("contact."))
    return About(number, kept.first("subject"), tuple(dict.fromkeys(cities)), tuple(text for _name, text in texts))


def _kept(recording: Path) -> InquiryCopy | None:
    """The inquiry; none if the recording is gone, encrypted, purged, or damaged, which `verify` tells."""
    try:
        return inquiry_in(recording)
    except (Damage, OSError):
        return None


def _joined(text: str) -> str:
    return text.replace(" ", "").replace("-", "")
