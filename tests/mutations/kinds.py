"""Kinds of change that a redesign makes to a contact form: a function each, of a form and a chance.

One gives nothing where the form has nothing of the sort. The order of KINDS is that in which they are done: what is
asked first, then its words, how it is drawn, what programs call it, and the traps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Final, TypeAlias
from uuid import UUID

from tests.mutations.forms import Field, Form, Kind, Option, Trick, options_of
from tests.mutations.words import LANGUAGES, in_language, others

Mutation: TypeAlias = Callable[[Form, Random], Form | None]

# What may be asked besides; several look like what is asked already.
_MORE: Final[tuple[tuple[str, Kind], ...]] = (
    ("Mobile phone", "tel"), ("Fax", "tel"), ("Alternative e-mail", "email"), ("Middle name", "text"),
    ("Name of the recipient", "text"), ("Customer number", "text"), ("Date of birth", "date"),
    ("How did you hear about us?", "select"), ("Comments", "textarea"),
)  # fmt: skip
_HEARD: Final = ("A friend", "An advertisement")
_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December")  # fmt: skip
_TRICKS: Final[tuple[Trick, ...]] = ("off-screen", "not displayed", "transparent", "cut off", "said")
_TYPED: Final = {"text", "email", "tel", "textarea"}


def _redone(form: Form, fields: Callable[[Field], Iterable[Field]]) -> Form:
    """The form with something else in the place of each control."""
    return replace(
        form,
        pages=tuple(
            replace(page, fields=tuple(new for old in page.fields for new in fields(old))) for page in form.pages
        ),
    )


def _some(form: Form, chance: Random, among: Callable[[Field], bool], most: int = 3) -> set[Field]:
    """A few of the controls."""
    found = [field for field in form.fields if among(field)]
    return set(chance.sample(found, min(len(found), chance.randint(1, most))))


def _changed(form: Form, some: set[Field], **changes: object) -> Form | None:
    """The form with the same changes to some of its controls; nothing without any."""
    if not some:
        return None
    return _redone(form, lambda field: [replace(field, **changes) if field in some else field])  # type: ignore[arg-type]


# --- what is asked


def _name_merged(form: Form, _chance: Random) -> Form | None:
    asked = {field.key: field for field in form.fields}
    if not {"first_name", "last_name"} <= asked.keys():
        return None
    whole = replace(asked["first_name"], key="name", words="Full name", id="name", name="name")
    return _redone(
        form, lambda field: [] if field.key == "last_name" else [whole if field.key == "first_name" else field]
    )


def _name_split(form: Form, _chance: Random) -> Form | None:
    parts = (("first_name", "First name"), ("last_name", "Last name"))
    return _split(form, "name", lambda old: [replace(old, key=k, words=w, id=k, name=k) for k, w in parts])


def _phone_split(form: Form, _chance: Random) -> Form | None:
    parts = (("phone_area", "Area code"), ("phone_rest", "Number without area code"))
    return _split(form, "phone", lambda old: [replace(old, key=k, words=w, id=k, name=k) for k, w in parts])


def _date_split(form: Form, _chance: Random) -> Form | None:
    parts = (
        ("date_day", "Day", tuple(Option(str(n), str(n), str(n)) for n in range(1, 32))),
        ("date_month", "Month", tuple(Option(str(n), words, str(n)) for n, words in enumerate(_MONTHS, 1))),
        ("date_year", "Year", tuple(Option(str(n), str(n), str(n)) for n in range(2020, 2028))),
    )

    def lists(old: Field) -> list[Field]:
        return [replace(old, key=k, words=w, id=k, name=k, kind="select", options=o) for k, w, o in parts]

    return _split(form, "date", lists)


def _split(form: Form, key: str, into: Callable[[Field], list[Field]]) -> Form | None:
    if key not in {field.key for field in form.fields}:
        return None
    return _redone(form, lambda field: into(field) if field.key == key else [field])


def _date_typed(form: Form, _chance: Random) -> Form | None:
    return _changed(form, {field for field in form.fields if field.key == "date"}, kind="text")


def _removed(*, required: bool) -> Mutation:
    def mutation(form: Form, chance: Random) -> Form | None:
        gone = _some(form, chance, lambda field: field.required is required, most=1)
        return _redone(form, lambda field: [] if field in gone else [field]) if gone else None

    return mutation


def _added(*, required: bool) -> Mutation:
    def mutation(form: Form, chance: Random) -> Form | None:
        words, kind = chance.choice(_MORE)
        options = options_of(*_HEARD) if kind == "select" else ()
        called = words.lower().replace(" ", "_").strip("?")
        new = Field("", words, kind, called, called, required=required, options=options)
        return _put(form, chance, new)

    return mutation


def _put(form: Form, chance: Random, new: Field) -> Form:
    number = chance.randrange(len(form.pages))
    page = form.pages[number]
    at = chance.randint(0, len(page.fields))
    fields = (*page.fields[:at], new, *page.fields[at:])
    return replace(form, pages=(*form.pages[:number], replace(page, fields=fields), *form.pages[number + 1 :]))


def _option_removed(form: Form, chance: Random) -> Form | None:
    some = _some(form, chance, lambda field: bool(field.options), most=1)
    return _redone(form, lambda field: [_fewer(field) if field in some else field]) if some else None


def _fewer(field: Field) -> Field:
    kept = [option for option in field.options if not field.is_right(option.value)]
    return replace(field, options=tuple(kept))


def _moved(form: Form, chance: Random) -> Form | None:
    if len(form.pages) == 1:
        (page,) = form.pages
        at = chance.randint(2, len(page.fields) - 2)
        first = replace(page, fields=page.fields[:at], button="Next")
        return replace(form, pages=(first, replace(page, fields=page.fields[at:], heading="Your message")))
    one, two = form.pages
    moving = chance.sample(one.fields, chance.randint(1, 3))
    left = tuple(field for field in one.fields if field not in moving)
    return replace(form, pages=(replace(one, fields=left), replace(two, fields=(*moving, *two.fields))))


def _order(form: Form, chance: Random) -> Form:
    shuffled = (replace(page, fields=tuple(chance.sample(page.fields, len(page.fields)))) for page in form.pages)
    return replace(form, pages=tuple(shuffled))


def _needed(form: Form, chance: Random) -> Form | None:
    some = _some(form, chance, lambda _: True)
    return _redone(form, lambda field: [replace(field, required=not field.required) if field in some else field])


# --- in which words


def _relabelled(form: Form, chance: Random) -> Form | None:
    some = _some(form, chance, lambda field: bool(others(field.words)))
    said = {field.words: chance.choice(others(field.words)) for field in form.fields if field in some}
    return _redone(form, lambda field: [replace(field, words=said[field.words]) if field in some else field])


def _options_renamed(form: Form, chance: Random) -> Form | None:
    some = _some(form, chance, lambda field: any(others(option.words) for option in field.options), most=2)

    def said(option: Option) -> Option:
        return replace(option, words=chance.choice(others(option.words) or (option.words,)))

    def renamed(field: Field) -> Field:
        return replace(field, options=tuple(map(said, field.options))) if field in some else field

    return _redone(form, lambda field: [renamed(field)]) if some else None


def _options_renumbered(form: Form, chance: Random) -> Form | None:
    """The options keep their words, in another order and under other values."""
    some = {field for field in form.fields if field.options}

    def shuffled(options: Sequence[Option]) -> tuple[Option, ...]:
        mixed = chance.sample(options, len(options))
        return tuple(replace(option, value=f"v{n}") for n, option in enumerate(mixed, 1))

    return (
        _redone(form, lambda field: [replace(field, options=shuffled(field.options)) if field in some else field])
        if some
        else None
    )


def _language(form: Form, chance: Random) -> Form | None:
    language = chance.choice(LANGUAGES)

    def translated(field: Field) -> Field:
        options = (replace(option, words=in_language(option.words, language)) for option in field.options)
        return replace(field, words=in_language(field.words, language), options=tuple(options))

    return replace(_redone(form, lambda field: [translated(field)]), language=language)


def _screens_renamed(form: Form, chance: Random) -> Form:
    def said(words: str) -> str:
        return chance.choice(others(words)) if form.language == "en" else in_language(words, form.language)

    which = chance.choice(("heading", "button", "both"))
    pages = []
    for page in form.pages:
        heading = page.heading if which == "button" else said(page.heading)
        pages.append(replace(page, heading=heading, button=page.button if which == "heading" else said(page.button)))
    return replace(form, pages=tuple(pages))


# --- how it is drawn


def _wrapped(form: Form, chance: Random) -> Form | None:
    return _changed(form, _some(form, chance, lambda _: True, most=8), wrapped=2, labelled="around")


def _placeholders(form: Form, chance: Random) -> Form | None:
    return _changed(form, _some(form, chance, lambda field: field.kind in _TYPED, most=8), labelled="placeholder")


def _aria_labels(form: Form, chance: Random) -> Form | None:
    return _changed(form, _some(form, chance, lambda field: field.kind != "checkbox", most=8), labelled="aria")


def _comboboxes(form: Form, _chance: Random) -> Form | None:
    return _changed(form, {field for field in form.fields if field.kind == "select"}, kind="combobox")


def _inside(what: str) -> Mutation:
    def mutation(form: Form, chance: Random) -> Form | None:
        whole = chance.random() < 0.5
        page = chance.choice(form.pages)
        return _changed(form, set(page.fields if whole else chance.sample(page.fields, 3)), inside=what)

    return mutation


# --- what it is called by programs


def _ids(form: Form, chance: Random) -> Form:
    write = chance.choice(_WAYS)
    numbers = iter(range(chance.randint(1, 90), 1000))
    return _redone(form, lambda field: [replace(field, id=write(field.id, next(numbers), chance))])


def _names(form: Form, chance: Random) -> Form:
    write = chance.choice(_WAYS)
    numbers = iter(range(chance.randint(1, 90), 1000))
    return _redone(form, lambda field: [replace(field, name=write(field.name, next(numbers), chance))])


_WAYS: Final[tuple[Callable[[str, int, Random], str], ...]] = (
    lambda _, n, __: f"input_{n}",
    lambda old, _, __: f"ctl00_main_{old}",
    lambda _, __, chance: f"f{UUID(int=chance.getrandbits(128))}",
    lambda old, n, __: f"{old}-{n}",
)


# --- traps


def _trap(form: Form, chance: Random) -> Form:
    trick = chance.choice(_TRICKS)
    words, called = chance.choice(
        (("Website", "website"), ("Company homepage", "url2"), ("Your e-mail", "email_address"))
    )
    if trick == "said":
        words = "Leave this field empty"
    return _put(form, chance, Field("", words, "text", called, called, trick=trick))


def _twin_trap(form: Form, chance: Random) -> Form | None:
    """A trap with the words of a control that is asked, before or behind it."""
    (real,) = chance.sample([field for field in form.fields if field.kind in _TYPED and not field.trick], 1)
    twin = replace(
        real, key="", id=f"{real.id}_hp2", name=f"{real.name}_2", required=False, kind="text",
        trick=chance.choice(("off-screen", "not displayed", "transparent", "cut off")),
    )  # fmt: skip
    both = [twin, real] if chance.random() < 0.7 else [real, twin]
    return _redone(form, lambda field: both if field == real else [field])


def _heir_trap(form: Form, chance: Random) -> Form | None:
    """A trap that has taken the id and the name of a control, which has others now."""
    (real,) = chance.sample([field for field in form.fields if field.kind in _TYPED and not field.trick], 1)
    number = chance.randint(100, 999)
    moved = replace(real, id=f"c{number}", name=f"c{number}")
    trap = replace(real, key="", required=False, kind="text", trick=chance.choice(_TRICKS[:4]))
    return _redone(form, lambda field: [trap, moved] if field == real else [field])


KINDS: Final[Mapping[str, Mutation]] = {
    "name merged": _name_merged, "name split": _name_split, "phone split": _phone_split, "date split": _date_split,
    "date typed": _date_typed, "optional removed": _removed(required=False),
    "required removed": _removed(required=True), "optional added": _added(required=False),
    "required added": _added(required=True), "option removed": _option_removed, "moved": _moved, "order": _order,
    "required turned": _needed, "relabelled": _relabelled, "options renamed": _options_renamed,
    "options renumbered": _options_renumbered, "language": _language, "heading or button": _screens_renamed,
    "wrappers": _wrapped, "placeholder": _placeholders, "aria-label": _aria_labels, "combobox": _comboboxes,
    "shadow root": _inside("shadow"), "frame": _inside("frame"), "ids": _ids, "names": _names,
    "honeypot": _trap, "honeypot twin": _twin_trap, "honeypot heir": _heir_trap,
}  # fmt: skip
