"""From an inquiry and a form map to a plan, or to every problem before a browser starts.

Pure: the same inquiry and form map give the same plan with the same digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autofill.errors import InvalidFile, Problem
from autofill.forms.control import Condition, Control
from autofill.forms.element import Element
from autofill.forms.entries import day_for, text_for
from autofill.forms.form_map import FormMap, FormPage
from autofill.forms.left_out import left_out
from autofill.forms.map_index import Label, MapIndex
from autofill.forms.plan import Entry, FillStep, Plan, ReachStep, ReviewStep, Step, SubmitStep
from autofill.forms.value import UnfitError
from autofill.inquiry.fields import Fields, field_names, question, text_of, trail_of, value_of
from autofill.inquiry.profile import Loaded
from autofill.language import _
from autofill.organisations.organisation import Organisation
from autofill.sources.source import Source


def make_plan(loaded: Loaded, form_map: FormMap, organisation: Organisation) -> Plan:
    """Work out the steps that putting one inquiry into this organisation's form takes.

    Raises:
        InvalidFile: the form asks for something the inquiry lacks, or does not take what it has; all problems listed.
    """
    index = MapIndex.of(form_map)
    filled = _filled(index, loaded.fields)
    if problems := [problem for _field, problem in _unmet(filled, loaded.source)]:
        raise InvalidFile(problems)
    entered = {question(name) for page in filled for entry in page.entries for name in entry.control.fields}
    return Plan(
        form=form_map.id,
        form_title=form_map.title,
        form_map_digest=index.digest,
        topic=text_of(loaded.fields, "topic"),
        start_url=form_map.site.url,
        origins=form_map.site.origins,
        hosts=form_map.site.hosts,
        seconds_between_runs=form_map.pace.seconds_between_runs,
        steps=tuple(_step(page, filled[:number], index) for number, page in enumerate(filled)),
        busy=form_map.busy,
        server=form_map.server,
        lookups=form_map.lookups,
        dismiss=form_map.dismiss,
        dialogs=form_map.dialogs,
        person_needed=form_map.person_needed,
        away=form_map.away,
        login=form_map.login,
        practice_only=form_map.practice_only,
        organisation=organisation.id,
        chosen=organisation.own_fields.chosen,
        fields=loaded.fields,
        warnings=(*loaded.warnings, *left_out(loaded, index, entered, field_names(organisation.inquiry_model))),
    )


def unfilled_steps(form_map: FormMap) -> Iterator[Step]:
    """The steps of a form for no inquiry: nothing goes into any control. Pages that not everybody sees are left out."""
    index = MapIndex.of(form_map)
    for page in form_map.pages:
        if not page.when:
            yield _step(_Filled(page, (), page.controls, ()), (), index)


def unmet(form_map: FormMap, fields: Fields, source: Source) -> Iterator[tuple[str, Problem]]:
    """What the form lacks or does not take, by field; also of an inquiry that is not valid itself."""
    return _unmet(_filled(MapIndex.of(form_map), fields), source)


def _unmet(filled: tuple[_Filled, ...], source: Source) -> Iterator[tuple[str, Problem]]:
    return ((field, source.problem(trail_of(field), why)) for page in filled for field, why in page.unmet)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A page of the form, what goes into it, what stays as it is, and fields it needs or does not take, with why."""

    page: FormPage
    entries: tuple[Entry, ...]
    left: tuple[Control, ...]
    unmet: tuple[tuple[str, str], ...]


def _filled(index: MapIndex, fields: Fields) -> tuple[_Filled, ...]:
    """The pages that come for this inquiry."""
    return tuple(_fill(page, fields, index) for page in index.form_map.pages if all_hold(page.when, fields))


def _fill(page: FormPage, fields: Fields, index: MapIndex) -> _Filled:
    entries: list[Entry] = []
    wrong: list[tuple[str, str]] = []
    taken: set[Label] = set()
    for control in page.controls:
        # What depends on a wrong field is that field's mistake.
        depends_on = control.dependent.on if control.dependent else None
        if not all_hold(control.when, fields) or depends_on in {field for field, _why in wrong}:
            continue
        try:
            text = text_for(control, fields)
        except UnfitError as unfit:
            wrong.append((_blamed(control, fields), str(unfit)))
            continue
        if text is not None and not taken.isdisjoint(index.labels(control)):
            words = _("the form map has two controls “{control}” on one page, and does not tell them apart")
            wrong.append((_blamed(control, fields), words.format(control=control.name)))
        elif text is not None:
            entries.append(Entry(control=control, text=text, day=day_for(control, fields)))
            taken.update(index.labels(control))
    # Whether a control is shown whose condition does not hold is for the page to say; under its name another may be.
    left = tuple(control for control in page.controls if taken.isdisjoint(index.labels(control)))
    return _Filled(page, tuple(entries), left, tuple(wrong))


def _blamed(control: Control, fields: Fields) -> str:
    """The field that a problem with a control is about: of several, the first that is missing."""
    missing = (name for name in control.fields if value_of(fields, name) is None)
    return next(missing, next(iter(control.fields), ""))


def _known_by(here: _Filled, index: MapIndex) -> Element | Control:
    """What shows that a page is there: its heading, else a control, best one that is required or filled in."""
    filled = {id(entry.control) for entry in here.entries}
    marks = sorted(
        index.marks_of(here.page),
        key=lambda each: (not getattr(each, "required", False), id(each) not in filled),
    )
    known = here.page.heading or next(iter(marks), here.page.button)
    assert known  # the map was validated
    return known


def _step(here: _Filled, so_far: tuple[_Filled, ...], index: MapIndex) -> Step:
    page, form_map = here.page, index.form_map
    button = page.button
    assert button  # every page of a valid map has one
    screen: dict[str, Any] = {
        "slug": form_map.slug_of(page), "name": form_map.name_of(page),
        "known_by": _known_by(here, index), "advance": button,
    }  # fmt: skip
    echoed = tuple(entry for each in so_far for entry in each.entries) if page.echoes else ()
    filled: dict[str, Any] = {"entries": here.entries, "echoed": echoed, "left": here.left}
    if page is form_map.pages[-1]:
        confirmation, refusal = form_map.confirmation, form_map.refusal
        return SubmitStep(**screen, **filled, request=form_map.submit, confirmation=confirmation, refusal=refusal)
    if page.controls:
        return FillStep(**screen, **filled)
    if page.echoes:
        return ReviewStep(**screen, entries=echoed)
    return ReachStep(**screen)


def all_hold(conditions: tuple[Condition, ...], fields: Fields) -> bool:
    """Whether what depends on these conditions is there for this inquiry."""
    for condition in conditions:
        value = value_of(fields, condition.field)
        given = {value} if isinstance(value, str) else set(value or ())
        one_of = given.intersection(condition.one_of) if condition.one_of else given
        if not one_of or not given.isdisjoint(condition.none_of):
            return False
    return True
