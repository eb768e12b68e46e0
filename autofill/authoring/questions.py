"""What one form asks of one inquiry, as questions in order. Pure; nothing is asked here.

A question is a field of the profile with all that a person has to know to answer it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel

from autofill.authoring import words
from autofill.authoring.words import FieldWords
from autofill.forms.catalog import Form
from autofill.forms.control import YES_NO, Condition, Control, Limit
from autofill.forms.entries import choices
from autofill.forms.planning import all_hold
from autofill.inquiry.fields import ANSWERS, FILES, Fields, flatten_source, question, text_of, trail_of, value_of
from autofill.inquiry.geography import country_names
from autofill.inquiry.models import Address
from autofill.language import _, spoken
from autofill.organisations.common.language_detection import seems_english
from autofill.sources.source import Source
from autofill.sources.validation import models_in

QuestionKind: TypeAlias = Literal["line", "message", "choice", "yes-no", "day", "files"]
_FIRST: Final = ("topic", "sub_topic")
_IN_THE_US: Final = ("state", "postal_code")


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        path: The field that its answer is, such as `contact.email`.
        part: The title of the part it stands in.
        name: What it is called, in the reader's language where it is one that any form may ask.
        asked: What the form calls it; empty of what is for the person alone.
        default: What counts where nothing is said.
        group: What the address is that it is a part of, such as where something was sent to.
        whole: The field of that address, if all of it may be left out.
    """

    path: str
    part: str
    name: str
    asked: str
    help: str
    kind: QuestionKind
    required: bool
    choices: Mapping[str, str]
    limit: Limit | None
    default: str = ""
    group: str = ""
    whole: str = ""

    @property
    def full_name(self) -> str:
        """What it is called where its group does not stand above it."""
        return f"{self.group}: {self.name}" if self.group else self.name

    @property
    def keys(self) -> tuple[str, ...]:
        """Where its answer stands in a profile."""
        keys = trail_of(self.path)
        return ("answers", *keys[1:]) if self.path.startswith(FILES) else keys


def fields_of(source: Source, form: Form) -> Fields:
    """What a profile says by now, right or wrong, and what counts where it says nothing."""
    model = form.organisation.inquiry_model
    return {**_defaults(model), **flatten_source(source.data, model)}


def questions(form: Form, fields: Fields) -> tuple[Question, ...]:
    """Everything that the form asks of an inquiry that says this so far: its topic first, then part by part."""
    found: dict[str, Question] = {}
    shared = _shared_names(form)
    for page in form.form_map.pages:
        for control in page.controls:
            conditions = (*page.when, *control.when)
            if control.presence or not _is_asked(conditions, control, fields):
                continue
            for path in control.fields:
                optional = any(_wants_it_given(each, control) for each in conditions)
                if control.name in shared:  # a chat has one box for all answers, and asks above it
                    control = control.model_copy(update={"name": form.form_map.name_of(page)})  # noqa: PLW2901
                for each in _expanded(form, control, path, fields):
                    asked = replace(each, required=False) if optional else each
                    found.setdefault(question(each.path), asked)
    every = [*found.values()]
    if (message := found.get("message")) and _may_need_translation(form, fields):
        every.insert(every.index(message) + 1, _translation_of(message))
    order = [_(words.MATTER), *_groups(form).values(), _(words.OWN_QUESTIONS), _(words.CONTACT), _(words.LAST)]
    return tuple(sorted(every, key=lambda each: (each.path not in _FIRST, order.index(each.part))))


def answer_of(fields: Fields, asked: Question) -> str:
    """What is answered by now, several files or texts a line each; empty if nothing is."""
    value = value_of(fields, asked.path) or ""
    return value if isinstance(value, str) else "\n".join(value)


def _may_need_translation(form: Form, fields: Fields) -> bool:
    """Whether the person may write in words that are not the organisation's, or does."""
    reads = form.organisation.language
    foreign = reads != spoken() or (reads == "en" and not seems_english(text_of(fields, "message")))
    return "translation" in fields or (bool(reads) and foreign)


def _translation_of(message: Question) -> Question:
    name, help_ = _(words.TRANSLATION.name), _(words.TRANSLATION.help)
    mine = replace(message, path="translation", name=name, asked="", help=help_)
    return replace(mine, kind="message", required=False, limit=None)


def _shared_names(form: Form) -> frozenset[str]:
    """What several controls are called into which different things go."""
    controls = [control for page in form.form_map.pages for control in page.controls]
    named: dict[str, set[str]] = {}
    for each in controls:
        named.setdefault(each.name, set()).add(each.value)
    return frozenset(name for name, values in named.items() if len(values) > 1)


def _is_asked(conditions: tuple[Condition, ...], control: Control, fields: Fields) -> bool:
    """Whether the question comes, answered or not."""
    if control.dependent and not choices(control, fields):
        return False
    return all_hold(tuple(each for each in conditions if not _wants_it_given(each, control)), fields)


def _wants_it_given(condition: Condition, control: Control) -> bool:
    """Whether the control is there only once its question is answered, which is no condition of asking."""
    return condition.field in control.fields and not condition.one_of and not condition.none_of


def _expanded(form: Form, control: Control, path: str, fields: Fields) -> Iterator[Question]:
    """The question of a field; of a whole address, one for each of its parts."""
    model = _model_at(form.organisation.inquiry_model, path)
    if model is None or not issubclass(model, Address):
        yield _question(form, control, path, fields)
        return
    parts = [f"{path}.{part}" for part in words.ADDRESS]
    begun = control.required or any(text_of(fields, each) for each in parts if not each.endswith(".country"))
    in_the_us = text_of(fields, f"{path}.country").upper() == "US"
    title = _own_name(form, path) or control.name
    for part, each in zip(words.ADDRESS, parts, strict=True):
        needed = begun and (part in {"street", "city"} or (in_the_us and part in _IN_THE_US))
        said = words.ADDRESS[part]
        yield Question(
            path=each,
            part=_part(form, path),
            name=_(said.name),
            group=title,
            asked=control.name,
            help=_(said.help),
            kind="choice" if part == "country" else "line",
            required=needed,
            choices=country_names(spoken()) if part == "country" else {},
            limit=None,
            default="US" if part == "country" else "",
            whole="" if control.required else path,
        )


def _question(form: Form, control: Control, path: str, fields: Fields) -> Question:
    offered: Mapping[str, str] = {} if control.kind in YES_NO else choices(control, fields)
    own = form.organisation.own_fields.fields.get(path)
    if own and own.choices and not offered:
        offered = {each: each for each in own.choices}
    if path.endswith(".country") or (own and own.type == "country"):
        offered = _countries(offered)
    kind = _kind(form, control, path, offered=bool(offered))
    said = _words(form, control, path)
    return Question(
        path=path,
        part=_part(form, path),
        name=said.name,
        asked=control.name,
        help=" ".join(filter(None, (said.help, _(words.DAY_HELP) if kind == "day" and "-" not in said.help else ""))),
        kind=kind,
        required=control.required,
        choices=offered,
        limit=control.limit if len(control.fields) == 1 else None,
        default=_defaults(form.organisation.inquiry_model).get(path, ""),
    )


def _countries(offered: Mapping[str, str]) -> Mapping[str, str]:
    """The countries that a form offers, in the reader's language; all, if it offers none."""
    names = country_names(spoken())
    known = {code: name for code, name in names.items() if code in offered or not offered}
    return offered if spoken() == "en" and offered else known or offered


def _kind(form: Form, control: Control, path: str, *, offered: bool) -> QuestionKind:
    own = form.organisation.own_fields.fields.get(path)
    if control.kind == "file" or path == "attachments" or path.startswith(FILES):
        return "files"
    if offered:
        return "choice"
    if control.kind in YES_NO or (own and own.type == "yes-no"):
        return "yes-no"
    if (own and own.type in {"day", "past-day"}) or (path.startswith(ANSWERS) and control.kind == "date"):
        return "day"
    is_long = path == "message" or (own and own.type == "message")
    return "message" if is_long or (path.startswith(ANSWERS) and control.kind == "textarea") else "line"


def _words(form: Form, control: Control, path: str) -> FieldWords:
    """Our words for what any form may ask, the organisation's for its own fields, the form's for its questions."""
    known = words.FIELDS.get(path) or words.ADDRESS.get(path.removeprefix("contact.address."))
    if known:
        return FieldWords(_(known.name), _(known.help))
    own = form.organisation.own_fields.fields.get(path)
    return FieldWords(control.name, _(own.description) if own and own.type != "yes-no" else "")


def _own_name(form: Form, path: str) -> str:
    own = form.organisation.own_fields.fields.get(path)
    return _(own.description).rstrip(".") if own else ""


def _groups(form: Form) -> dict[str, str]:
    return {name: _(title).rstrip(".") for name, title in form.organisation.own_fields.groups.items()}


def _part(form: Form, path: str) -> str:
    group = path.partition(".")[0]
    if group in _groups(form):
        return _groups(form)[group]
    if path.startswith((ANSWERS, FILES)):
        return _(words.OWN_QUESTIONS)
    own = form.organisation.own_fields.fields.get(path)
    if group == "contact":
        return _(words.CONTACT)
    return _(words.LAST) if path == "attachments" or (own and own.type == "yes-no") else _(words.MATTER)


def _model_at(model: type[BaseModel], path: str) -> type[BaseModel] | None:
    here: type[BaseModel] | None = model
    for part in path.split("."):
        field = here.model_fields.get(part) if here else None
        here = next(models_in(field.annotation), None) if field and part not in {"answers", "attachments"} else None
    return here


@cache
def _defaults(model: type[BaseModel]) -> Mapping[str, str]:
    """What counts where a profile says nothing, by field."""
    return dict(_said_by_default(model, ""))


def _said_by_default(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        if isinstance(field.default, bool):
            yield prefix + name, "yes" if field.default else "no"
        elif isinstance(field.default, str):
            yield prefix + name, field.default
        elif name not in {"answers", "attachments"}:
            for inner in models_in(field.annotation):
                yield from _said_by_default(inner, f"{prefix}{name}.")
