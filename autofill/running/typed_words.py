"""Words that a run types, taken out of what a page shows; the words of the site that it chooses from stay. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from autofill.evidence.keeping.personal import PlannedValue
from autofill.evidence.sharing.redaction import Redaction
from autofill.forms.control import TYPED
from autofill.forms.plan import Entry, Plan
from autofill.inquiry.fields import question, single_spaced


@dataclass(frozen=True, slots=True)
class TypedWords:
    """What a run types; `chosen` are the answers to questions that may be lists, by the question's words."""

    typed: Redaction
    chosen: Mapping[str, Set[str]]

    @classmethod
    def of(cls, plan: Plan, planned: Iterable[PlannedValue]) -> TypedWords:
        """What a plan types, of all the values that a page may show."""
        chosen: defaultdict[str, set[str]] = defaultdict(set)
        for entry in plan.entries:
            if is_choice(entry) or entry.control.kind is None:
                for name in entry.control.names:
                    chosen[question(name)] |= {single_spaced(line) for line in entry.text.splitlines()}
        return cls(Redaction.of((value.field, value.text) for value in planned if value.personal), chosen)

    def out_of(self, text: str) -> str:
        """The text without them."""
        return self.typed.clean(text) if text else text

    def out_of_option(self, words: str, option: str) -> str:
        """An option of the question with these words: what is chosen there is the site's own."""
        return option if single_spaced(option) in self.chosen.get(question(words), ()) else self.out_of(option)


def is_choice(entry: Entry) -> bool:
    """Whether it is certain that a word of the site goes in."""
    return bool(entry.control.choices) or entry.control.kind not in TYPED
