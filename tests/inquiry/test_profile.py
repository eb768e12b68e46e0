"""Whole profiles: the examples, five mistakes at once, values by name, what importing costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from autofill.errors import FileMissing, InvalidFile
from autofill.forms.catalog import load_profile, prepare_profile
from autofill.inquiry.fields import text_of
from autofill.inquiry.profile import Loaded
from tests.inquiry.conftest import COMPLETE

EXAMPLES = sorted((Path(__file__).parents[2] / "profiles").glob("*.yaml"))
RETYPE = "compare it with the receipt, digit by digit"
SUB_TOPICS = {
    "missing-package": {"not-received", "says-delivered", "stuck-in-transit", "missing-contents", "damaged"},
    "track-package": {"no-updates", "wrong-status", "cannot-find-number"},
    "mail-delivery": {"not-delivered", "late", "misdelivered", "hold-or-forward"},
    "claim": {"lost-insured", "damaged-insured", "claim-status"},
    "refund": {"postage", "late-express", "online-label"},
    "feedback": {"compliment", "complaint-employee", "complaint-post-office", "suggestion"},
    "general-question": {"rates", "international", "hours", "services"},
    "technical-support": {"website", "account", "click-n-ship", "informed-delivery"},
    "follow-up": {"no-answer", "not-solved", "new-information"},
}

ADVICE = {
    "05-refund": ["[refund-late]"],
    "09-missing-package-korea": ["[sender-abroad]"],
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    """Each example is valid, complete, and named for its schema; a few get the advice a friendly expert would give."""
    loaded, form = load_profile(path, today=date(2026, 11, 22))
    inquiry = loaded.inquiry
    assert [str(each).rpartition(" ")[2] for each in loaded.warnings] == ADVICE.get(path.stem, [])
    if form.form_map.id == "usps-email-us":
        assert inquiry.sub_topic in SUB_TOPICS[inquiry.topic or ""]
        assert loaded.fields["contact.address"]
        assert loaded.fields["certify_true"] == "yes"
    assert inquiry.subject
    assert text_of(loaded.fields, "contact.email").endswith("@example.com")
    first, second, *_ = path.read_text().splitlines()
    assert first == "# yaml-language-server: $schema=../autofill/organisations/usps/inquiry.schema.json"
    assert second.startswith("# ")


def test_examples_cover_all() -> None:
    """Every topic, and senders in four countries; the newcomer's comes first."""
    every = [load_profile(path)[0].fields for path in EXAMPLES]
    assert {fields["topic"] for fields in every} == set(SUB_TOPICS)
    countries = {fields.get("contact.address.country", "US") for fields in every}
    assert countries == {"US", "KR", "DE", "ID"}
    assert EXAMPLES[0].name == "01-missing-package.yaml"


def test_five_mistakes(complaints: Callable[..., list[str]]) -> None:
    """Five mistakes are five lines, in the order of the file."""
    topics = ", ".join(SUB_TOPICS)
    assert complaints(
        ("missing-package", "mising-package"),
        ("last_name", "surname"),
        ("ada@example.com", "ada at example.com"),
        ("0787", "0788"),
        ("2026-10-05", "2026-12-05"),
    ) == [
        f"1:1: topic: is not one of the choices; did you mean missing-package? all choices: {topics}",
        "4:3: contact.surname: unknown key; did you mean `last_name`?",
        "5:3: contact.email: is not an e-mail address; write it like name@example.com",
        f"13:3: item.tracking_number: the check digit (the last) is wrong; {RETYPE}",
        "14:3: item.mailing_date: is in the future",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("subject:", "subjekt:"), "unknown key; did you mean `subject`?"),
        (("subject:", "url:"), "a profile has no address to send to; choose a form map"),
        (("A box of books did not arrive.", "'  '"), "16:1: message: is only white space"),
        (("ada@example.com", '"ada@example.com\\nBcc: x@example.com"'), "5:3: contact.email: must be a single line"),
        (("A lost package", "|\n  two\n  lines"), "15:1: subject: must be a single line"),
        (("subject: A lost package", "attachments: [ok.jpg, ../x]"), "15:23: attachments.1: must be a path below"),
        (("subject: A lost package", "attachments: x.jpg"), "15:1: attachments: must be a list"),
    ],
)
def test_single_mistakes(complaints: Callable[..., list[str]], change: tuple[str, str], expected: str) -> None:
    """Cases 24, 44, 51, 54, 56 and 78, each at its place."""
    (line,) = complaints(change)
    assert expected in line


def test_f_what_a_hash_cuts_off_is_told_with_its_line(load: Callable[..., Loaded]) -> None:
    """F: `street: 77 Quarry Lane #9`, and a key followed by nothing but a comment."""
    loaded = load(("1 Main Street", "77 Quarry Lane #9"), ("  last_name", "  company:  # none\n  last_name"))

    said = [str(problem).partition("p.yaml:")[2] for problem in loaded.warnings]

    assert loaded.fields["contact.address.street"] == "77 Quarry Lane"
    assert "9:5: warning: contact.address.street: everything after ` #` is a comment" in said[1]
    assert "4:3: warning: contact.company: is empty: everything after `#` is a comment" in said[0]


def test_curly_quotes_around_a_value_are_told_and_those_inside_a_text_are_not(load: Callable[..., Loaded]) -> None:
    loaded = load(("A lost package", "“A lost package”"), ("A box of books", "A box labelled “books”"))

    (warning,) = (str(each).partition("p.yaml:")[2] for each in loaded.warnings)

    assert "15:1: warning: subject: curly quotes (“ ”) become part of the text" in warning


@pytest.mark.parametrize("also", [(), (("415-555-0132", "12"),)])
def test_f_what_a_hash_took_away_is_told_beside_what_is_missing_now(
    tmp_path: Path, load: Callable[..., Loaded], also: tuple[tuple[str, str], ...]
) -> None:
    """Whether or not anything else is wrong."""
    with suppress(InvalidFile):
        load(COMPLETE, ("first_name: Ada", "first_name: # Ada"), *also)
    with pytest.raises(InvalidFile) as caught:
        prepare_profile(tmp_path / "p.yaml")

    error, warning = sorted(str(each) for each in caught.value.problems if "first_name" in each.field)
    assert "3:3: contact.first_name: the form needs it" in error
    assert "3:3: warning: contact.first_name: is empty: everything after `#` is a comment" in warning


@pytest.mark.parametrize("wrong", [("02134", "0213"), ("MA", "XX"), ("1 Main Street", "''"), ("city:", "town:")])
def test_f_a_phone_is_checked_whatever_is_wrong_with_the_address(
    complaints: Callable[..., list[str]], wrong: tuple[str, str]
) -> None:
    """F: phone `12` was not reported while the ZIP code was wrong."""
    said = complaints(wrong, ("415-555-0132", "12"))

    assert any(line.startswith("6:3: contact.phone: is not a phone number") for line in said)
    assert len([line for line in said if "contact.phone" in line]) == 1
    assert not [line for line in complaints(wrong) if "contact.phone" in line]


def test_f_a_phone_of_another_country_is_one_there(complaints: Callable[..., list[str]]) -> None:
    abroad = (("MA", "''\n    country: KR"), ("415-555-0132", "010-1234-5678"))

    assert not [line for line in complaints(*abroad) if "contact.phone" in line]


# Each value holds the canary and is wrong for its field.
BROKEN = [
    ("missing-package", "CANARY"),
    ("Ada", '"CANARY\\nx"'),
    ("Jones", '"CANARY\\u200b"'),
    ("ada@example.com", "CANARY"),
    ("ada@example.com", "x@CANARY.test"),
    ("415-555-0132", "CANARY"),
    ("415-555-0132", "[CANARY]"),
    ("MA", "CANARY"),
    ("02134", "CANARY"),
    ("9400111206206406260787", "CANARY"),
    ("2026-10-05", "CANARY"),
    ("A lost package", "{CANARY: CANARY}"),
    ("A box of books did not arrive.", '"CANARY \\u202e"'),
    ("A box of books did not arrive.", '"CANARY \\q"'),
    ("A box of books did not arrive.", "CANARY: CANARY"),
    ("A box of books did not arrive.", "!CANARY x"),
    ("A box of books did not arrive.", "*CANARY"),
    ("A box of books did not arrive.", "&CANARY"),
    ("A box of books did not arrive.", "x\nMy name is CANARY: x"),
    ("subject: A lost package", "attachments: [../CANARY]"),
    ("subject: A lost package", "form: CANARY"),
    ("subject: A lost package", "certify_true: CANARY"),
]


@pytest.mark.parametrize("change", BROKEN, ids=[new for _, new in BROKEN])
def test_no_value_is_repeated(load: Callable[..., Loaded], change: tuple[str, str]) -> None:
    """Neither the error nor anything it carries along holds what was written."""
    with pytest.raises(InvalidFile) as caught:
        load(change)
    assert "CANARY" not in str(caught.value) + repr(caught.value.problems) + str(caught.value.hint)
    assert caught.value.__context__ is None


def test_missing_file(tmp_path: Path) -> None:
    """A profile that is not there is exit 66."""
    with pytest.raises(FileMissing):
        load_profile(tmp_path / "none.yaml")


def test_a_translation_is_kept_and_never_sent(load: Callable[..., Loaded]) -> None:
    """It is no part of what a run is about."""
    loaded = load(("message:", "translation: |\n  CANARY\nmessage:"))
    assert loaded.inquiry.translation == "CANARY"
    assert "CANARY" not in loaded.inquiry.model_dump_json() + repr(loaded.fields)


@pytest.mark.parametrize(
    "change", [("Jones", "' '"), ("last_name: Jones", "surname: Jones"), ("2026-10-05", "2027-01-01")]
)
def test_what_the_form_misses_is_told_with_what_is_wrong(
    complaints: Callable[..., list[str]], change: tuple[str, str]
) -> None:
    """All problems at once, in the order of the file, and none of them twice."""
    first, second = complaints(change, ("message: A box of books did not arrive.\n", ""))
    (alone,) = complaints(change)
    assert {first, second} == {alone, "1:1: message: the form needs it for “Additional Information”"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["answers: {Colour: red, colour : blue}"], "15:24: answers.colour: is the same question as on line 15;"),
        (["answers:", "  Colour: red", "  Colour: blue"], "17:3: answers.Colour: the same key is on line 16"),
        (["answers:", "  '': red"], "16:3: answers.?: has no question; write the words of the form's question"),
        (["answers:", "  Colour:"], "16:3: answers.Colour: is empty; write an answer, or delete the line"),
        (["answers: {Colour: {fiel: red}}"], "15:20: answers.Colour.fiel: unknown key; did you mean `file`?"),
        (["answers: {Colour: {file: ../red}}"], "answers.Colour.file: must be a path below the profile's own folder"),
        (["answers: {Colours: [[red]]}"], "answers.Colours.0: must be one text, not a list or a block"),
        (["answers: red"], "15:1: answers: must be a block of `name: value` lines, with a space after each colon"),
        (["attachments: [a.pdf, b.pdf, a.pdf]"], "15:29: attachments.2: is the same file as on line 15; keep one"),
        (["attachments: [{file: a.pdf, for: x}, {file: a.pdf, for: X}]"], "attachments.1: is the same file as on line"),
        (["attachments: [{file: a.pdf}]"], "attachments.0.for: is required"),
    ],
)  # fmt: skip
def test_answers_and_attachments_are_checked(
    complaints: Callable[..., list[str]], lines: list[str], expected: str
) -> None:
    """A key twice, an empty one, an answer of the wrong kind, a file twice: each at its place."""
    found = complaints(("subject: A lost package", "\n".join(lines) + "\nsubject: A lost package"))
    assert any(expected in line for line in found), found
    assert len(found) == 1


def test_import_is_light() -> None:
    """Reading a profile needs no browser, database, server, terminal library or table of telephone numbers."""
    heavy = "{'playwright', 'sqlite3', 'starlette', 'typer', 'rich', 'phonenumbers', 'email_validator', 'sqlalchemy'}"
    code = f"import sys, autofill.inquiry.profile; print(sorted({heavy} & sys.modules.keys()))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout == "[]\n"
