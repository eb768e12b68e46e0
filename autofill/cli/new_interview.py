"""The questions of `autofill new` at a terminal or a pipe, one after the other; every answer is saved at once."""

from __future__ import annotations

import shlex
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from autofill import console
from autofill.authoring.check import Advice, Checked, sentence
from autofill.authoring.fixes import NEAR
from autofill.authoring.profile_file import Draft
from autofill.authoring.questions import Question
from autofill.console import Painted
from autofill.errors import ExitCode, InvalidFile
from autofill.inquiry.fields import text_of
from autofill.inquiry.geography import countries_like, countries_named, country_code
from autofill.inquiry.values import country, us_state
from autofill.language import _, plural

_BACK: Final = "<"
_NONE: Final = "-"
# Longer lists are shown when somebody asks for them.
_LISTED: Final = 20
_SHOWN: Final = 50


class _NoMoreAnswers(Exception):
    """Whoever answered is gone."""


class Interview:
    """Asks what the form asks; `draft` holds what was answered by now, `told` names the advice that was given."""

    def __init__(self, draft: Draft, *, needs_name: bool) -> None:
        self.draft = draft
        self._needs_name = needs_name
        self._passed: list[str] = []
        self._part = ""
        self.told: set[str] = set()

    def ask_all(self) -> None:
        """Ask until everything was answered or passed over, or nobody answers any more."""
        title = self.draft.form.form_map.title
        console.tell(_("For the form “{form}”. Nothing is sent.").format(form=title))
        console.tell(_("Enter keeps what is in [brackets] or skips, - empties, < goes back, Ctrl-C stops."))
        try:
            while asked := self._next():
                self._ask(asked)
        except _NoMoreAnswers:
            console.tell()
        self._save()

    def _next(self) -> Question | None:
        every = self.draft.questions()
        return next((each for each in every if each.path not in self._passed and not self._is_passed(each)), None)

    def _is_passed(self, asked: Question) -> bool:
        """Whether it belongs to an address whose first part was passed over."""
        fields = self.draft.fields
        rest = (name for name in fields if name.startswith(f"{asked.whole}.") and not name.endswith(".country"))
        return bool(asked.whole) and f"{asked.whole}.street" in self._passed and not any(rest)

    def _ask(self, asked: Question) -> None:
        self._introduce(asked)
        is_second_time = False
        while True:
            answer = self._answered(asked)
            if answer == _BACK:
                self._passed = self._passed[:-1]
                return
            if answer is None:  # it stays as it is
                if is_second_time or not asked.required or self.draft.answer(asked):
                    break
                console.tell(Painted("  ✗ ", "red"), _("The form needs this. Enter leaves it for later."))
            elif self._takes(asked, answer):
                break
            is_second_time = True
        self._passed.append(asked.path)

    def _introduce(self, asked: Question) -> None:
        if asked.part != self._part:
            self._part = asked.part
            console.tell()
            console.tell(Painted(f"── {asked.part}", "bold"))
        notes = [asked.help, "" if asked.required else _("Optional.")]
        if asked.limit:
            notes.append(_("Up to {most:,} characters.").format(most=asked.limit.max))
        if asked.kind == "message":
            notes.append(_("End with two empty lines."))
        if asked.kind == "files":
            notes.append(_("One file a line. End with an empty line."))
        console.tell()
        console.tell(Painted(asked.full_name, "bold"), "  ", " ".join(filter(None, notes)))
        if asked.kind == "choice":
            self._list(asked, at_once=len(asked.choices) <= _LISTED)

    def _list(self, asked: Question, *, at_once: bool = True) -> None:
        if not at_once:
            console.tell("  ", _("? lists all {number}.").format(number=len(asked.choices)))
            return
        for number, words in enumerate(asked.choices.values(), 1):
            console.tell(f"  {number:>2}  {words}")

    def _answered(self, asked: Question) -> str | None:
        """What is answered, `<` to go back, or None if it stays as it is."""
        now = self.draft.answer(asked)
        shown = asked.choices.get(now, now).replace("\n", " ⏎ ")
        shown = f"[{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}] " if now else ""
        line = _line(f"{shown}>")
        if line.strip() in {"", _BACK}:
            return line.strip() or None
        if line.strip() == _NONE or asked.kind not in {"message", "files"}:
            return line.strip()
        lines = [line]
        ends = ["", ""] if asked.kind == "message" else [""]
        while lines[-len(ends) :] != ends:
            with suppress(_NoMoreAnswers):
                lines.append(_line(" "))
                continue
            break
        return "\n".join(lines).strip("\n")

    def _takes(self, asked: Question, answer: str) -> bool:
        """Write the answer down; whether nothing is wrong with it."""
        if answer == "?" and asked.choices:
            self._list(asked)
            return False
        meant = "" if answer == _NONE else _meant(asked, answer)
        if meant is None:
            console.tell(Painted("  ✗ ", "red"), _unknown_choice(asked, answer))
            return False
        try:
            self.draft = self.draft.with_answer(asked, meant)
        except InvalidFile as invalid:
            console.tell(Painted("  ✗ ", "red"), " ".join(each.message for each in invalid.problems))
            return False
        self._save()
        checked = self.draft.check()
        wrong = [each.text for each in checked.problems if each.path == asked.path and (meant or asked.required)]
        for text in wrong:
            console.tell(Painted("  ✗ ", "red"), text)
        if wrong:
            console.tell("    ", _("Enter keeps it anyway."))
        else:
            self._tell_advice(checked, asked.path)
        return not wrong

    def _tell_advice(self, checked: Checked, path: str) -> None:
        for hint in checked.hints:
            if hint.path == path:
                console.tell(Painted("  ? ", "yellow"), hint.text)
        for each in checked.advice:
            if each.path == path and each.id not in self.told:
                self.told.add(each.id)
                tell_advice(each)

    def _save(self) -> None:
        if self._needs_name:
            self._needs_name = False
            name = text_of(self.draft.fields, "topic") or self.draft.form.form_map.id
            self.draft = self.draft.named(_free(name))
        self.draft = self.draft.save()


def tell_advice(advice: Advice) -> None:
    """A piece of advice, and the office that is for it: its phone, its hours, its page."""
    console.tell(Painted("  ? ", "yellow"), f"{advice.says} {advice.instead}")
    if office := advice.office:
        where = ", ".join(filter(None, (office.name, advice.hours, office.page)))
        console.tell("    ", Painted(office.phone, "bold"), "  " if office.phone else "", where)


def tell_result(interview: Interview) -> ExitCode:
    """What became of the profile, what is left to do, and the next command."""
    draft = interview.draft
    checked, name = draft.check(), shlex.quote(str(draft.path))
    if draft.form_name:
        name += f" --form {shlex.quote(draft.form_name)}"
    console.tell()
    names = {each.path: f"{each.full_name}: " for each in draft.questions()}
    # Of several about one field, one: a form may ask for the same thing twice.
    problems = {each.path: each for each in reversed(checked.problems)}
    for each in (*reversed(problems.values()), *checked.hints):
        mark = Painted("✗ ", "red") if each.severity == "error" else Painted("? ", "yellow")
        console.tell(mark, f"{draft.path}:{each.line}: {names.get(each.path, '')}{each.text}")
    for advice in checked.advice:
        if advice.id not in interview.told:
            tell_advice(advice)
    if checked.is_ready:
        console.say(Painted(_("Ready"), "green"), f"  {draft.path}")
        rows = [(_("Rehearse it on the practice site:"), f"autofill run {name}")]
    else:
        left = plural("{number} problem left", "{number} problems left", len(problems))
        console.say(Painted(left.format(number=len(problems)), "yellow"), f"  {draft.path}")
        rows = [(_("Go on with it:"), f"autofill new {name}"), (_("Check it:"), f"autofill validate {name}")]
    for line in console.columns(rows):
        console.say(f"  {line}")
    return ExitCode.DONE if checked.is_ready else ExitCode.INVALID_FILE


def _line(prompt: str) -> str:
    console.tell(prompt, end=" ")
    line = console.read_line()
    if not line:
        raise _NoMoreAnswers
    return line.rstrip("\r\n")


def _meant(asked: Question, answer: str) -> str | None:
    """The answer as a profile holds it; of a choice its name, None if it is none of them."""
    if asked.kind == "yes-no":
        words = {"yes": "yes", "y": "yes", "no": "no", "n": "no", _("yes"): "yes", _("no"): "no"}
        return words.get(answer.casefold())
    if asked.kind != "choice":
        return answer
    if answer.isdecimal() and len(asked.choices) <= _LISTED:
        return next((slug for n, slug in enumerate(asked.choices, 1) if n == int(answer)), None)
    if asked.path.endswith(".country"):
        return country_code(answer)
    said = answer.casefold()
    exact = (slug for slug, words in asked.choices.items() if said in {slug.casefold(), words.casefold()})
    begun = [slug for slug, words in asked.choices.items() if words.casefold().startswith(said)]
    return next(exact, begun[0] if len(begun) == 1 else None)


def _unknown_choice(asked: Question, answer: str) -> str:
    if asked.kind == "yes-no":
        return _("Answer yes or no.")
    if asked.path.endswith(".country"):
        if about := _about_place(answer):
            return about
        near = [asked.choices[code] for code in sorted(countries_like(answer, NEAR))]
    else:
        words = {each.casefold(): each for each in asked.choices.values()}
        # Every name is a little like one of two hundred others.
        cutoff = NEAR if len(words) > _LISTED else 0.6
        near = [words[each] for each in get_close_matches(answer.casefold(), words, n=1, cutoff=cutoff)]
    if len(near) == 1:
        return _("This is not in the list. Did you mean {near}?").format(near=near[0])
    return _("This is not in the list. Type a number or the words.")


def _about_place(answer: str) -> str:
    """What is wrong with a place that is known, but is no country or several; empty if it is not known."""
    is_known = bool(countries_named(answer))
    with suppress(ValueError):
        is_known = bool(us_state(answer)) or is_known
    try:
        country(answer)
    except ValueError as error:
        return sentence(str(error)) if is_known else ""
    return ""


def _free(name: str) -> Path:
    """A file here that is not there yet."""
    names = (f"{name}.yaml", *(f"{name}-{number}.yaml" for number in range(2, 10_000)))
    return next(path for path in map(Path, names) if not path.exists())
