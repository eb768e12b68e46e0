"""The rules of what a page may send, as a plan has them: what is typed, may be asked meanwhile, and submits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autofill.forms.form_map import Lookup
from autofill.forms.plan import Entry, Plan, SubmitStep
from autofill.replay.content import TypedContent
from autofill.replay.request_rules import RequestRules


def rules_for(plan: Plan, origins: frozenset[str], files: Mapping[str, bytes]) -> RequestRules:
    """The rules for a run of the plan on a page that may be on these origins; `files` are the uploads by name."""
    texts = [entry for entry in plan.entries if _is_text(entry)]
    (submit,) = (step.request for step in plan.steps if isinstance(step, SubmitStep))
    return RequestRules(
        origins,
        TypedContent(
            {entry.control.value: entry.text for entry in texts},
            frozenset(entry.control.value for entry in texts if _is_message(entry)),
            site_words="\n".join((plan.start_url, *(entry.control.model_dump_json() for entry in plan.entries))),
        ),
        submit=submit,
        lookups=tuple(filter(None, (plan.server, *plan.lookups, _suggesting(plan.entries)))),
        files=tuple(files.values()),
    )


def _is_text(entry: Entry) -> bool:
    """Whether a person's own words are in it, by which they are known again in what a page sends."""
    control = entry.control
    return control.kind in {None, "text", "textarea", "typeahead"} and not (control.choices or control.dependent)


def _suggesting(entries: Iterable[Entry]) -> Lookup | None:
    """What a page may ask while suggestions are wanted of it: anything with the words that are typed there."""
    asking = [name for entry in entries if entry.control.kind == "typeahead" for name in entry.control.fields]
    return Lookup(path="", carries=tuple(asking)) if asking else None


def _is_message(entry: Entry) -> bool:
    return entry.control.kind == "textarea" or "message" in entry.control.fields
