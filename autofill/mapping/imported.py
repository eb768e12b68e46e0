"""A form map and a profile out of another tool's flow: which part of an inquiry each control takes. Pure.

What was typed goes into the profile alone. A control whose words mean no field becomes a question, which the profile
answers in the form's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from autofill.errors import Problem
from autofill.evidence.keeping.personal import Search
from autofill.forms.element import slug
from autofill.forms.form_map import may_start
from autofill.inquiry.fields import ANSWERS, FILES, field_names, trail_of
from autofill.interchange.flow import Flow, Step, host_of, left_out
from autofill.interchange.screens import Screen, screens
from autofill.interchange.selectors import words_in
from autofill.language import _
from autofill.mapping.asking import bare
from autofill.mapping.headers import propose
from autofill.mapping.words import meaning, normal
from autofill.sources.strict_yaml import UNPRINTABLE, Value
from autofill.sources.writing import yaml_text

_BUTTON: Final = "Submit"
_KINDS: Final = {"choose": "choice", "set": "yes-no", "upload": "file"}
_LONGEST: Final = 200
_SECRET: Final = re.compile(
    r"\b(?:pass ?(?:word|wd|code|phrase)|pwd?|passwort|kennwort|contrase\w+|mot de passe|kata sandi|비밀번호"
    r"|pin|cv[cv]|security code)\b"
)


@dataclass(frozen=True, slots=True)
class Imported:
    """A map and a profile as texts of files, and what of the flow has no counterpart. There may be no profile."""

    name: str
    form_map: str
    profile: str
    left: tuple[Problem, ...]


def imported(flow: Flow, name: str) -> Imported:
    """What a flow gives; `name` is its file's.

    Raises:
        LookupError: it enters nothing, or says not where.
    """
    return _Importing(flow, name).done()


@dataclass
class _Importing:
    """One flow while it is turned into a map."""

    flow: Flow
    name: str
    given: dict[str, str] = field(default_factory=dict)
    left: list[Problem] = field(default_factory=list)

    def done(self) -> Imported:
        found = screens(self.flow, self.name)
        self.left += found.left
        host = host_of(found.url)
        if not host or not any(each.entered for each in found.screens):
            raise LookupError
        title = _clean(self.flow.title) or host
        form_id = slug(title) or slug(host)
        last = len(found.screens) - 1
        pages: list[Value] = [self._page(each, is_last=n == last) for n, each in enumerate(found.screens)]
        data: dict[str, Value] = {"id": form_id, "title": title, "url": self._secured(found.url), "pages": pages}
        if found.banners:
            data["dismiss"] = [*dict.fromkeys(map(_clean, found.banners))]
        if proof := self._proof(found.proof):
            data["confirmation"] = proof
        return Imported(form_id, yaml_text(data), self._profile(form_id), tuple(self._sorted()))

    def _proof(self, words: str) -> str:
        """The words that prove success, unless they hold what was typed: "Thank you, Ana" greets nobody else."""
        typed = {each.value for each in self.flow.steps if each.action == "fill"} & {*self.given.values()}
        if not Search(typed).finds(words):
            return _clean(words)
        line = next(each.line for each in self.flow.steps if each.action == "expect" and each.value == words)
        self._note(line, "confirmation", _("something that was typed stands in it; write words that always come"))
        return ""

    def _secured(self, url: str) -> str:
        """An address as a map takes it; old files have many that answer only to send people to `https` by now."""
        if may_start(url) or not url.startswith("http://"):
            return url
        line = next(each.line for each in self.flow.steps if each.action == "open")
        self._note(line, "url", _("http is not secure, so the map has https: check that the page opens"))
        return f"https{url.removeprefix('http')}"

    def _sorted(self) -> list[Problem]:
        return sorted(self.left, key=lambda each: each.line)

    def _page(self, screen: Screen, *, is_last: bool) -> dict[str, Value]:
        page: dict[str, Value] = {}
        controls: list[Value] = [entry for step in screen.entered if (entry := self._control(step))]
        if controls:
            page["controls"] = controls
        words = _clean(screen.pressed.target.words) if screen.pressed else ""
        if not words:
            line = screen.pressed.line if screen.pressed else 0
            why = _("the button's words are not in the file; “{button}” was written, correct it")
            self._note(line, "submit", why.format(button=_BUTTON))
        button: Value = words or _BUTTON
        if screen.pressed and words and screen.pressed.target.nth:
            button = {"name": words, "nth": str(screen.pressed.target.nth)}
        page["submit" if is_last else "advance"] = button
        return page

    def _control(self, step: Step) -> dict[str, Value]:
        """The entry of a control in the map; none for what must not be kept."""
        target = step.target
        words = bare(_clean(target.words or step.known_as or words_in(target.css)) or "control")
        if _SECRET.search(words.casefold()) or "password" in target.css.casefold():
            self._note(step.line, words, _("a password: it was not kept; logins have their own verb, autofill login"))
            return {}
        value = self._value(step, words)
        entry: dict[str, Value] = {"name": words, "value": value}
        if not target.name and target.placeholder:
            entry["placeholder"] = _clean(target.placeholder)
        elif not target.name and target.css:
            entry["css"] = target.css
        if target.frame:
            entry["frame"] = target.frame
        if target.nth:
            entry["nth"] = str(target.nth)
        return {**entry, **self._more(step)}

    def _more(self, step: Step) -> dict[str, Value]:
        """What else is known of it: what it is, whether it must be filled, its choices."""
        kind = _KINDS.get(step.action, "")
        more: dict[str, Value] = {"kind": kind} if kind else {}
        if step.required:
            more["required"] = "yes"
        if step.limit:
            more["limit"] = str(step.limit)
        if step.choices:
            more["choices"] = dict(step.choices)
        return more

    def _value(self, step: Step, words: str) -> str:
        """What of an inquiry goes into a control; what was entered is noted under it."""
        if step.fills:
            return step.fills
        if step.action == "upload":
            why = _("put the file beside the profile; a run attaches files from that folder only")
            self._note(step.line, words, why)
            return self._keep(f"{FILES}{words}", step.value.rpartition("/")[2].rpartition("\\")[2])
        if step.by != "label" and step.action == "choose":
            self._note(step.line, words, _("chosen by the page's own code; write the words of the choice"))
        known = self._meant(words) if step.action == "fill" else ""
        if known and (known not in self.given or self.given[known] == step.value):
            return self._keep(known, step.value)
        return self._keep(self._question(words, step.value), step.value)

    def _meant(self, words: str) -> str:
        known = field_names() - {"topic", "sub_topic", "form", "attachments", "allow_invisible", "previous_case"}
        said = propose((words,), known)[0]
        if said is None and {"email2"} & meaning(normal(words)).keys():
            said = "contact.email"
        return said or ""

    def _question(self, words: str, value: str) -> str:
        """The question that a control asks; one of the same words that was answered otherwise is another."""
        name, number = f"{ANSWERS}{words}", 1
        while self.given.get(name, value) != value:
            number += 1
            name = f"{ANSWERS}{words} ({number})"
        return name

    def _keep(self, name: str, value: str) -> str:
        if value:
            self.given[name] = value
        return name

    def _profile(self, form_id: str) -> str:
        if not self.given:
            return ""
        data: dict[str, Value] = {"form": form_id}
        for name, value in self.given.items():
            *folders, key = trail_of(name)
            here = data
            for each in folders:
                here = here.setdefault("answers" if f"{each}." == FILES else each, {})  # type: ignore[assignment]
            here[key] = {"file": value} if name.startswith(FILES) else UNPRINTABLE.sub("", value)
        return yaml_text(data)

    def _note(self, line: int, what: str, why: str) -> None:
        self.left.append(left_out(self.name, line, what, why))


def _clean(words: str) -> str:
    """Words that may stand in a map as they are: one line, no expression."""
    kept = UNPRINTABLE.sub(" ", words.replace("{{", " ").replace("{%", " "))
    return " ".join(kept.split())[:_LONGEST].strip()
