"""A person at a variant of the practice desk: asks for what is known, fills in the rest, and presses what leads on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Page

from autofill.cli.forms_learn import write_map
from autofill.forms.catalog import load_form, prepare_profile
from autofill.forms.form_map import FormMap
from autofill.forms.plan import Entry, Plan
from autofill.jobs.learning import Report, Turn
from autofill.jobs.lesson import Lesson
from autofill.mapping.asking import bare
from autofill.mapping.learned import Learned
from autofill.replay.controls import fill
from autofill.replica import ReplicaOptions, serving
from autofill.replica.form.fields import CONTACT_INFORMATION, PROBLEM_DETAILS, Field
from autofill.replica.form.variant import Form, Screen, form_of
from tests.journeys.conftest import RunDesk

FORM = "usps-email-us"
PROFILE = Path(__file__).parents[2] / "profiles" / "01-missing-package.yaml"


@dataclass(slots=True)
class Someone:
    """A person who knows their inquiry (a plan for the desk as usual), and can read what the variant of a seed says."""

    plan: Plan
    seed: int
    hasty: bool = False
    by_hand: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _filled: list[object] = field(default_factory=list)

    async def turn(self, page: Page, report: Report) -> Turn:
        """Ask once for each page to have it filled, then fill what is open, and press the button that leads on."""
        self._judge(report)
        if report.page.questions and report.page.signs not in self._filled:
            self._filled.append(report.page.signs)
            return "fill"
        open_ = [self._entry(words) for words in (*report.unknown, *report.failed)]
        todo = [each for each in open_ if each and each.control.name not in self.by_hand]
        for entry in todo:
            self.by_hand.append(entry.control.name)
            await fill(page, entry, {})
            await page.keyboard.press("Tab")
            await page.locator("lightning-spinner").wait_for(state="detached")
        return "fill" if todo else await self._go_on(page)

    async def _go_on(self, page: Page) -> Turn:
        onward = page.get_by_role("button", name=self._form.said("Next"), exact=True)
        to_wizard = page.get_by_role("link", name=self._form.said("Email Us"), exact=True)
        if await to_wizard.count():
            await to_wizard.click()
            await page.locator(".screen-heading").wait_for()
        elif await onward.count():
            await onward.click()
        else:
            if self.hasty:
                await page.get_by_role("button", name=self._form.said("Submit"), exact=True).click()
                await page.locator("lightning-spinner").wait_for(state="detached")
            return "done"
        return "next"

    def _judge(self, report: Report) -> None:
        """Note what was found that is not so."""
        for found in report.found:
            words = report.page.questions[found.number].question.words
            if self._usual(words) not in found.control.names:
                self.wrong.append(f"{found.control.name} for {words} ({found.how})")

    @property
    def _form(self) -> Form:
        return form_of(PROBLEM_DETAILS, CONTACT_INFORMATION, self.seed)

    def _usual(self, words: str) -> str:
        """What the desk as usual calls the question."""
        usual = {(asked.name, asked.when): asked.label for asked in (*PROBLEM_DETAILS, *CONTACT_INFORMATION)}
        asked = (asked for screen in self._form.screens for asked in screen.questions)
        return next((usual[each.name, each.when] for each in asked if bare(each.label) == bare(words)), words)

    def _entry(self, words: str) -> Entry | None:
        """What the person would put under these words."""
        usual = self._usual(words)
        known = next((each for each in self.plan.entries if usual in each.control.names), None)
        if known is None:
            return None
        kind = known.control.kind
        control = known.control.model_copy(
            update={"name": bare(words), "kind": "choice" if kind in {"radio", "select", "combobox"} else kind}
        )
        return Entry(control=control, text=known.text, day=known.day)


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of a lesson: who walked, the map as it was, what was learned, and the file it was written to."""

    someone: Someone
    before: FormMap
    learned: Learned
    file: Path


@contextmanager
def variant(seed: int) -> Iterator[RunDesk]:
    """A desk that shows the variant of a seed."""
    with serving(ReplicaOptions(variant=seed, delay_ms=0)) as replica:
        yield RunDesk(replica.url, Path())


def learn(desk: RunDesk, seed: int, file: Path, *, hasty: bool = False) -> Taught:
    """What somebody learns of the variant of a seed; a `hasty` one presses the button that submits, too."""
    someone = Someone(prepare_profile(PROFILE, FORM).plan, seed, hasty=hasty)
    before, found = Lesson(FORM, PROFILE, desk.url, headless=True).learn(someone)
    write_map(found.form_map, file)
    return Taught(someone, before, found, file)


def confirmed(desk: RunDesk, file: Path, recordings: Path) -> bool:
    """Whether the map runs on the desk, with nobody at it, in a program of its own, and its recording is whole."""
    at_desk = RunDesk(desk.url, recordings)
    code, answers, _said = at_desk.run("--form", file, PROFILE)
    return (code, [each["verdict"] for each in answers]) == (0, ["confirmed"])


_ANSWERS = {"topic": "missing-package", "has_tracking_number": "yes", "country": "US"}


def unnamed(seed: int, differences: Sequence[str]) -> list[str]:
    """What a variant has otherwise than the map and no sentence says: words, kinds of controls, and their order."""
    form, usual = (form_of(PROBLEM_DETAILS, CONTACT_INFORMATION, each) for each in (seed, None))
    said = "\n".join(differences)
    left = [f"“{words}”" for words in _words_to_be_named(form)] + [
        f"“{label}” is now a " for label in _kinds(form, usual)
    ]
    # A page is called there as the map calls it.
    orders = len(list(_reordered(form, usual, said))) - said.count("now has another order")
    return [*(each for each in left if each not in said), *(["now has another order"] * orders)]


def _words_to_be_named(form: Form) -> Iterator[str]:
    """The words that the map has otherwise: of questions that this inquiry sees, headings and buttons."""
    before = load_form(FORM).form_map
    known = {bare(name) for page in before.pages for control in page.controls for name in control.names}
    known |= {name for page in before.pages for part in (page.heading, page.button) if part for name in part.names}
    labels = [bare(asked.label) for screen in form.screens for asked in _asked(screen)]
    words = [*labels, *(screen.heading for screen in form.screens), form.said("Contact Us"), form.said("Next")]
    yield from (each for each in (*words, form.said("Email Us"), form.said("Submit")) if each not in known)
    kinds = {screen.kind for screen in form.screens}
    lost = {"problem-details": "Problem Details", "contact-information": "Contact Information", "review": "Review"}
    yield from (words for kind, words in lost.items() if kind not in kinds)


def _asked(screen: Screen) -> list[Field]:
    return [asked for asked in screen.questions if asked.is_asked(_ANSWERS)]


def _kinds(form: Form, usual: Form) -> Iterator[str]:
    """Labels of the questions that are radios here and a list there, or the other way round; one list is as another."""
    before = {asked.name: asked.kind for screen in usual.screens for asked in screen.questions}
    for asked in (each for screen in form.screens for each in _asked(screen)):
        if asked.kind != before[asked.name] and "radio" in {asked.kind, before[asked.name]}:
            yield bare(asked.label)


def _reordered(form: Form, usual: Form, said: str) -> Iterator[str]:
    """Headings of the screens whose questions do not come in the map's order; one that is said to be new has none."""
    order = [bare(control.name) for page in load_form(FORM).form_map.pages for control in page.controls]
    labels = {asked.name: bare(asked.label) for screen in usual.screens for asked in screen.questions}
    for screen in form.screens:
        old = [asked for asked in _asked(screen) if f"“{bare(asked.label)}” is new" not in said]
        here = [order.index(labels[asked.name]) for asked in old if labels[asked.name] in order]
        if here != sorted(here):
            yield screen.heading
