"""Known forms: what a form's pages were like when a run last went through, a file for each form, place and choice.

Reading one is cheap: what the pages were like is understood only where a page is other than it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from platformdirs import user_state_path
from pydantic import AwareDatetime, Field, ValidationError

from autofill.errors import DiskTrouble
from autofill.evidence.keeping.bag import Damage, content_of
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.summary import RecordingModel
from autofill.evidence.recorder import FINGERPRINT
from autofill.forms.plan import Entry, Plan
from autofill.language import _
from autofill.running.typed_words import is_choice

if TYPE_CHECKING:
    from autofill.mapping.fingerprint import FormPrint, PagePrint

# Of each form; whoever has more choices than that begins again with the oldest.
_MOST: Final = 64


class FoundAgain(RecordingModel):
    """A mapped control that was found under other words: its page's slug, and its `id` and name in the map.

    `was` is how the map finds it, and `finds` how it is found now, by the map's keys; the latter is empty if it cannot
    be told without what somebody typed.
    """

    page: str
    id: str
    name: str
    finds: dict[str, str]
    was: dict[str, str] = Field(default_factory=dict)


class KnownForm(RecordingModel):
    """A form as a run saw it before anything was typed. Its JSON is a contract, as that of `run.json`.

    `chosen` tells the map and the choices that decide what is asked. `looks` has a digest of each page by slug, to see
    at once that it is as it was.
    """

    schema_: Literal["autofill.fingerprint/1"] = Field(default="autofill.fingerprint/1", alias="schema")
    form: str
    place: str
    made: AwareDatetime
    chosen: str
    looks: dict[str, str]
    pages: tuple[dict[str, Any], ...]
    repaired: tuple[FoundAgain, ...] = ()

    @property
    def seen(self) -> FormPrint:
        """Its pages, understood.

        Raises:
            ValueError: they were not written by this version.
        """
        from autofill.mapping.fingerprint import FormPrint  # noqa: PLC0415 - loads all that is known of words

        told = self.model_dump(mode="json", include={"form", "place", "made", "chosen", "pages"})
        return FormPrint.read(json.dumps(told).encode())

    def page(self, slug: str) -> PagePrint | None:
        """The page of a step, if it was seen."""
        return self.seen.page(slug)

    def as_before(self, looks: Mapping[str, str]) -> KnownForm | None:
        """The same form now, with those of its pages that were seen again; none if one of them looks otherwise."""
        if not looks.items() <= self.looks.items():
            return None
        pages = tuple(page for page in self.pages if page["slug"] in looks)
        now = {"made": datetime.now(UTC), "looks": dict(looks), "pages": pages, "repaired": ()}
        return self.model_copy(update=now)


@dataclass(frozen=True, slots=True)
class KnownForms:
    """The file of one plan's form at one place; `place` is an origin, or the ledger's name for a place of practice."""

    form: str
    place: str
    chosen: str

    @classmethod
    def of(cls, plan: Plan, place: str) -> KnownForms:
        """That of a plan. What is chosen from lists decides what is asked; nothing that a person typed is used."""

        def chosen(entry: Entry) -> str:
            # Where the map does not say that it is a list, the field may be one.
            fields = entry.control.fields
            return entry.text if is_choice(entry) or (fields and plan.chosen.issuperset(fields)) else ""

        choices = sorted((entry.control.name, chosen(entry)) for entry in plan.entries)
        told = json.dumps([place, plan.form_map_digest, choices])
        return cls(plan.form, place, hashlib.sha256(told.encode()).hexdigest()[:32])

    def recall(self) -> KnownForm | None:
        """What was kept, if anything was.

        Raises:
            Damage: it cannot be understood.
        """
        return _read(_folder(self.form) / f"{self.chosen}.json")

    def keep(self, known: KnownForm) -> None:
        """Keep what was seen, in the place of what was.

        Raises:
            DiskTrouble: it could not be written.
        """
        folder = _folder(self.form)
        make_folder(folder)
        try:
            oldest_first = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
            for file in oldest_first[: -_MOST + 1]:
                file.unlink(missing_ok=True)
        except OSError as error:
            words = _("{name} could not be created: {reason}.").format(name=folder, reason=error.strerror)
            raise DiskTrouble(words, hint=_("Free some space.")) from None
        RecordingFolder(folder).write(f"{self.chosen}.json", known.content)


def kept_of(form: str, places: Iterable[str] = ()) -> Iterator[KnownForm]:
    """All that is kept of a form, at these places or anywhere, the newest first; what is damaged is left out."""
    wanted, found = set(places), []
    for file in _folder(form).glob("*.json"):
        with suppress(Damage):
            known = _read(file)
            if known is not None and (not wanted or known.place in wanted):
                found.append(known)
    yield from sorted(found, key=lambda known: known.made, reverse=True)


def recorded_in(recording: Path) -> KnownForm:
    """What a recording keeps of the form.

    Raises:
        Damage: it is not there, or cannot be understood.
    """
    return _understood(content_of(recording, FINGERPRINT))


def keep_corrections(seen: KnownForm) -> None:
    """Keep what a run found again under other words, for whoever corrects the map.

    Raises:
        DiskTrouble: it could not be written.
    """
    make_folder(_corrections())
    RecordingFolder(_corrections()).write(f"{seen.form}.json", seen.content)


def last_corrections(form: str) -> KnownForm | None:
    """What the last run that found something again under other words saw; none if there was none."""
    with suppress(Damage):
        return _read(_corrections() / f"{form}.json")
    return None


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone; that it is there already is fine.

    Raises:
        DiskTrouble: it could not be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        words = _("{name} could not be created: {reason}.").format(name=folder, reason=error.strerror)
        raise DiskTrouble(words, hint=_("Free some space.")) from None


def _read(file: Path) -> KnownForm | None:
    try:
        return _understood(file.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Damage(file.name, error.strerror or "") from None


def _understood(content: bytes) -> KnownForm:
    try:
        return KnownForm.model_validate_json(content, extra="ignore")
    except ValidationError:
        raise Damage(FINGERPRINT, _("was not written by autofill")) from None


def _corrections() -> Path:
    return user_state_path("autofill") / "corrections"


def _folder(form: str) -> Path:
    return user_state_path("autofill") / "fingerprints" / form
