"""Every rule of advice: a profile it applies to, one it leaves alone, and what it then says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from autofill.inquiry.profile import Loaded
from autofill.organisations.registry import organisation

Load: TypeAlias = Callable[..., Loaded]
Change: TypeAlias = tuple[str, str]

USPS = organisation("usps")
OFFICES = USPS.data.offices

# The profile in conftest.py is about a domestic item without service or class, mailed 2026-10-05, read 2026-11-22.
MAILED = "mailing_date: 2026-10-05"


def text(words: str) -> Change:
    return ("A box of books did not arrive.", f'"{words}"')


def subject(words: str) -> Change:
    return ("A lost package", f'"{words}"')


def item(*lines: str, mailed: str = "2026-10-05") -> Change:
    return (MAILED, "\n  ".join((f"mailing_date: {mailed}", *lines)))


def topic(name: str, sub_topic: str = "") -> Change:
    return ("topic: missing-package", f"topic: {name}" + (f"\nsub_topic: {sub_topic}" if sub_topic else ""))


EXPRESS = "mail_class: priority-mail-express"
INSURED = "service: insured-mail"
TO_KOREA = "recipient_address: {street: A, city: B, country: KR}"
TO_A_BASE = "recipient_address: {street: A, city: APO, state: AE, postal_code: 09123}"
IN_KOREA = ("city: Boston\n    state: MA\n    postal_code: 02134", "city: Busan\n    country: KR")
FROM_KOREA = ("415-555-0132", "+82 2-1234-5678")
CASE = ("subject:", "previous_case: 12345678\nsubject:")
NO_NUMBER = ("tracking_number: 9400111206206406260787\n  ", "")
OTHER = "9405803699300124287899"

APPLIES: list[tuple[str, tuple[Change, ...]]] = [
    ("passport", (text("The box held my passport."),)),
    ("passport", (subject("Passport not received"),)),
    ("urgent-express", (item(EXPRESS),)),
    ("papers", (text("A notarized contract in a brown envelope is missing."),)),
    ("misconduct", (text("I saw our carrier: he dumped letters into the river."),)),
    ("misconduct", (topic("feedback", "complaint-employee"), text("She stole a parcel from my letter box."))),
    ("theft", (text("The box of books was stolen from my porch."),)),
    ("claim-early", (item(INSURED, mailed="2026-11-08"),)),
    ("claim-early", (item(EXPRESS, mailed="2026-11-16"),)),
    ("claim-early", (item(EXPRESS, "service: collect-on-delivery", mailed="2026-11-10"),)),
    ("claim-early", (item(INSURED, TO_A_BASE, mailed="2026-10-09"),)),
    ("claim-open", (item(INSURED),)),
    ("claim-open", (item("mail_class: ground-advantage", mailed="2026-11-07"),)),
    ("claim-open", (item(EXPRESS, mailed="2026-11-15"),)),
    ("claim-open", (item(INSURED, mailed="2026-09-23"),)),
    ("claim-open", (item(INSURED, TO_A_BASE, mailed="2025-11-22"),)),
    ("claim-open", (topic("missing-package", "damaged"), item(INSURED, mailed="2026-11-21"))),
    ("claim-open", (topic("missing-package", "damaged"), item(INSURED, TO_A_BASE, mailed="2026-09-23"))),
    ("claim-open", (topic("missing-package", "missing-contents"), item(EXPRESS, TO_A_BASE, mailed="2026-11-21"))),
    ("claim-open", (topic("claim", "lost-insured"), item(INSURED))),
    ("claim-late", (item(INSURED, mailed="2026-09-22"),)),
    ("claim-late", (item(INSURED, TO_A_BASE, mailed="2025-11-21"),)),
    ("claim-late", (item(EXPRESS, TO_A_BASE, mailed="2026-05-25"),)),
    ("claim-late", (topic("missing-package", "damaged"), item(INSURED, TO_A_BASE, mailed="2026-09-22"))),
    ("claim-late", (topic("missing-package", "missing-contents"), item(EXPRESS, TO_A_BASE, mailed="2026-09-22"))),
    ("refund-early", (topic("refund"), item(EXPRESS, mailed="2026-11-21"))),
    ("refund-early", (topic("refund"), item(EXPRESS, "service: return-receipt", mailed="2026-11-13"))),
    ("refund-open", (topic("refund"), item(EXPRESS, mailed="2026-11-20"))),
    ("refund-open", (topic("refund"), item(EXPRESS, mailed="2026-10-23"))),
    ("refund-open", (topic("refund"), item(f"{EXPRESS}-international", mailed="2026-08-24"))),
    ("refund-late", (topic("refund"), item(EXPRESS, mailed="2026-10-22"))),
    ("refund-late", (topic("refund"), item(f"{EXPRESS}-international", mailed="2026-08-23"))),
    ("search-early", (text("A box of books is lost. Please start a missing mail search."),)),
    ("search-due", (CASE,)),
    ("search-due", (CASE, item(mailed="2026-11-11"))),
    ("search-due", (CASE, (MAILED, ""))),
    ("search-due", (CASE, topic("mail-delivery", "not-delivered"))),
    ("search-due", (CASE, topic("follow-up", "no-answer"), text("A box of books is missing still."))),
    ("sender-abroad", (IN_KOREA, FROM_KOREA, item(TO_KOREA))),
    ("sender-abroad", (IN_KOREA, FROM_KOREA, item("mail_class: priority-mail-international"))),
    ("subject-unclear", (subject("Help!"),)),
    ("subject-unclear", (subject("URGENT: please help me with this problem"),)),
    ("subject-without-number", (subject("Where is my package?"),)),
    ("shouting", (subject("WHERE IS MY LOST PACKAGE"),)),
    ("shouting", (text("A box of books did not arrive!!"),)),
    ("shouting", (text("A box of books is lost. I DEMAND THAT SOMEBODY LOOKS FOR IT TODAY."),)),
    ("rude", (text("Your idiots lost a box of books."),)),
    ("long", (text("A box of books did not arrive. " * 70),)),
    ("several-problems", (text(f"A box of books is missing, and so is {OTHER}."),)),
    ("several-problems", (text("A box of books is missing. Another problem is our mailbox."),)),
    ("no-date", ((MAILED, ""),)),
    ("no-number", (NO_NUMBER,)),
    ("no-number", (topic("refund"), NO_NUMBER)),
    ("no-description", (text("It did not arrive."),)),
    ("emoji", (text("A box of books did not arrive \N{GRINNING FACE}."),)),
    ("emoji", (("Ada", "\N{GRINNING FACE}"),)),
    ("emoji", (item("contents: \N{TEDDY BEAR}"),)),
    ("not-english", (text("책 한 상자가 도착하지 않았습니다."),)),
    ("not-english", (text("Ein Karton mit Büchern ist nicht angekommen, bitte suchen Sie ihn (box)."),)),
]
LEAVES_ALONE: list[tuple[str, tuple[Change, ...]]] = [
    ("passport", (topic("technical-support"), text("How do I renew my passport?"))),
    ("urgent-express", (topic("refund"), item(EXPRESS))),
    ("urgent-express", (item("mail_class: priority-mail"),)),
    ("papers", (text("A box of papers did not arrive."),)),
    ("misconduct", (text("Our carrier put a box of books into the wrong box."),)),
    ("misconduct", (text("The box of books was stolen from my porch. I told our carrier."),)),
    ("theft", (text("I saw our carrier: he stole a box of books."),)),
    ("theft", (text("A box of books did not arrive."),)),
    ("claim-early", (item("mail_class: media-mail", mailed="2026-11-20"),)),
    ("claim-open", (topic("track-package"), item(INSURED))),
    ("claim-open", (topic("claim", "claim-status"), item(INSURED))),
    ("claim-open", (item(INSURED, TO_KOREA),)),
    ("claim-open", (("9400111206206406260787", "RB123456785GB"), item(INSURED))),
    ("claim-open", ((MAILED, INSURED),)),
    ("claim-late", (item(INSURED),)),
    ("refund-early", (topic("refund"), item(mailed="2026-11-21"))),
    ("refund-open", (topic("claim"), item(EXPRESS, mailed="2026-11-10"))),
    ("refund-late", (topic("refund"), (MAILED, EXPRESS))),
    ("search-early", (CASE, text("A box of books is lost. Please start a missing mail search."))),
    ("search-early", (text("A box of books is lost. Please search for it."),)),
    ("search-due", (CASE, item(mailed="2026-11-12"))),
    ("search-due", (CASE, topic("missing-package", "damaged"))),
    ("search-due", (item(),)),
    (
        "search-due",
        (CASE, topic("follow-up"), subject("Letters in our box"), text("The carrier still uses the wrong box.")),
    ),
    ("sender-abroad", (item(TO_KOREA),)),
    ("sender-abroad", (IN_KOREA, FROM_KOREA)),
    ("subject-unclear", (subject("Lost book"),)),
    ("subject-unclear", (subject("9400 1112 0620 6406 2607 87"),)),
    ("subject-without-number", (subject("Package 9400 1112 0620 6406 2607 87"),)),
    ("subject-without-number", (subject("Where is my package?"), NO_NUMBER)),
    ("shouting", (subject("USPS: EMS and ZIP codes"),)),
    ("shouting", (text("안녕하세요. 소포가 아직 도착하지 않았습니다 주문번호 2026 1129 0415 확인해주세요"),)),
    (
        "shouting",
        (text("A box of books for JOHN SMITH, 1 MAIN STREET, is lost; neither he nor his neighbors have it."),),
    ),
    ("rude", (text("A box of books did not arrive. I am very disappointed."),)),
    ("long", (text("A box of books did not arrive. " * 60),)),
    ("several-problems", (text("The box of books with number 9400 1112 0620 6406 2607 87 is missing."),)),
    ("no-date", ((MAILED, ""), text("A box of books did not arrive since October 5."))),
    ("no-date", ((MAILED, ""), topic("general-question"))),
    ("no-number", (NO_NUMBER, topic("mail-delivery"))),
    ("no-number", (NO_NUMBER, topic("track-package", "cannot-find-number"))),
    ("no-number", (NO_NUMBER, text("The box of books 9400111206206406260787 is lost."))),
    ("no-description", (text("It did not arrive in a brown envelope."),)),
    ("no-description", (topic("track-package"), text("It did not arrive."))),
    ("no-description", (item("contents: three vases"), text("It did not arrive."))),
    ("emoji", (("Ada", "王"),)),
    ("emoji", (("subject:", "translation: \N{GRINNING FACE}\nsubject:"),)),
    ("not-english", (text("Box of books lost."),)),
    (
        "not-english",
        (text("A box of books for 서울특별시 강남구 테헤란로 152 is lost. I asked the neighbors and the office."),),
    ),
]


def advice(loaded: Loaded) -> set[str]:
    """The names of the advice that an inquiry gets."""
    return {found[1] for each in loaded.warnings if (found := re.search(r"\[([a-z-]+)\]$", each.message))}


@pytest.mark.parametrize(("rule", "changes"), APPLIES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(APPLIES)])
def test_applies(load: Load, rule: str, changes: tuple[Change, ...]) -> None:
    """The advice is given."""
    assert rule in advice(load(*changes))


@pytest.mark.parametrize(
    ("rule", "changes"), LEAVES_ALONE, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(LEAVES_ALONE)]
)
def test_leaves_alone(load: Load, rule: str, changes: tuple[Change, ...]) -> None:
    """The advice is not given."""
    assert rule not in advice(load(*changes))


def test_every_rule_is_tested_both_ways() -> None:
    """No rule without a profile that triggers it and one that does not."""
    names = set(USPS.conditions)
    assert {rule for rule, _ in APPLIES} == {rule for rule, _ in LEAVES_ALONE} == names == set(USPS.rules)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            (text("The box held my passport."),),
            ("p.yaml:16:1: warning: message: ", str(OFFICES["passports"]), "DS-86", "90 days"),
        ),
        (
            (item(EXPRESS, mailed="2026-11-21"),),
            ("item.mail_class: ", "at a Post Office or by phone first", OFFICES["customer-care"].phone, "8:00-20:30"),
        ),
        (
            (text("A notarized contract in a brown envelope is missing."),),
            ("Go to the Post Office with the receipt or call", "1-800-275-8777"),
        ),
        ((text("He stole a box of books. A clerk stole it."),), (OFFICES["inspector-general"].phone,)),
        ((text("The box was stolen."),), (OFFICES["inspectors"].phone, "uspis.gov/report")),
        ((item(INSURED, mailed="2026-11-08"),), ("15:3: warning: item.service: ", "from 2026-11-23 on")),
        ((item(INSURED),), ("by 2026-12-04", "www.usps.com/help/claims.htm")),
        ((item(INSURED, mailed="2026-09-22"),), ("ended on 2026-11-21",)),
        ((topic("refund"), item(EXPRESS, mailed="2026-11-20")), ("1:1: warning: topic: ", "By 2026-12-20")),
        (
            (topic("refund"), item(EXPRESS, mailed="2026-11-20")),
            ("use the page for refunds or go to a Post Office with the receipt", "www.usps.com/help/refunds.htm"),
        ),
        (
            (topic("refund"), item(EXPRESS, mailed="2026-11-21")),
            ("from 2026-11-23 on", "the page for refunds, or ask at a Post Office", "www.usps.com/help/refunds.htm"),
        ),
        (
            (topic("refund"), item(EXPRESS, mailed="2026-10-22")),
            ("2026-11-21", "If not, you can still ask at a Post Office"),
        ),
        ((text("Please make a mail search for my box."),), ("not before 2026-12-01",)),
        ((CASE,), ("15:1: warning: previous_case: ", "missingmail.usps.com")),
        # Neither the date of mailing nor that of the problem is the one from which the days count.
        ((CASE, item(mailed="2026-11-11")), ("If seven business days have passed since you first asked",)),
        (
            (CASE, (MAILED, ""), ("subject:", "problem_date: 2026-11-01\nsubject:")),
            ("If seven business days have passed since you first asked",),
        ),
        ((text("Bitte suchen Sie mein Paket (box)."),), ("`translation`",)),
    ],
)
def test_says_what_to_do_instead(load: Load, changes: tuple[Change, ...], expected: tuple[str, ...]) -> None:
    """Channel, number, hours and day stand in the advice, at the line it is about."""
    said = "\n".join(map(str, load(*changes).warnings))
    assert all(part in said for part in expected), said


def test_advice_stops_nothing_and_repeats_nothing(load: Load) -> None:
    """However bad an inquiry, it is only advised, and nothing of it is quoted."""
    loaded = load(subject("CANARY HELP!!"), text("You CANARY idiots stole my passport!! " * 60))
    assert {each.severity for each in loaded.warnings} == {"warning"}
    assert {"passport", "theft", "rude", "shouting", "long"} <= advice(loaded)
    assert "CANARY" not in "".join(map(str, loaded.warnings))


def test_the_document_lists_every_rule() -> None:
    """With how it is known."""
    page = (Path(__file__).parents[3] / "docs" / "advice.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\| (seen|inferred|unknown) \|", page, re.MULTILINE)
    assert rows == [(name, USPS.rules[name].mark) for name in USPS.conditions]
    assert all(rule.source or OFFICES[rule.office].fact for rule in USPS.rules.values())
