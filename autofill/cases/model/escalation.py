"""Escalation: where to turn when an organisation stays silent, step by step, and what else may help.

The facts are the organisation's. Nothing is sent or dialled from here; what to do there is the person's.
"""

from __future__ import annotations

from dataclasses import dataclass

from autofill.language import _
from autofill.organisations.model import EscalationRule, Office, OrganisationData


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One place to turn to: the rule, the office it names, and the office whose facts fill its advice."""

    rule: EscalationRule
    office: Office
    mentioned: Office

    @property
    def name(self) -> str:
        """Its name in ledger and JSON."""
        return self.rule.name

    @property
    def title(self) -> str:
        """Who it is, in the language in use."""
        return _(self.rule.title)

    @property
    def where(self) -> str:
        """Number or page."""
        return self.office.phone or self.office.page

    @property
    def advice(self) -> str:
        """What to do there, in the language in use."""
        return self.mentioned.fill(self.rule.how)


def escalation_of(data: OrganisationData) -> tuple[EscalationStep, ...]:
    """The steps of an organisation, the first one first."""
    offices = data.offices
    return tuple(
        EscalationStep(rule, offices[rule.office], offices[rule.mentions or rule.office]) for rule in data.escalation
    )


def further_help(data: OrganisationData, days: int) -> tuple[str, ...]:
    """What else to do, on any step, so many business days after the first inquiry; in the language in use."""
    return tuple(
        data.offices[each.office].fill(each.how) for each in data.further_help if days >= each.after_business_days
    )


def step_named(steps: tuple[EscalationStep, ...], name: str | None) -> EscalationStep | None:
    """The step of that name."""
    return next((step for step in steps if step.name == name), None)


def step_after(steps: tuple[EscalationStep, ...], name: str | None) -> EscalationStep | None:
    """The next step: the first one for a case that is on none; None after the last."""
    names = [step.name for step in steps]
    place = names.index(name) + 1 if name in names else 0
    return steps[place] if place < len(steps) else None
