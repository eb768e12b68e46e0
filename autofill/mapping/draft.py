"""A form map drafted from what a page shows: what would go where, how sure that is, and what nobody knows yet. Pure.

Nothing uncertain is filled in as if it were known: a control that no field clearly belongs to becomes a question, which
the profile answers in the form's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final
from urllib.parse import urljoin, urlsplit

from autofill.inquiry.fields import ANSWERS, FILES
from autofill.inquiry.geography import COUNTRIES
from autofill.language import _
from autofill.mapping.asking import bare, is_listed, question_of
from autofill.mapping.boxes import Made
from autofill.mapping.buttons import is_shown, leading_button, put_away_by
from autofill.mapping.composed import composed
from autofill.mapping.day_parts import is_a_day, part_of_a_day
from autofill.mapping.drafted import Draft, DraftedControl, DraftedPage
from autofill.mapping.options import places_in
from autofill.mapping.parts import parts_in
from autofill.mapping.phone_parts import country_of
from autofill.mapping.questions import Question
from autofill.mapping.recognise import Recognised
from autofill.mapping.signals import narrowest, text_meaning
from autofill.mapping.traps import INVISIBLE
from autofill.page.inventory import Inventory, PageControl
from autofill.sources.strict_yaml import Value

# Of so many letters a label still is one.
_LONGEST: Final = 200
# Options beyond these are only counted.
_SHOWN: Final = 12
# Letters of a state's code.
_CODE: Final = 3
# Kinds that an inquiry holds as a code.
_PLACES_BY_CODE: Final = frozenset({"state", "country"})
# What pages rewrite, and how: numbers to their own notation, addresses to small letters.
_REWRITTEN: Final = {"phone": "phone", "email": "case", "email2": "case"}
_LISTS: Final = frozenset({"combobox", "listbox"})
_TOGETHER: Final = frozenset({"radio", "checkbox"})
# What an accessible name comes from that people see, or hear, as the control's own.
_NAMED: Final = frozenset({"label", "aria-label", "aria-labelledby", "title", "alt"})
# Widgets that have their words in them; those on other widgets are what was chosen.
_SAYING: Final = frozenset({"radio", "checkbox", "switch"})
_PLACES: Final = ("label", "placeholder", "row_head", "left", "above", "before")


def draft(
    inventory: Inventory,
    recognised: Sequence[Recognised],
    title: str,
    url: str,
    *,
    hosts: Sequence[str] = (),
    step: bool = False,
) -> Draft:
    """The draft of the form on a page that takes most of an inquiry; `hosts` are those that the page needs besides.

    `step` says that the page is one with others behind it, whatever is on its button.

    Raises:
        LookupError: the page shows no form that takes any of it. The first of several may ask only what it is about.
    """
    own = _main_form(recognised)
    page = replace(_page(inventory, own), step=step)
    takes_any = any(each.field and not each.trap and is_shown(each.control) for each in own)
    if not takes_any and not (page.goes_on and page.controls):
        raise LookupError
    place = (own[0].control.frame, own[0].control.form)
    sends_to = _sends_to(inventory, own[0].control, url)
    return Draft(title, url, (page,), tuple(hosts), sends_to=sends_to, dismiss=put_away_by(inventory, place))


def _sends_to(inventory: Inventory, control: PageControl, url: str) -> str:
    """The origin that a control's form sends to, if it is another one than that of the page: perhaps its frame's."""
    action = inventory.forms[control.form].action if control.form >= 0 else ""
    home = inventory.frames[control.frame].url if control.frame else url
    parts, page = urlsplit(urljoin(home, action)), urlsplit(url)
    is_other = parts.scheme in {"http", "https"} and (parts.scheme, parts.netloc) != (page.scheme, page.netloc)
    return f"{parts.scheme}://{parts.netloc}" if is_other else ""


def further_page(
    inventory: Inventory, recognised: Sequence[Recognised], headings: Sequence[str], *, step: bool
) -> DraftedPage:
    """The draft of a page behind others, which may ask nothing of an inquiry at all, and have others behind it."""
    return replace(_page(inventory, _main_form(recognised)), headings=tuple(headings), step=step)


def _page(inventory: Inventory, own: Sequence[Recognised]) -> DraftedPage:
    left = tuple(f"{_quoted(each.control)}: {each.trap}" for each in own if each.trap)
    controls = drafted_controls(own, inventory)
    # A field that a choice may bring is unseen until then; so is many a trap.
    unseen = any(not is_shown(each.control) and (each.trap == INVISIBLE or _is_due(each)) for each in own)
    unfolds = unseen and any(each.question.options for each in controls)
    return DraftedPage(controls, leading_button(inventory, own), left, unfolds=unfolds)


def _is_due(each: Recognised) -> bool:
    return each.control.required and not each.trap


def drafted_controls(own: Sequence[Recognised], inventory: Inventory) -> tuple[DraftedControl, ...]:
    """What of it can be filled in, each as a map would say it."""
    usable = [each for each in own if not each.trap and is_shown(each.control)]
    made = {each.control.index: Made(value) for each in usable if (value := composed(each, own))}
    made |= parts_in([each for each in usable if each.control.usable], country_of(inventory))
    keyed = (list(group) for _key, group in groupby(usable, key=lambda each: _question_key(each.control)))
    groups = [group for many in keyed for group in _questions(many)]
    twins: dict[object, list[PageControl]] = {}
    keys = [_twin_key(group[0], _way(group, made.get(group[0].control.index))[1]) for group in groups]
    for group, key in zip(groups, keys, strict=True):
        twins.setdefault(key, []).append(group[0].control)
    return tuple(
        _drafted(group, inventory, twins[key], made.get(group[0].control.index))
        for group, key in zip(groups, keys, strict=True)
    )


def _main_form(recognised: Sequence[Recognised]) -> list[Recognised]:
    """The controls of the form that takes most of an inquiry, of those that show; those in no form are one, too."""
    forms: dict[tuple[int, int], list[Recognised]] = {}
    for each in recognised:
        forms.setdefault((each.control.frame, each.control.form), []).append(each)

    def taken(form: list[Recognised]) -> tuple[int, int, int]:
        takes = [each for each in form if each.field and not each.trap]
        return sum(is_shown(each.control) for each in takes), len(takes), len(form)

    return max(forms.values(), key=taken, default=[])


def _questions(group: list[Recognised]) -> list[list[Recognised]]:
    """What was held together, as the questions that it asks."""
    is_one = group[0].control.type in _TOGETHER or is_a_day([each.control for each in group])
    return [group] if is_one else [[each] for each in group]


def _question_key(control: PageControl) -> object:
    """What holds the buttons of one question together, or the parts of a day; everything else stands by itself."""
    if around := part_of_a_day(control):
        return control.frame, control.form, "day", around
    if control.type == "radio":
        return control.frame, control.form, control.type, control.html_name or control.legend
    # A box that has words of its own to send, but no name to send them by, is one of several.
    is_one_of_several = not control.html_name and control.preset != "on"
    words = control.legend or (control.before if is_one_of_several else "")
    if control.type == "checkbox" and words and (control.html_name or is_one_of_several):
        return control.frame, control.form, control.type, words, control.html_name
    return control.index


def _twin_key(first: Recognised, words: str) -> object:
    return first.control.frame, bare(words), first.control.type in _TOGETHER


def _way(group: Sequence[Recognised], made: Made | None) -> tuple[str, str, str]:
    """The way to find it by, what it is found by, and what people call it."""
    first = group[0].control
    if len(group) > 1 or first.type == "radio":
        words = first.legend or first.before.removesuffix(first.name).strip() or first.above or _own_words(first)[1]
        return "name", words, words
    if made and made.number > 1 and first.name_from not in {*_NAMED, "placeholder"}:
        return "css", _selector(first), f"{bare(made.words)} ({made.number})"
    if first.row_head and first.name_from in {"", "title"} and text_meaning(first.left):
        # What stands between the words of a row and its second control is that one's own.
        return (
            ("near", first.left, first.left) if first.left == first.row_head else ("css", _selector(first), first.left)
        )
    way, words = _own_words(first)
    if made and made.words and way == "near" and words != first.left:
        return "css", _selector(first), words  # the words stand over the next part, too
    return way, words, words


def _own_words(control: PageControl) -> tuple[str, str]:
    """The way to find a control by, and the words; the surest first."""
    if control.label_from == "beside" and control.name_from in {"", "title", "placeholder"}:
        return "near", control.label
    if control.name_from == "label" and " | " in control.label:
        return "label", narrowest(control.label)
    is_own = control.name_from in _NAMED or (control.name_from == "text" and control.role in _SAYING)
    if control.name and is_own and len(control.name) <= _LONGEST:
        return "name", control.name
    if control.placeholder:
        return "placeholder", control.placeholder
    for source in _PLACES:
        if (words := str(getattr(control, source))) and len(words) <= _LONGEST:
            return "label" if source == "label" else "near", words
    return "css", _selector(control)


def _selector(control: PageControl) -> str:
    return f"[id='{control.html_id}']" if control.html_id else f"[name='{control.html_name}']"


def _drafted(
    group: Sequence[Recognised], inventory: Inventory, twins: Sequence[PageControl], made: Made | None
) -> DraftedControl:
    first = group[0]
    control, (way, found_by, words) = first.control, _way(group, made)
    required = any(each.control.required for each in group)
    certain = (bool(made.value) if made else first.act) and len(twins) == 1
    apart = _apart(control, twins)
    plain = bare(words)
    asked = f"{apart['within']}: {plain}" if "within" in apart else plain
    asks = question_of(group, asked, required=required, heading=inventory.controls[0].heading)
    value = made.value if certain and made else _value(first, asked, certain=certain)
    entry: dict[str, Value] = {**({} if words == found_by else {"name": words}), way: found_by, "value": value}
    if control.type == "date" or asks.kind == "date":
        entry["kind"] = "date"
    if asks.kind == "yes/no":
        entry["kind"] = "yes-no"
    if not certain and is_listed(group, asks):
        entry["choices"] = [*asks.options]
    elif certain and made and made.choices:
        entry["choices"] = dict(made.choices)
    elif certain and (choices := _choices(first)):
        entry |= {"value": first.field, "choices": choices}
    if control.frame:
        frame = inventory.frames[control.frame]
        entry["frame"] = frame.name or frame.title or frame.url
    if certain and len(group) == 1 and first.kind in _REWRITTEN and (not made or made.number == 1):
        entry["rewrites"] = [_REWRITTEN[first.kind]]  # as most pages do that have a mask
    entry |= apart
    if required:
        entry["required"] = "yes"
    if control.maxlength > 0 and len(group) == 1 and control.tag in {"textarea", "input"}:
        entry["limit"] = str(control.maxlength)
    notes = tuple(_notes(group, asks, certain=certain, listed="choices" in entry))
    return DraftedControl(control, entry, first.kind, question=asks, notes=notes, certain=certain, required=required)


def _choices(first: Recognised) -> dict[str, Value]:
    """The form's words for each country by its code, where they are not English."""
    options = [option for option in first.control.options if option.value or option.text]
    english = sum(option.text in COUNTRIES.values() for option in options)
    if first.kind != "country" or english * 2 >= len(options):
        return {}
    codes = ((_country_of(option.text, option.value), option.text) for option in options)
    return {code: text for code, text in codes if code}


def _country_of(text: str, value: str) -> str:
    if value.upper() in COUNTRIES:
        return value.upper()
    found = places_in(text) & COUNTRIES.keys()
    return next(iter(found)) if len(found) == 1 else ""


def _apart(control: PageControl, twins: Sequence[PageControl]) -> dict[str, Value]:
    """What tells a control from others of its words: the group around it, or else its number."""
    if len(twins) == 1:
        return {}
    groups = [each.legend for each in twins]
    if all(groups) and len({*groups}) == len(groups):
        return {"within": control.legend}
    return {"nth": str(1 + [each.index for each in twins].index(control.index))}


def _value(first: Recognised, words: str, *, certain: bool) -> str:
    if first.control.type == "file":
        return f"{FILES}{words}" if words else "attachments"
    # A topic is one of ours, and the form's choices are its own.
    if not certain or first.kind == "topic":
        return f"{ANSWERS}{words}"
    if first.kind == "phone" and first.control.type == "number":
        return f"{{{{ {first.field} | digits }}}}"
    options = first.control.options
    names = [option.text for option in options if len(option.text) > _CODE]
    # A list that opens later is of names; codes are what people do not read.
    by_name = len(names) * 2 > len(options) or (first.control.role in _LISTS and not options)
    return f"{{{{ {first.field} | {first.kind}_name }}}}" if by_name and first.kind in _PLACES_BY_CODE else first.field


def _notes(group: Sequence[Recognised], asks: Question, *, certain: bool, listed: bool) -> Iterator[str]:
    first = group[0]
    if first.field and not certain:
        words = _("may be {field} ({confidence}): {reasons}")
        yield words.format(field=first.field, confidence=first.confidence, reasons=", ".join(first.reasons) or "-")
    elif certain:
        yield f"{first.confidence}: {', '.join(first.reasons)}"
    elif first.control.type == "file":
        yield _("a file; in the profile, write `for:` and these words below the attachment")
    else:
        yield _("a question of this form only; answer it in the profile under `answers`, with these words")
    if asks.options and not listed:
        more = f" | ... ({len(asks.options)})" if len(asks.options) > _SHOWN else ""
        yield _("offers") + f": {' | '.join(asks.options[:_SHOWN])}{more}"
    if first.control.pattern:
        yield _("takes only what fits") + f": {first.control.pattern}"


def _quoted(control: PageControl) -> str:
    return f"“{control.words or control.html_name or control.html_id}”"
