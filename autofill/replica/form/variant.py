"""The form as one site shows it: its screens and words as usual, or a variant of them that a seed decides.

A variant asks the same and sends the same; what it says, in which order, in which controls and on which screens is
another matter. What comes after the submission stays as it is. No web, and nothing of a submission.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random
from typing import Final, Literal

from autofill.replica.form.fields import Field, FieldKind
from autofill.replica.form.wordings import OTHER_HEADINGS, OTHER_WORDS

_KINDS: Final[Mapping[FieldKind, tuple[FieldKind, ...]]] = {
    "radio": ("select", "combobox"),
    "select": ("combobox",),
    "combobox": ("select",),
}
# Where a screen can be split, by the question that begins the second one, and what that one is called.
_SPLIT: Final = {"problem_date": "Your message", "country": "Your address"}
_JOINED: Final = "Your Request"
_CAPITALS: Final = ("", "", "sentence", "capitals")
_REQUIRED: Final = " (required)"
_BEHIND: Final = ("", "", ":", _REQUIRED)
_IDS: Final = ("ID-N", "N_ID", "fN:ID")
# What a question needs before it can be asked at all.
_FIRST: Final = {"sub_topic": "topic"}
_MOVED: Final = (0, 3, 8)
_ONE_IN: Final = 3  # so many questions are in another kind of control
_BARE: Final = 4  # and in one of so many variants, labels stand in the controls only
_TRAPS: Final = ("", "", "website", "company_url", "confirm_address")


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of the wizard; `kind` says what it does."""

    kind: Literal["problem-details", "contact-information", "review", "submit"]
    heading: str
    questions: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """All screens, and what a site is free to choose.

    Attributes:
        words: What is said instead of the usual words of the hub and of buttons.
        names: The `name` of controls, by that of their question, where it is another.
        ids: How ids are written: ID as it is called, N a number.
        bare: Controls that are typed into have no label but their placeholder.
        trap: The name of a control on every screen of questions that no person sees; who fills it is refused.
    """

    screens: tuple[Screen, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    ids: str = _IDS[0]
    bare: bool = False
    trap: str = ""

    def said(self, usual: str) -> str:
        """What is said for the usual words."""
        return self.words.get(usual, usual)


def form_of(details: Sequence[Field], contact: Sequence[Field], seed: int | None = None) -> Form:
    """The form with these questions; without a seed as usual, and with one the variant that it stands for."""
    usual = Form(
        (
            Screen("problem-details", "Problem Details", tuple(details)),
            Screen("contact-information", "Contact Information", tuple(contact)),
            Screen("review", "Review"),
            Screen("submit", "Submit"),
        )
    )
    return usual if seed is None else _varied(usual, seed)


def _varied(form: Form, seed: int) -> Form:
    """The variant of a seed. Each choice has a chance of its own: a question more or less changes no other."""
    words = {usual: _chance(seed, usual).choice((usual, *others)) for usual, others in OTHER_WORDS.items()}
    decorated = partial(
        _decorated, _chance(seed, "capitals").choice(_CAPITALS), _chance(seed, "behind").choice(_BEHIND)
    )

    def asked_here(asked: Field) -> Field:
        label = decorated(words.get(asked.label, asked.label), asked)
        return replace(asked, label=label, kind=_kind(asked, _chance(seed, "kind", asked.name)))

    def shown_here(screen: Screen) -> Screen:
        headings = (screen.heading, *OTHER_HEADINGS.get(screen.heading, ()))
        heading = _chance(seed, "heading", screen.heading).choice(headings)
        ordered = _ordered(screen.questions, _chance(seed, "order"), _chance(seed, "orders").choice(_MOVED))
        return replace(screen, heading=heading, questions=tuple(map(asked_here, ordered)))

    return Form(
        screens=tuple(map(shown_here, _screens(form.screens, _chance(seed, "screens")))),
        words={usual: words[usual] for usual in ("Contact Us", "Email Us", "Next", "Previous", "Submit")},
        names=_names(form, _chance(seed, "names")),
        ids=_chance(seed, "ids").choice(_IDS),
        bare=not _chance(seed, "bare").randrange(_BARE),
        trap=_chance(seed, "trap").choice(_TRAPS),
    )


def _chance(*words: object) -> Random:
    return Random(repr(words))  # noqa: S311 - the same again, not secret


def _screens(usual: Sequence[Screen], chance: Random) -> Iterator[Screen]:
    """The screens of a variant: some split in two, two of them one, or without looking at everything again."""
    details, contact, review, submit = usual
    match chance.randrange(7):
        case 0:
            yield replace(details, heading=_JOINED, questions=details.questions + contact.questions)
        case 1:
            yield from (details, *_split(contact))
        case 2:
            yield from (*_split(details), contact)
        case 3:
            yield from (*_split(details), *_split(contact))
        case _:
            yield from (details, contact)
    yield from chance.choice(((review, submit), (review, submit), (submit,), (review,)))


def _split(screen: Screen) -> Iterator[Screen]:
    at = next((n for n, asked in enumerate(screen.questions) if asked.name in _SPLIT), 0)
    if not at:
        yield screen
        return
    yield replace(screen, questions=screen.questions[:at])
    yield replace(screen, heading=_SPLIT[screen.questions[at].name], questions=screen.questions[at:])


def _ordered(questions: Sequence[Field], chance: Random, moved: int) -> Iterator[Field]:
    """The questions, each `moved` by so many places or fewer, and still behind those that it depends on."""
    places = [(place + chance.uniform(0, moved), place) for place in range(len(questions))]
    waiting = [questions[place] for _, place in sorted(places)]
    while waiting:
        names = {asked.name for asked in waiting}
        asked = next(asked for asked in waiting if names.isdisjoint(_needed(asked) - {asked.name}))
        waiting.remove(asked)
        yield asked


def _needed(asked: Field) -> set[str]:
    conditions = (condition.name for condition in (asked.when, asked.required_when) if condition)
    return {*conditions, *filter(None, (asked.same_as, _FIRST.get(asked.name)))}


def _decorated(capitals: str, behind: str, label: str, asked: Field) -> str:
    if capitals == "sentence":
        first, *others = label.split(" ")
        label = " ".join((first, *(word.lower() if word.istitle() else word for word in others)))
    elif capitals == "capitals":
        label = label.upper()
    plain = asked.kind == "checkbox" or label.endswith("?") or (behind == _REQUIRED and not asked.required)
    return label if plain else label + behind


def _kind(asked: Field, chance: Random) -> FieldKind:
    others = _KINDS.get(asked.kind, ())
    return chance.choice(others) if others and not chance.randrange(_ONE_IN) else asked.kind


def _names(form: Form, chance: Random) -> dict[str, str]:
    """Numbers instead of names, in half of all variants."""
    names = dict.fromkeys(asked.name for screen in form.screens for asked in screen.questions)
    first = chance.randrange(100, 900)
    return {name: f"field_{first + n}" for n, name in enumerate(names)} if chance.randrange(2) else {}
