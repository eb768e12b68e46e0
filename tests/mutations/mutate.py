"""A contact form as a redesign leaves it: one to four changes at once, decided by a seed; what no run may do there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.mutations.forms import BASES, Field, Form, Page, base
from tests.mutations.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Mutant:
    """A form that has changed: the base form's number, what it is now, and the kinds of the changes."""

    number: int
    form: Form
    kinds: tuple[str, ...]

    @property
    def before(self) -> Form:
        """The form as it was."""
        return base(self.number)

    @property
    def unanswerable(self) -> tuple[Field, ...]:
        """What forbids to go on without a person: of the form as it was, or as it is.

        An answer that is asked no more, a choice that is not offered any more, and a new question that needs an answer.
        """
        known, now = self.before, {field.key: field for field in self.form.fields if not field.trick}
        lost = [field for field in known.fields if not field.covers & self.form.answered]
        gone = [field for field in known.fields if _lacks(field, now.get(field.key))]
        new = [field for field in self.form.fields if field.required and not field.covers & known.answered]
        return (*lost, *gone, *new)

    @property
    def touched(self) -> frozenset[str]:
        """The words, then and now, of all that is not as it was."""
        then, now = _by_key(self.before), _by_key(self.form)
        keys = {key for key in then | now if then.get(key) != now.get(key)}
        words = {each[key][1].words for key in keys for each in (then, now) if key in each}
        new = {field.words for field in self.form.fields if not field.key or field.trick}
        screens = [{words for page in form.pages for words in _signs(page)} for form in (self.before, self.form)]
        return frozenset(words | new | (screens[0] ^ screens[1]))


def mutant(seed: int) -> Mutant:
    """The mutant of a seed, always the same; every kind comes first as often as any other."""
    chance = Random(seed)  # the same again, not secret
    number, names = seed % BASES, list(KINDS)
    first = names[(seed // BASES) % len(names)]
    form = KINDS[first](base(number), chance)
    while form is None:
        number = (number + 1) % BASES
        form = KINDS[first](base(number), chance)
    kinds, wanted = [first], chance.choice((1, 1, 2, 2, 3, 4))
    for name in sorted(chance.sample(names, len(names))[: wanted - 1], key=names.index):
        if name != first and (more := KINDS[name](form, chance)) is not None and _holds(more):
            form = more
            kinds.append(name)
    # On half of them the server alone would find that an answer is missing.
    return Mutant(number, replace(form, strict=chance.random() < 0.5), tuple(kinds))


def _holds(form: Form) -> bool:
    ids = [field.id for field in form.fields]
    return len(ids) == len(set(ids)) and all(page.fields for page in form.pages)


def _lacks(known: Field, now: Field | None) -> bool:
    """Whether what was chosen is offered no more."""
    return bool(now and known.options and not any(now.is_right(option.value) for option in now.options))


def _by_key(form: Form) -> dict[str, tuple[int, Field]]:
    """Each control that is asked, and the number of its screen, by what it takes."""
    screens = enumerate(form.pages)
    return {field.key: (n, field) for n, page in screens for field in page.fields if field.key and not field.trick}


def _signs(page: Page) -> tuple[str, str]:
    return page.heading, page.button
