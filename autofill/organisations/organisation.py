"""One organisation: its folder, and all that is read from it when it is needed.

`organisation.yaml` has offices, deadlines and senders, `fields.yaml` the fields that only it asks for, `forms/` its
form maps. What comes with autofill may have rules in Python besides, in a module `rules`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from autofill.errors import FileMissing, InvalidFile, Problem
from autofill.inquiry.fields import Fields, is_field, text_of
from autofill.inquiry.models import Inquiry
from autofill.inquiry.normal_form import item_number
from autofill.inquiry.profile import Loaded
from autofill.language import _
from autofill.organisations.common.message_checks import CONDITIONS
from autofill.organisations.common.rule import Condition, Rule, Rules, general_doubts
from autofill.organisations.common.text import Found, Reading
from autofill.organisations.model import OrganisationData
from autofill.organisations.own_fields import NONE, Check, OwnFields, inquiry_model, read_own_fields
from autofill.sources.source import read_source
from autofill.sources.validation import validate_source


@dataclass(frozen=True)
class Organisation:
    """One organisation by its id; without a folder, one of whom nothing is known."""

    id: str
    folder: Path | None = None
    is_built_in: bool = False

    @cached_property
    def data(self) -> OrganisationData:
        """Its `organisation.yaml`; where there is none, what holds if nothing is known.

        Raises:
            FileMissing: There is no such file in its folder.
            InvalidFile: It is wrong; carries every problem found.
        """
        if self.folder is None:
            return OrganisationData(id=self.id, title=self.id)
        source = read_source(self.folder / "organisation.yaml")
        data = validate_source(source, OrganisationData)
        if data.id != self.id:
            message = _("must be the name of its folder: {name}").format(name=self.id)
            raise InvalidFile([source.problem(("id",), message)])
        # Of what comes with autofill a test knows it, and no command has to build a model for it.
        quotes = enumerate(() if self.is_built_in else data.mail.quotes)
        message = _("unknown field; for a question of the form, use `answers.` and the question")
        strange = [n for n, name in quotes if not is_field(name, self.inquiry_model)]
        if strange:
            raise InvalidFile([source.problem(("mail", "quotes", number), message) for number in strange])
        return data

    @cached_property
    def forms(self) -> Mapping[str, Path]:
        """Its form maps: name -> file."""
        files = entries(self.folder / "forms") if self.folder else ()
        return {path.stem: path for path in files if path.suffix == ".yaml"}

    @cached_property
    def own_fields(self) -> OwnFields:
        """The fields that only it asks for.

        Raises:
            InvalidFile: Its `fields.yaml` is wrong; carries every problem found.
        """
        if self.folder is None or not (self.folder / "fields.yaml").exists():
            return NONE
        return read_own_fields(read_source(self.folder / "fields.yaml"), self._checks)

    @cached_property
    def inquiry_model(self) -> type[Inquiry]:
        """The model of inquiries to it."""
        return inquiry_model(self.id, self.own_fields, self._checks)

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """When each rule of advice applies, by name: its own, then those of any letter that it does not replace."""
        own: Mapping[str, Condition] = getattr(self._own, "CONDITIONS", {})
        return {**own, **{name: condition for name, condition in CONDITIONS.items() if name not in own}}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """What the rules of advice say, by name; read when one applies."""
        files = (Path(__file__).parent / "common" / "advice.yaml", (self.folder or Path()) / "advice.yaml")
        read = [validate_source(read_source(file), Rules).rules for file in files if file.exists()]
        return {name: rule for rules in read for name, rule in rules.items()}

    def advice(self, fields: Fields, today: date) -> Iterator[tuple[str, Rule, Found]]:
        """The rules that apply to an inquiry, by name in their order, and where each of them does."""
        reading = self._reading(fields, today)
        found = ((name, applies(reading)) for name, applies in self.conditions.items())
        return ((name, self.rules[name], where) for name, where in found if where)

    def warnings(self, loaded: Loaded, today: date, asked: Container[str]) -> tuple[Problem, ...]:
        """Every warning about a valid inquiry, in the order of its file; advice under `advice_seen` stays silent.

        `asked` are the fields that its form takes.
        """
        said = [*general_doubts(loaded, self.conditions, asked)]
        said += self._own.doubts(self._reading(loaded.fields, today)) if self._own else ()
        for name, rule, found in self.advice(loaded.fields, today):
            if name not in loaded.inquiry.advice_seen:
                said.append((found.trail, rule.words(name, found, self.data.offices.get(rule.office))))
        problems = (loaded.source.problem(*each, severity="warning") for each in said)
        return tuple(sorted((*loaded.warnings, *problems), key=lambda each: (each.line, each.column)))

    @property
    def language(self) -> str:
        """What it reads; empty if nothing is known of it."""
        return self.data.language if self.folder else ""

    def _reading(self, fields: Fields, today: date) -> Reading:
        return Reading(fields, today, f"{self.id} {self.data.title}", self.language)

    def item_in(self, fields: Fields) -> dict[str, str]:
        """The item that an inquiry is about: the first field given that identifies one, and its number in one form."""
        bare: Check = getattr(self._own, "ITEM_NUMBER", str)
        given = (name for name in self.own_fields.identifying if name in fields)
        return {name: item_number(bare(text_of(fields, name))) for name in islice(given, 1)}

    @property
    def _checks(self) -> Mapping[str, Check]:
        checks: Mapping[str, Check] = getattr(self._own, "CHECKS", {})
        return checks

    @cached_property
    def _own(self) -> Any:
        """Its module of rules that data cannot say; a person's own folder has none."""
        path = f"{__package__}.{self.id}.rules"
        return import_module(path) if self.is_built_in and find_spec(path) else None


def entries(folder: Path) -> tuple[Path, ...]:
    """What lies in a folder, by name; nothing if there is none.

    Raises:
        FileMissing: It cannot be read.
    """
    try:
        return tuple(sorted(folder.iterdir()))
    except FileNotFoundError:
        return ()
    except OSError:
        raise FileMissing(
            _("{folder} cannot be read.").format(folder=folder),
            hint=_("Check that it is a folder and that you may read it."),
        ) from None
