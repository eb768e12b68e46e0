"""Forms of contact-congress (YAML): what members of the United States Congress ask of those who write to them.

Format: documentation/schema.md of github.com/unitedstates/contact-congress; its variables are support/variables.yaml.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from autofill.errors import InvalidFile, Problem
from autofill.inquiry.geography import US_STATES
from autofill.interchange.contact_congress_values import (
    STATE_NAME,
    VARIABLE,
    choices,
    fills,
    fills_list,
    is_state_code,
    offered,
    shown,
)
from autofill.interchange.flow import Action, Flow, Step, Target, host_of, left_out
from autofill.interchange.selectors import from_css, words_in
from autofill.language import _, gettext_noop
from autofill.sources.source import Source, parse_source
from autofill.sources.strict_yaml import Trail

_WAITING: Final = gettext_noop("waiting: a run waits by what the page shows")
_CAPTCHA: Final = gettext_noop("a CAPTCHA: a person solves it at the form")
_WITHOUT: Final = {
    "find": _WAITING, "wait": _WAITING, "recaptcha": _CAPTCHA,
    "javascript": gettext_noop("code for the page: never run"),
}  # fmt: skip
_ENTERS: Final = frozenset({"fill_in", "select", "check", "uncheck", "choose"})
_ACTS: Final = _ENTERS | {"click_on"}
# What a step and a form say; anything else is listed. `maxlength` is what HTML calls it, and some files, too.
_SETTINGS: Final = frozenset({"name", "selector", "value", "required", "options", "max_length", "maxlength"})
_FORM: Final = frozenset({"method", "action", "steps", "success", "retry"})
# Buttons and lists by their selectors, code that presses or sends, ids without their sign.
_BUTTON: Final = re.compile(r"(?:\b|_)(?:button|btn|submit|next|continue)", re.IGNORECASE)
_SENDS_BY_WORDS: Final = re.compile(r"\b(?:submit|send)\b", re.IGNORECASE)
_LIST: Final = re.compile(r"(?:.*[ >+~])?select\b[^ >+~]*")
_BY_NAME: Final = re.compile(r"\[name=[^\]]+\]$")
_SENDS: Final = re.compile(r"\.(?:submit|click)\(\)")
_BARE_ID: Final = re.compile(r"(?=.*[-_])[A-Za-z][\w-]*")
_MARKUP: Final = re.compile(r"<[^<>]+>")
# Names that a site's own program made up: words for any field, numbers, and parts of generated ids.
_MADE_UP: Final = re.compile(
    r"(?:\d|[\W_]|input|form|fields?|gen|fieldid|(?<![^\W_])[0-9a-f]{4,}(?![^\W_]))*", re.IGNORECASE
)
_PROGRAM: Final = re.compile(r"\bctl\d+\$|\bctl\d+_(?=.*\D)")


def read(text: str, name: str) -> Flow:
    """Read a member's form."""
    source = parse_source(text.encode(), name)
    form = source.data.get("contact_form")
    steps = form.get("steps") if isinstance(form, dict) else None
    if not isinstance(steps, list):
        words = _("is no contact form of contact-congress: `contact_form` is missing")
        raise InvalidFile([Problem(name, 1, 1, field="contact_form", message=words)])
    reading = _Reading(source)
    made = [step for n in range(len(steps)) for step in reading.steps(("contact_form", "steps", n), steps[n])]
    made += reading.proof()
    reading.rest()
    host = next((host_of(each.value) for each in made if each.action == "open"), None)
    member = source.text(("bioguide",)) or ""
    return Flow(" ".join(filter(None, (member, host))), tuple(made), tuple(reading.left))


class _Reading:
    """One member's form while it is read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.left: list[Problem] = []
        self.pressed = ""  # what was pressed last, with nothing entered since
        self.has_entered = self.has_begun = False

    def steps(self, trail: Trail, step: Any) -> Iterator[Step]:
        """What one step of the file is; each of its items is one."""
        for kind in self._keys(trail) or [str(step)]:
            yield from self._step_of(trail, kind, step.get(kind) if isinstance(step, dict) else None)

    def _step_of(self, trail: Trail, kind: str, items: Any) -> Iterator[Step]:
        here = (*trail, kind)
        if kind == "visit" and isinstance(items, str):
            yield Step("open", self._line(here), values=(items,))
        elif kind in _WITHOUT:
            self._leave(here, kind, _(_WITHOUT[kind]))
            if self.has_entered and _SENDS.search(str(items)):  # it stands for a button
                self.has_entered = False
                yield Step("press", self._line(here), leads_on=True)
        elif kind not in _ACTS or not isinstance(items, list | dict):
            self._leave(here, kind, _("not a step that is known here"))
        elif isinstance(items, dict):  # one thing, without a list around it
            yield from self._item(here, kind, items)
        else:
            for number, item in enumerate(items):
                is_last = kind != "click_on" or number == len(items) - 1
                yield from self._item((*here, number), kind, item, is_last=is_last)

    def proof(self) -> list[Step]:
        """The words of success, if the file has any, as people read them: files have them as the page's source does."""
        trail = ("contact_form", "success", "body", "contains")
        words = html.unescape(_MARKUP.sub(" ", self.source.text(trail) or "")).strip()
        if not words:
            self._leave(
                trail[:2],
                "success",
                _("no words of success in the file: a run looks for thanks as pages usually say them"),
            )
        return [Step("expect", self._line(trail), values=(words,))] if words else []

    def rest(self) -> None:
        """List what else the file says, and no map has."""
        trail = ("contact_form", "retry")
        if trail in self.source.positions:
            self._leave(trail, "retry", _("retrying: a run tells you what was refused; correct it, then run again"))
        for key in self._keys(("contact_form",)):
            if key not in _FORM:
                self._leave(("contact_form", key), key, _("not a step that is known here"))

    def _item(self, trail: Trail, kind: str, item: Any, *, is_last: bool = True) -> Iterator[Step]:
        kind = next((key for key in self._keys(trail) if key in _ACTS), kind)  # a step that slipped into another
        selector, value = (self.source.text((*trail, key)) or "" for key in ("selector", "value"))
        target = self._target(trail, selector)
        if "CAPTCHA_SOLUTION" in value:
            self._leave(trail, kind, _(_CAPTCHA))
        elif not target.css:
            self._leave(trail, kind, _("found by none of the ways that a form map has"))
        elif kind == "click_on":
            yield from self._press(trail, target, "" if value.startswith("$") else value, is_last=is_last)
        elif kind in {"fill_in", "select"} and not value:
            self._leave(
                trail, self.source.text((*trail, "name")) or kind, _("left empty in the file, so it is not in the map")
            )
        else:
            self.pressed, self.has_entered, self.has_begun = "", True, True
            self._list_settings(trail, _SETTINGS)
            yield self._enter(trail, target, kind, item)

    def _target(self, trail: Trail, selector: str) -> Target:
        if not _BARE_ID.fullmatch(selector.strip()):
            return from_css(selector)
        self._leave(trail, selector, _("an id without its “#”: the map has it with one, check it"))
        return from_css(f"#{selector.strip()}")

    def _press(self, trail: Trail, target: Target, words: str, *, is_last: bool) -> Iterator[Step]:
        if target.css == self.pressed:
            self._leave(trail, "click_on", _("the same button again: a run presses it once"))
            return
        if not self.has_begun and _SENDS_BY_WORDS.search(words):
            why = _("pressed before anything is filled in: it would send an empty form, so it is not in the map")
            self._leave(trail, words, why)
            return
        # Without words it is a button if what was entered so far has to go somewhere; before another click it is none.
        words = words if is_last else ""
        leads_on = bool(words) or (is_last and self.has_entered and bool(_BUTTON.search(target.css)))
        self.pressed = target.css if is_last else self.pressed
        self.has_entered = self.has_entered and not leads_on
        yield Step("press", self._line(trail), Target(words, "button", css=target.css), leads_on=leads_on)

    def _enter(self, trail: Trail, target: Target, kind: str, item: Any) -> Step:
        value = item.get("value")
        value = value if isinstance(value, str) else ""
        if kind in {"check", "uncheck"} or (kind == "choose" and not VARIABLE.search(value)):
            return self._step(trail, _one_of(target, value), "set", entered="no" if kind == "uncheck" else "yes")
        if kind == "fill_in" and not _LIST.fullmatch(target.css):
            self._list_settings((*trail, "options"), {"max_length"})
            return self._step(trail, target, "fill", entered=fills(value))
        return self._chosen(trail, target, value, item.get("options"))

    def _chosen(self, trail: Trail, target: Target, value: str, options: Any) -> Step:
        if isinstance(options, dict):
            options = {key: key for key in self._keys((*trail, "options"))} | options
        offers = offered(options)
        name = self.source.text((*trail, "name")) or "select"
        is_state = is_state_code(value) or (value in US_STATES and "state" in name.casefold())
        if offers or not (is_state or _has_codes(options)):
            words = shown(value, offers)
            if offers and words not in offers and not VARIABLE.search(words):
                self._leave(trail, name, _("none of the choices that the file has for it: check what the list shows"))
            text = fills_list(words, offers)
            return self._step(trail, target, "choose", entered=text, offers=choices(offers, text))
        why = _("the file has only state codes, the map has state names: check what the list shows")
        self._leave(trail, name, why)
        text = STATE_NAME if is_state_code(value) else fills(US_STATES.get(value, value))
        return self._step(trail, target, "choose", entered=text)

    def _step(
        self, trail: Trail, target: Target, action: Action, *, entered: str, offers: Mapping[str, str] = {}
    ) -> Step:
        longest = (
            self.source.text((*trail, *key)) for key in (("max_length",), ("maxlength",), ("options", "max_length"))
        )
        most = next(filter(None, longest), "")
        return Step(
            action,
            self._line(trail),
            target,
            fills=entered,
            known_as=self._known_as(trail, target),
            required=(self.source.text((*trail, "required")) or "").casefold() in {"true", "yes"},
            limit=int(most) if most.isdecimal() and action == "fill" and int(most) > 0 else 0,
            choices=offers,
        )

    def _known_as(self, trail: Trail, target: Target) -> str:
        name = _PROGRAM.sub("", self.source.text((*trail, "name")) or words_in(target.css))
        variable = VARIABLE.search(self.source.text((*trail, "value")) or "")
        if variable and _MADE_UP.fullmatch(name):
            name = variable[1].replace("_", " ").capitalize()
        return " ".join(re.sub(r"[\W_]+", " ", name).split())

    def _list_settings(self, trail: Trail, known: frozenset[str] | set[str]) -> None:
        """List the settings that no map has."""
        for key in self._keys(trail):
            if key not in known:
                self._leave((*trail, key), key, _("a setting that a form map does not have"))

    def _keys(self, trail: Trail) -> list[str]:
        """The keys at a place in the file, those without a value, too."""
        found = (each[-1] for each in self.source.positions if each[:-1] == trail)
        return [key for key in found if isinstance(key, str)]

    def _line(self, trail: Trail) -> int:
        return self.source.problem(trail, "").line

    def _leave(self, trail: Trail, what: str, why: str) -> None:
        self.left.append(left_out(self.source.name, self._line(trail), what[:40], why))


def _one_of(target: Target, value: str) -> Target:
    """The one box of several of the same name that has the value."""
    if value and _BY_NAME.search(target.css):
        return from_css(f"{target.css}[value={json.dumps(value, ensure_ascii=False)}]")
    return target


def _has_codes(options: Any) -> bool:
    return isinstance(options, str) and options.startswith("US_STATES")
