"""Forms of contact-congress (YAML): what members of the United States Congress ask of those who write to them.

Format: documentation/schema.md of github.com/unitedstates/contact-congress; its variables are support/variables.yaml.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from autofill.errors import InvalidFile, Problem
from autofill.forms.element import slug
from autofill.inquiry.geography import US_STATES
from autofill.interchange.flow import Flow, Step, Target, left_out
from autofill.interchange.selectors import from_css, words_in
from autofill.language import _, gettext_noop
from autofill.sources.source import Source, parse_source
from autofill.sources.strict_yaml import Trail

_ZIP: Final = "contact.address.postal_code"
# What of an inquiry goes in for each of the format's variables; what no inquiry has is a question.
_VARIABLES: Final[Mapping[str, str]] = {
    "NAME_FIRST": "contact.first_name", "NAME_LAST": "contact.last_name", "NAME_FULL": "contact.name",
    "ADDRESS_STREET": "contact.address.street", "ADDRESS_STREET_2": "contact.address.unit",
    "ADDRESS_CITY": "contact.address.city", "ADDRESS_STATE_POSTAL_ABBREV": "contact.address.state",
    "ADDRESS_STATE": "contact.address.state", "ADDRESS_STATE_FULL": "{{ contact.address.state | state_name }}",
    "ADDRESS_ZIP5": f"{{{{ {_ZIP} | slice(0, 5) }}}}", "ADDRESS_ZIP4": f"{{{{ {_ZIP} | slice(6) }}}}",
    "ADDRESS_ZIP_PLUS_4": _ZIP, "PHONE": "contact.phone", "PHONE_PARENTHESES": "{{ contact.phone | phone }}",
    "EMAIL": "contact.email", "TOPIC": "topic", "SUBJECT": "subject", "MESSAGE": "message",
    "NAME_PREFIX": "answers.Prefix", "ADDRESS_COUNTY": "answers.County", "CAMPAIGN_UUID": "answers.Campaign",
}  # fmt: skip
_VARIABLE: Final = re.compile(r"\$([A-Z][A-Z0-9_]+)\b")
_WAITING: Final = gettext_noop("waiting: a run waits by what the page shows")
_CAPTCHA: Final = gettext_noop("a CAPTCHA: a person solves it at the form")
_WITHOUT: Final = {
    "find": _WAITING, "wait": _WAITING, "recaptcha": _CAPTCHA,
    "javascript": gettext_noop("code for the page: never run"),
}  # fmt: skip
_ENTERS: Final = frozenset({"fill_in", "select", "check", "uncheck", "choose"})
# Buttons and radios by their selectors, code that presses or sends, and names that a site's own program made up.
_BUTTON: Final = re.compile(r"(?:\b|_)(?:button|btn|submit|next|continue)", re.IGNORECASE)
_BY_NAME: Final = re.compile(r"\[name=[^\]]+\]$")
_SENDS: Final = re.compile(r"\.(?:submit|click)\(\)")
_MADE_UP: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)


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
    host = next((urlsplit(each.value).hostname for each in made if each.action == "open"), None)
    member = source.text(("bioguide",)) or ""
    return Flow(" ".join(filter(None, (member, host))), tuple(made), tuple(reading.left))


class _Reading:
    """One member's form while it is read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.left: list[Problem] = []
        self.pressed = ""  # what was pressed last, with nothing entered since
        self.has_entered = False

    def steps(self, trail: Trail, step: Any) -> Iterator[Step]:
        """What one step of the file is; each of its items is one."""
        for kind, items in step.items() if isinstance(step, dict) else ():
            here = (*trail, kind)
            if kind == "visit" and isinstance(items, str):
                yield Step("open", self._line(here), values=(items,))
            elif kind in _WITHOUT:
                self._leave(here, kind, _(_WITHOUT[kind]))
                if self.has_entered and _SENDS.search(str(items)):  # it stands for a button
                    self.has_entered = False
                    yield Step("press", self._line(here), leads_on=True)
            elif kind not in _ENTERS | {"click_on"} or not isinstance(items, list):
                self._leave(here, kind, _("not a step that is known here"))
            else:
                for number, item in enumerate(items):
                    yield from self._item((*here, number), kind, item)

    def proof(self) -> list[Step]:
        """The words of success, if the file has any."""
        trail = ("contact_form", "success", "body", "contains")
        words = self.source.text(trail)
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

    def _item(self, trail: Trail, kind: str, item: Any) -> Iterator[Step]:
        selector = item.get("selector") if isinstance(item, dict) else None
        target = from_css(selector) if isinstance(selector, str) else Target()
        if not target.css:
            self._leave(trail, kind, _("found by none of the ways that a form map has"))
            return
        value = item.get("value", "")
        value = value if isinstance(value, str) else ""
        if kind == "click_on":
            yield from self._press(trail, target, "" if value.startswith("$") else value)
        elif "CAPTCHA_SOLUTION" in value:
            self._leave(trail, kind, _(_CAPTCHA))
        elif kind == "fill_in" and not value:
            self._leave(
                trail, self.source.text((*trail, "name")) or kind, _("left empty in the file, so it is not in the map")
            )
        else:
            self.pressed, self.has_entered = "", True
            yield self._enter(trail, target, kind, item)

    def _press(self, trail: Trail, target: Target, words: str) -> Iterator[Step]:
        if target.css == self.pressed:
            self._leave(trail, "click_on", _("the same button again: a run presses it once"))
            return
        # Without words it is a button if what was entered so far has to go somewhere.
        leads_on = bool(words) or (self.has_entered and bool(_BUTTON.search(target.css)))
        self.pressed, self.has_entered = target.css, False
        yield Step("press", self._line(trail), Target(words, "button", css=target.css), leads_on=leads_on)

    def _enter(self, trail: Trail, target: Target, kind: str, item: Any) -> Step:
        value = item.get("value")
        if kind in {"check", "uncheck"} or (kind == "choose" and not _VARIABLE.search(value or "")):
            return self._step(trail, _one_of(target, value), "set", fills="no" if kind == "uncheck" else "yes")
        return self._entered(trail, target, kind, item)

    def _entered(self, trail: Trail, target: Target, kind: str, item: Any) -> Step:
        options, value = item.get("options"), item.get("value")
        has_codes = isinstance(options, str) and options.startswith("US_STATES")
        value = _shown(value if isinstance(value, str) else "", US_STATES if has_codes else options)
        fills = _fills(value, is_named=has_codes)
        if kind == "fill_in":
            return self._step(trail, target, "fill", fills=fills)
        if has_codes:
            why = _("the file has only state codes, the map has state names: check what the list shows")
            self._leave(trail, self.source.text((*trail, "name")) or kind, why)
        return self._step(trail, target, "choose", fills=fills, choices=_choices(options, fills))

    def _step(self, trail: Trail, target: Target, action: Any, *, fills: str, choices: Mapping[str, str] = {}) -> Step:
        known_as = self.source.text((*trail, "name")) or words_in(target.css)
        variable = _VARIABLE.search(self.source.text((*trail, "value")) or "")
        if variable and _MADE_UP.search(known_as):
            known_as = variable[1].replace("_", " ").capitalize()
        longest = (self.source.text((*trail, *key, "max_length")) for key in ((), ("options",)))
        most = next(filter(None, longest), "")
        return Step(
            action,
            self._line(trail),
            target,
            fills=fills,
            known_as=" ".join(re.sub(r"[\W_]+", " ", known_as).split()),
            required=self.source.text((*trail, "required")) in {"true", "Yes", "yes"},
            limit=int(most) if most.isdecimal() and action == "fill" and int(most) > 0 else 0,
            choices=choices,
        )

    def _line(self, trail: Trail) -> int:
        return self.source.problem(trail, "").line

    def _leave(self, trail: Trail, what: str, why: str) -> None:
        self.left.append(left_out(self.source.name, self._line(trail), what[:40], why))


def _fills(value: str, *, is_named: bool) -> str:
    """What a map has as the value: a field, an expression, or a fixed text."""
    if is_named and value in {"$ADDRESS_STATE_POSTAL_ABBREV", "$ADDRESS_STATE"}:
        return _VARIABLES["ADDRESS_STATE_FULL"]
    if found := _VARIABLE.fullmatch(value):
        return _VARIABLES.get(found[1], f"answers.{found[1].replace('_', ' ').capitalize()}")
    plain = re.sub(r"[{}%\\'\"]+", " ", value)
    if not _VARIABLE.search(plain):
        return f"{{{{ '{plain.strip()}' }}}}"
    return _VARIABLE.sub(lambda found: _inside(found[1]), plain)


def _shown(value: str, options: object) -> str:
    """A fixed choice in the words that people see; files may have the value that the page sends instead."""
    if options is US_STATES:
        return US_STATES.get(value, value)
    words = (str(word).strip() for word, sent in options.items() if sent == value) if isinstance(options, dict) else ()
    return next(iter(words), value)


def _one_of(target: Target, value: Any) -> Target:
    """The one box of several of the same name that has the value."""
    if isinstance(value, str) and value and _BY_NAME.search(target.css):
        return from_css(f"{target.css}[value={json.dumps(value, ensure_ascii=False)}]")
    return target


def _inside(variable: str) -> str:
    value = _VARIABLES.get(variable, f"answers.{variable}")
    return value if "{{" in value else f"{{{{ {value} }}}}"


def _choices(options: Any, fills: str) -> dict[str, str]:
    """What a list offers: for a state its words by its code, for all else by a short name of the words."""
    if isinstance(options, list):
        options = {each: each for each in options if isinstance(each, str)}
    if not isinstance(options, dict) or "{{" in fills:
        return {}
    by_code = fills == "contact.address.state"
    pairs = ((str(value).strip() if by_code else slug(words) or words, words) for words, value in options.items())
    return {key: " ".join(words.split())[:200] for key, words in pairs if words.strip()}
