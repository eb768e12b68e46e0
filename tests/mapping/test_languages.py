"""Contact forms in some forty languages: what their labels ask for, what may be filled unasked, and what never is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, get_type_hints

import pytest
import yaml

from autofill.forms.outcome import usual_thanks
from autofill.mapping.drafted import says
from autofill.mapping.gate import of_another
from autofill.mapping.match import match
from autofill.mapping.questions import Given, Question
from autofill.mapping.recognise import FIELDS, Recognised, recognise
from autofill.mapping.traps import NEWSLETTER
from autofill.page.inventory import Inventory, PageControl
from autofill.page.snapshot import Area


def table(name: str) -> Mapping[str, Mapping[str, Any]]:
    return dict(yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8")))


TABLE: Final = table("languages.yaml")
PAGES: Final = table("page_words.yaml")
ADDRESS: Final = ("street", "postal_code", "city", "state", "country")
WHOLE: Final = ("full_name", "email", "email2", "phone", "company", *ADDRESS, "subject", "message")
PARTS: Final = ("first_name", "last_name", "email", "message")
# What stands beside a control that must not be filled: nothing that asks for the same.
BESIDE: Final = {"friend": ("full_name", "message"), "spouse": ("email", "message")}
TYPES: Final = {"email": "email", "email2": "email", "friend": "email", "password": "password"}


def wordings(language: str, key: str) -> list[str]:
    asked = {**TABLE[language], **TABLE[language]["not"]}
    return [each.strip() for each in asked.get(key, "").split(" | ") if each]


@cache
def blank() -> PageControl:
    """A box for a line of text of which nobody says anything."""
    hints = get_type_hints(PageControl)
    plain: dict[Any, Any] = {int: 0, bool: False, str: "", Area: (20.0, 20.0, 500.0, 30.0)}
    return PageControl(**{each.name: plain.get(hints[each.name], ()) for each in fields(PageControl)})


def control(index: int, key: str, label: str, **more: Any) -> PageControl:
    """A control of which nothing says what it takes but its label, and the type of an e-mail address."""
    kind = {"tag": "textarea", "box": (20.0, 20.0, 500.0, 200.0)} if key == "message" else {"tag": "input"}
    typed = {"role": "textbox", "type": TYPES.get(key, "text" if key != "message" else "")}
    named = {"name": label, "name_from": "label", "label": label, "label_from": "for", "html_name": f"f{index}"}
    return replace(blank(), **{"index": index, "place": index, "form": -1, **kind, **typed, **named, **more})


def read(*asked: tuple[str, str], **more: Any) -> tuple[Recognised, ...]:
    """What is recognised of a form that asks for some things, each in some words."""
    return recognise(Inventory(tuple(control(at, key, label, **more) for at, (key, label) in enumerate(asked))))


def forms(language: str, keys: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Forms that ask for all of these, until each wording has stood in one."""
    words = {key: found for key in keys if (found := wordings(language, key))}
    number = max(map(len, words.values()))
    return [[(key, found[at % len(found)]) for key, found in words.items()] for at in range(number)]


@pytest.mark.parametrize("language", TABLE)
def test_every_label_of_a_contact_form_is_read_and_may_be_filled(language: str) -> None:
    wrong = [
        f"{label}: {key} read as {each.kind}{'' if each.act else ', asked'}"
        for keys in (WHOLE, *([PARTS] if wordings(language, "first_name") else []))
        for form in forms(language, keys)
        for (key, label), each in zip(form, read(*form), strict=True)
        if each.field != FIELDS[key] or not each.act
    ]

    assert sorted({*wrong}) == []


@pytest.mark.parametrize("language", TABLE)
def test_what_is_no_field_or_somebody_elses_is_never_filled_unasked(language: str) -> None:
    filled = [
        f"{label}: {key} taken for {each.kind}"
        for key in TABLE[language]["not"]
        for label in wordings(language, key)
        for each in read(*((k, wordings(language, k)[0]) for k in BESIDE.get(key, ("full_name", "email", "message"))),
                         (key, label))[-1:]
        if each.act or (key == "search" and not each.trap)
    ]  # fmt: skip

    assert filled == []


@pytest.mark.parametrize("language", TABLE)
def test_a_newsletter_is_left_alone(language: str) -> None:
    email = wordings(language, "email")[0]

    assert [read(("email", email), before=words)[0].trap for words in wordings(language, "newsletter")] == [
        NEWSLETTER for _each in wordings(language, "newsletter")
    ]


SWAHILI: Final = (
    ("full_name", "Jina lako", {"autocomplete": "name", "html_name": "name"}),
    ("email", "Barua pepe", {"autocomplete": "email"}),
    ("phone", "Simu", {"autocomplete": "tel", "type": "tel"}),
    ("message", "Ujumbe", {"html_name": "message"}),
)


def acted(*asked: tuple[str, str, Mapping[str, str]]) -> list[str]:
    controls = (control(at, key, label, **more) for at, (key, label, more) in enumerate(asked))
    return [each.field for each in recognise(Inventory(tuple(controls))) if each.act]


def test_in_a_language_that_nobody_reads_the_page_has_to_say_it_twice() -> None:
    assert acted(*SWAHILI) == ["contact.name", "contact.email", "contact.phone", "message"]
    once = [(key, label, {name: value for name, value in more.items() if name == "autocomplete"})
            for key, label, more in SWAHILI]  # fmt: skip
    assert acted(*once) == ["contact.email"]  # its type says it, too


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("email", "Barua pepe ya rafiki", {"autocomplete": "email"}), "another one, perhaps a friend's"),
        (("email", "Friend", {"autocomplete": "email"}), "a word for somebody else"),
    ],
)
def test_in_doubt_an_unread_label_is_asked(more: tuple[str, str, Mapping[str, str]], why: str) -> None:
    name, email, phone, message = SWAHILI
    beside = () if more[1] == "Friend" else (email,)

    assert "contact.email" not in acted(name, *beside, more, phone, message), why


def test_among_labels_that_are_read_one_that_is_not_is_asked() -> None:
    asked: list[tuple[str, str, Mapping[str, str]]] = [
        ("full_name", "Name", {}),
        ("message", "Message", {}),
        ("phone", "Phone", {}),
    ]

    assert "contact.email" not in acted(*asked, ("email", "Godfather", {"autocomplete": "email"}))


@pytest.mark.parametrize("language", PAGES)
def test_buttons_and_thanks_are_read(language: str) -> None:
    said = {key: words.split(" | ") for key, words in PAGES[language].items()}
    thanks = re.compile(str(usual_thanks().proof.pattern), re.IGNORECASE)

    assert [each for each in said["send"] if says("onward", each) or says("aside", each)] == []
    assert [each for each in said["onward"] if not says("onward", each) or says("aside", each)] == []
    assert [each for each in said["aside"] if not says("aside", each) or says("onward", each)] == []
    assert [each for each in said["thanks"] if not thanks.search(each)] == []
    assert [each for each in said["failed"] if thanks.search(each)] == []


def test_headings_are_of_somebody_else_only_where_they_say_so() -> None:
    own = ["Vennligst fyll ut skjemaet", "Kontakt Bern", "Другая информация", "Друга информация", "Make an enquiry",
           "Mottagning", "Jakarta Barat", "Copilot", "Dites-nous tout", "Zákaznický servis",
           "Vaikuttaminen", "Liên hệ với chúng tôi", "פרטי החברה", "Barnes & Noble", "שאלה נוספת"]  # fmt: skip
    another = ["Dane odbiorcy", "Údaje příjemce", "Barnets navn", "Данные получателя", "Mottagarens uppgifter",
               "Alıcı bilgileri", "Στοιχεία παραλήπτη", "Dados do destinatário", "收件人信息", "受取人情報",
               "Saaja andmed", "بيانات المستلم", "مشخصات گیرنده", "प्राप्तकर्ता का विवरण"]  # fmt: skip

    assert [each for each in own if of_another(each)] == []
    assert [each for each in another if not of_another(each)] == []


@pytest.mark.parametrize("language", TABLE)
def test_the_number_of_an_order_answers_the_question_for_it_and_no_other(language: str) -> None:
    order, tracking = Given("Order number", "A-77"), Given("Tracking number", "9400 1118")
    numbers = [Question(words, "text") for key in ("order", "tracking") for words in wordings(language, key)]

    given = {each.question.words: each.value for each in match(numbers[:1], [order, tracking]).questions}
    assert given == {numbers[0].words: "A-77"}
    for wrong, key in ((order, "tracking"), (tracking, "order")):
        asked = [Question(words, "text", required=True) for words in wordings(language, key)]
        assert [each.question.words for one in asked for each in match([one], [wrong]).questions if each.value] == []
