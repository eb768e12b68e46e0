"""Whole profiles: the examples, five mistakes at once, values by name, what importing costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from autofill.errors import FileMissing, InvalidFile
from autofill.inquiry.models import Topic
from autofill.inquiry.profile import Loaded, field_names, load_inquiry, lookup

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
    loaded = load_inquiry(path, today=date(2026, 11, 22))
    inquiry = loaded.inquiry
    assert [str(each).rpartition(" ")[2] for each in loaded.warnings] == ADVICE.get(path.stem, [])
    if inquiry.form == "usps-email-us":
        assert inquiry.sub_topic in SUB_TOPICS[inquiry.topic]
        assert inquiry.contact.address
        assert inquiry.certify_true
    assert inquiry.subject
    assert inquiry.contact.email.endswith("@example.com")
    first, second, *_ = path.read_text().splitlines()
    assert first == "# yaml-language-server: $schema=../autofill/inquiry/inquiry.schema.json"
    assert second.startswith("# ")


def test_examples_cover_all() -> None:
    """Every topic, and senders in four countries; the newcomer's comes first."""
    inquiries = [load_inquiry(path).inquiry for path in EXAMPLES]
    assert {inquiry.topic for inquiry in inquiries} == set(Topic.__args__)  # type: ignore[attr-defined]
    assert {inquiry.contact.country for inquiry in inquiries} == {"US", "KR", "DE", "ID"}
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
        "5:3: contact.email: is not an e-mail address; name@example.com would be right",
        f"13:3: item.tracking_number: the check digit (the last) is wrong; {RETYPE}",
        "14:3: item.mailing_date: lies in the future",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("subject:", "subjekt:"), "unknown key; did you mean `subject`?"),
        (("subject:", "url:"), "a profile names no address to go to; targets come only from form maps"),
        (("message: A box of books did not arrive.", ""), "message: is missing and must be given"),
        (("A box of books did not arrive.", ""), "16:1: message: is empty and must be given"),
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
        load_inquiry(tmp_path / "none.yaml")


def test_lookup(load: Callable[..., Loaded]) -> None:
    """A form gets text: days ISO, yes or no, addresses in one line; None for what is not given."""
    inquiry = load(("subject:", "attachments: [a.jpg, b.jpg]\nsubject:")).inquiry
    names = ("topic", "contact.first_name", "contact.address", "contact.address.postal_code", "item.mailing_date",
             "certify_true", "contact.reply_by", "attachments", "item.service", "item.sender_address",
             "item.sender_address.city", "previous_case")  # fmt: skip
    assert {name: lookup(inquiry, name) for name in names} == snapshot(
        {
            "topic": "missing-package",
            "contact.first_name": "Ada",
            "contact.address": "1 Main Street, Boston, MA 02134",
            "contact.address.postal_code": "02134",
            "item.mailing_date": "2026-10-05",
            "certify_true": "no",
            "contact.reply_by": "email",
            "attachments": "a.jpg\nb.jpg",
            "item.service": None,
            "item.sender_address": None,
            "item.sender_address.city": None,
            "previous_case": None,
        }
    )


def test_every_name_can_be_looked_up(load: Callable[..., Loaded]) -> None:
    """All names give a text or None, and only they do."""
    inquiry = load().inquiry
    assert all(isinstance(lookup(inquiry, name), str | None) for name in field_names())
    # `translation` and `advice_seen` are the person's own: no form map can ask for them.
    for name in (
        "translation",
        "advice_seen",
        "contact",
        "item",
        "contact.phon",
        "contact.country",
        "model_config",
        "",
        "message.upper",
    ):
        with pytest.raises(KeyError):
            lookup(inquiry, name)


def test_a_translation_is_kept_and_never_sent(load: Callable[..., Loaded]) -> None:
    """It is no part of what a run is about."""
    inquiry = load(("message:", "translation: |\n  CANARY\nmessage:")).inquiry
    assert inquiry.translation == "CANARY"
    assert "CANARY" not in inquiry.model_dump_json()
    assert all("CANARY" not in (lookup(inquiry, name) or "") for name in field_names())


def test_import_is_light() -> None:
    """Reading a profile needs no browser, database, server, terminal library or table of telephone numbers."""
    heavy = "{'playwright', 'sqlite3', 'starlette', 'typer', 'rich', 'phonenumbers', 'email_validator', 'sqlalchemy'}"
    code = f"import sys, autofill.inquiry.profile; print(sorted({heavy} & sys.modules.keys()))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout == "[]\n"
