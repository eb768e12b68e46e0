"""The fields that one organisation asks of everybody who writes to it, read from its `fields.yaml`.

They are data, and become a model of that organisation's inquiries: the core with its own fields. Rules that data cannot
say (a check digit) stand in the Python module `rules` of a built-in organisation, by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, create_model, model_validator

from autofill.errors import InvalidFile
from autofill.inquiry.models import CompleteAddress, Inquiry, InquiryPart
from autofill.inquiry.values import DIGITS, Country, Day, Email, Line, Message, PastDay, Slug, YesNo, fits
from autofill.language import _, gettext_noop
from autofill.organisations.model import DataPart, Pattern
from autofill.sources.source import Source
from autofill.sources.strict_yaml import Trail
from autofill.sources.validation import about_choice, validate_source

Check: TypeAlias = Callable[[str], str]
"""A rule for one value: gives the value in its usual form, or raises ValueError with what would be right."""

_TYPES: Final[Mapping[str, Any]] = {
    "line": Line,
    "message": Message,
    "day": Day,
    "past-day": PastDay,
    "yes-no": YesNo,
    "e-mail": Email,
    "country": Country,
    "address": CompleteAddress,
}
_LISTED: Final = frozenset({"choice", "yes-no", "country"})
_CHOSEN: Final = frozenset({"form", "topic", "sub_topic", "allow_invisible", "contact.reply_by"})
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")


class OwnField(DataPart):
    """One field that only this organisation asks for.

    Attributes:
        type: The kind of its value.
        description: What it is, for people and their editors.
        choices: For a choice: the slugs.
        pattern: For a line: what it has to look like, as a regular expression.
        example: A value that fits the pattern, to be named when one does not.
        check: For a line: the name of a further rule.
        default: For yes or no: what counts where nothing is said.
        label: By which name letters, chats and calls tell it, in the organisation's language; without one they do not.
        identifies: Its value is the number of one item: another inquiry about the same one is asked about.
        tell: When it is told: in the `opening` of a chat or call, further on in a `call`, or only when `asked`.
    """

    type: Literal["line", "message", "day", "past-day", "yes-no", "choice", "e-mail", "country", "address"]
    description: Line
    choices: tuple[Slug, ...] = ()
    pattern: Pattern | None = None
    example: Line | None = None
    check: Slug | None = None
    default: YesNo | None = None
    label: Line | None = None
    identifies: YesNo = False
    tell: Literal["opening", "call", "asked"] = "opening"

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError(_("a choice needs `choices`, and nothing else has them"))
        if self.default is not None and self.type != "yes-no":
            raise ValueError(_("only yes-no has a default"))
        if self.pattern and self.type != "line":
            raise ValueError(_("only a line has a pattern"))
        if self.identifies and self.type != "line":
            raise ValueError(_("only a line can be the number of an item"))
        if self.pattern and self.example and not re.fullmatch(self.pattern, self.example):
            raise ValueError(_("the example does not fit the pattern"))
        return self


class OwnFields(DataPart):
    """All of them by dotted name, in the order in which they are told; `groups` says what each first part is."""

    groups: dict[str, Line] = Field(default_factory=dict)
    fields: dict[str, OwnField] = Field(default_factory=dict)

    @property
    def chosen(self) -> frozenset[str]:
        """The fields whose values come from lists or are yes or no; those of every inquiry among them."""
        addresses = {"contact.address", *(name for name, field in self.fields.items() if field.type == "address")}
        places = {f"{address}.{part}" for address in addresses for part in ("country", "state")}
        return _CHOSEN | places | {name for name, field in self.fields.items() if field.type in _LISTED}

    @property
    def identifying(self) -> tuple[str, ...]:
        """The fields whose values are numbers of single items."""
        return tuple(name for name, field in self.fields.items() if field.identifies)


NONE: Final = OwnFields()


def read_own_fields(source: Source, checks: Mapping[str, Check]) -> OwnFields:
    """The fields that a `fields.yaml` describes.

    Raises:
        InvalidFile: It has mistakes; carries each with its place.
    """
    own = validate_source(source, OwnFields)
    if problems := [source.problem(trail, message) for trail, message in _mistakes(own, checks)]:
        raise InvalidFile(problems)
    return own


def inquiry_model(organisation: str, own: OwnFields, checks: Mapping[str, Check]) -> type[Inquiry]:
    """The model of inquiries to this organisation: every form's fields, and its own."""
    groups: dict[str, dict[str, Any]] = {name: {} for name in own.groups}
    plain: dict[str, Any] = {}
    for name, field in own.fields.items():
        group, dot, rest = name.partition(".")
        default = Field(default=field.default, description=field.description)
        (groups[group] if dot else plain)[rest or name] = (_annotation(field, checks), default)
    for name, described in own.groups.items():
        part = create_model(name.title(), __base__=InquiryPart, __doc__=described, **groups[name])
        plain[name] = (part | None, Field(None, description=described))
    return create_model(f"{organisation.title()}Inquiry", __base__=Inquiry, __doc__=Inquiry.__doc__, **plain)


def _annotation(field: OwnField, checks: Mapping[str, Check]) -> Any:
    if field.type == "choice":
        return Literal[field.choices] | None  # one of them, as the model will know them
    kind = _TYPES[field.type]
    if field.pattern:
        words = gettext_noop("has the wrong format")
        if field.example:
            words = gettext_noop("has the wrong format; example: {example}")
        kind = Annotated[kind, fits(re.compile(field.pattern).fullmatch, words, example=field.example or ""), DIGITS]
    if field.check:
        kind = Annotated[kind, AfterValidator(checks[field.check]), DIGITS]
    return kind if field.default is not None else kind | None


def _mistakes(own: OwnFields, checks: Mapping[str, Check]) -> Iterator[tuple[Trail, str]]:
    core = Inquiry.model_fields.keys()
    for group in own.groups:
        if not _NAME.fullmatch(group) or "." in group or group in core:
            yield ("groups", group), _("cannot be the name of a group of its own")
    for name, field in own.fields.items():
        trail, group = ("fields", name), name.partition(".")[0]
        if not _NAME.fullmatch(name) or group in core:
            yield (
                trail,
                _("cannot be a field of its own: every inquiry has it, or it is not a name such as item.number"),
            )
        elif "." in name and group not in own.groups:
            yield trail, _("is in no group that `groups` lists")
        if field.check and field.check not in checks:
            yield (*trail, "check"), about_choice(field.check, checks.keys())
