"""The watch over the form of one claimed run: begun with what was kept of the form, ended with what is kept of it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from itertools import pairwise

from playwright.async_api import Page

from autofill.errors import failure_of
from autofill.events import Event, FaultNoticed, Verdict
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.personal import planned_values
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.recorder import Recorder
from autofill.forms.plan import Entry
from autofill.language import _
from autofill.running.claim import Claim
from autofill.running.form_watch import FormWatch
from autofill.running.known_forms import KnownForm, KnownForms, keep_corrections
from autofill.running.typed_words import TypedWords

_THROUGH = {Verdict.CONFIRMED, Verdict.CONFIRMED_NO_CASE}


async def watch_over(claimed: Claim, page: Page, recorder: Recorder, listener: Callable[[Event], None]) -> FormWatch:
    """The watch of a run that begins."""

    async def tell(fault: FaultNoticed) -> None:
        await recorder.on(fault)
        listener(fault)

    def learn(entry: Entry) -> None:
        control = entry.control
        recorder.planned += tuple(planned_values(control.value, control.name, control.kind, entry.text))

    known: KnownForm | None = None
    try:
        known = _file_of(claimed).recall()
    except Damage as damage:
        words = _("what was kept of the form cannot be used: {damage}")
        await tell(FaultNoticed("fingerprint", words.format(damage=damage)))
    plan = claimed.job.plan
    return FormWatch(
        plan, page, known, tell=tell, typed=TypedWords.of(plan, recorder.planned), learn=learn, called=_called(claimed)
    )


def keep_seen(watch: FormWatch, claimed: Claim, recorder: Recorder, summary: RunSummary) -> RunSummary:
    """The summary, with what there is to say of the form; whatever goes wrong here changes nothing of the run."""
    if not watch.inventories:
        return summary
    try:
        through = summary.verdict in _THROUGH
        said = _kept(watch, claimed, recorder, through=through)
        # What stopped a run has named it.
        faults = tuple(f"not-mapped: {words}" for words in said) if summary.error is None else ()
    except Exception as error:  # noqa: BLE001 - the run is over, and its recording must be sealed
        faults = (_("fingerprint: it could not be kept: {why}").format(why=failure_of(error)),)
    return summary.model_copy(update={"faults": (*summary.faults, *faults)})


def _kept(watch: FormWatch, claimed: Claim, recorder: Recorder, *, through: bool) -> tuple[str, ...]:
    """Keep it in the recording; where the run went through, also as the last known state of the form."""
    if watch.known is not None and not watch.found_again and (same := watch.known.as_before(watch.looks)):
        recorder.keep_form(same.content)
        return ()
    from autofill.running.seen_form import seen_by, worth_keeping  # noqa: PLC0415 - loads all that is known of words

    file = _file_of(claimed)
    seen, said = seen_by(watch, file)
    recorder.keep_form(seen.content)
    if seen.repaired:
        keep_corrections(seen)
    if through and (watch.known is None or seen.looks != watch.known.looks):
        kept = worth_keeping(seen, watch.known)
        if kept is not None:
            file.keep(kept)
    return said


def _called(claimed: Claim) -> str:
    """The form as commands name it: the file that was given, or else the map's own name."""
    given = claimed.conditions.options
    after = [word for before, word in pairwise(given) if before == "--form"]
    return shlex.quote(after[-1]) if after else claimed.job.plan.form


def _file_of(claimed: Claim) -> KnownForms:
    """Its file. Each practice site that a command serves for itself is the same one."""
    plan = claimed.job.plan
    return KnownForms.of(plan, claimed.conditions.place(plan).partition(" ")[0])
