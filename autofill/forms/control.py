"""Controls of a form as its map describes them: how each is found, and what goes into it. No behaviour."""

from __future__ import annotations

from operator import not_
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from autofill.forms.days import is_date_format
from autofill.forms.element import Words, short, slug
from autofill.forms.value import checked, names_in
from autofill.inquiry.fields import FILES
from autofill.inquiry.values import Slug, YesNo, fits
from autofill.language import _, gettext_noop
from autofill.organisations.model import DataPart, FactPart
from autofill.sources.validation import located_errors


def _in_their_own_words(data: Any) -> Any:
    return {each: each for each in data} if isinstance(data, list) else data


Choices: TypeAlias = Annotated[
    dict[str, Words], BeforeValidator(_in_their_own_words, json_schema_input_type=dict[str, Words] | list[Words])
]
ControlKind = Literal[
    "text", "choice", "yes-no", "typeahead", "date", "file", "slider",
    "textarea", "select", "combobox", "radio", "checkbox",
]  # fmt: skip
# Kinds into which a person's own words go; the others take words of the site. What kind it is may show on the page.
TYPED: frozenset[ControlKind | None] = frozenset({None, "text", "textarea", "typeahead", "date", "file", "slider"})
YES_NO: frozenset[ControlKind | None] = frozenset({"yes-no", "checkbox"})
# What a control can be found by, the surest first; without any of them its name is looked for.
_PLACES = ("css", "placeholder", "label", "near")

DateFormat: TypeAlias = Annotated[
    str,
    fits(
        is_date_format,
        gettext_noop(
            "must contain a day (D, DD), a month (M, MM, MMM, MMMM) and a year (YY, YYYY), such as DD/MM/YYYY"
        ),
    ),
]


class Limit(FactPart):
    """How much text a control takes, counted as the site counts it."""

    max: int = Field(gt=0)
    unit: Literal["utf-16", "code-points"] = "utf-16"
    newline: int = Field(default=1, ge=1, le=2, description="What one line break counts for.")


class Condition(DataPart):
    """Holds when the inquiry gives the `field`, and its value is `one_of` and `none_of` the listed ones."""

    field: str
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


class DependentChoices(DataPart):
    """Choices that depend on another field of the inquiry: its value -> our slug -> the site's words."""

    on: str
    table: dict[str, Choices]


class Control(FactPart):
    """One control of the form and what goes into it.

    It is found by `css`, `placeholder`, `label` or `near`, the first of them that is given, else by its `name`;
    `within` a group or dialog, in a `frame`, and as the `nth` of several that are alike.
    """

    id: Slug = ""
    name: Words = Field(default="", description="What people call it: its accessible name, if nothing else is given.")
    alternatives: tuple[Words, ...] = ()
    label: Words | None = Field(default=None, description="The words of its label.")
    placeholder: Words | None = None
    near: Words | None = Field(default=None, description="The text beside or above it.")
    css: Words | None = Field(default=None, description="A CSS selector: the last resort.")
    within: Words | None = Field(default=None, description="The name of the group or dialog that it stands in.")
    frame: Words | None = Field(default=None, description="Name or title of its frame, or a pattern for its address.")
    nth: int | None = Field(default=None, ge=1, description="Which one of several alike, from 1.")
    kind: ControlKind | None = Field(default=None, description="What it is; by default that shows on the page.")
    value: Annotated[str, AfterValidator(checked)] = Field(
        description="A field of the inquiry such as contact.email, a fixed text, or an expression in {{ }}."
    )
    presence: YesNo = Field(default=False, description="Enter yes or no: whether the field is given.")
    choices: Choices = Field(default_factory=dict)
    dependent: DependentChoices | None = None
    required: YesNo = False
    when: tuple[Condition, ...] = ()
    limit: Annotated[Limit | None, BeforeValidator(short("max"), json_schema_input_type=Limit | int | None)] = None
    date_format: DateFormat = "MMM D, YYYY"
    rewrites: tuple[Literal["case", "phone", "punctuation"], ...] = Field(
        default=(), exclude_if=not_, description="What the site may write otherwise; it does not count when read back."
    )
    asks_server: YesNo = Field(default=False, description="Leaving it makes the page ask its server.")

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        name = next((data[key] for key in ("name", "label", "placeholder", "near", "css") if key in data), None)
        if name is None:
            raise located_errors([(("name",), _("is missing; write it, or one of label, placeholder, near, css"))])
        value, kind = data.get("value"), data.get("kind")
        if kind is None and isinstance(value, str):
            kind = "date" if "date_format" in data else "file" if _is_file(value) else None
        made = slug(name) if isinstance(name, str) else ""
        return {**data, "name": name, "kind": kind, "id": data.get("id") or made or "control"}

    @property
    def names(self) -> tuple[str, ...]:
        """Every accepted name, the usual one first."""
        return (self.name, *self.alternatives)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the inquiry that its value is made of."""
        return names_in(self.value)

    @property
    def place(self) -> tuple[str | int | None, ...]:
        """What tells it from another control of the same name."""
        return (*(getattr(self, key) for key in _PLACES), self.within, self.frame, self.nth)


def _is_file(value: str) -> bool:
    names = names_in(value)
    return bool(names) and all(name == "attachments" or name.startswith(FILES) for name in names)
