"""The plan: typed steps, a digest, and every problem at its place in the profile before a browser starts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from autofill.errors import InvalidFile
from autofill.forms.catalog import load_form
from autofill.forms.form_map import FormMap
from autofill.forms.plan import FillStep, Plan, ReachStep, ReviewStep, SubmitStep
from autofill.forms.planning import make_plan
from autofill.inquiry.profile import Loaded, check_profile
from autofill.organisations.registry import organisation
from autofill.sources.source import Source

Inquiries: TypeAlias = Callable[..., Loaded]
Maps: TypeAlias = Callable[..., FormMap]
Complaints: TypeAlias = Callable[[Callable[[], object]], list[str]]
USPS = load_form("usps-email-us").form_map
POST = organisation("usps")
ABROAD = ("{street: 1 Main Street, city: Boston, state: MA, postal_code: 02134}", "{street: A, city: B, country: KR}")
ITEM = ("message:", "item: {tracking_number: RB123456785US}\nmessage:")


def entered(plan: Plan) -> dict[str, str]:
    return {entry.control.id: entry.text for entry in plan.entries}


def test_the_steps_are_the_map_s_pages_in_order(loaded: Inquiries) -> None:
    """One reaches, two fill, one reviews everything entered before, the last one submits."""
    plan = make_plan(loaded(), USPS, POST)
    assert [type(step) for step in plan.steps] == [ReachStep, FillStep, FillStep, ReviewStep, SubmitStep]
    review = plan.steps[3]
    assert isinstance(review, ReviewStep)
    assert review.entries == plan.entries
    assert [entry.control.id for entry in plan.entries][:3] == ["topic", "sub-topic", "message"]
    assert entered(plan)["topic"] == "Feedback or complaint"
    assert entered(plan)["confirm-email"] == entered(plan)["email"] == "ada@example.com"
    assert entered(plan)["zip"] == "02134"


def test_every_missing_field_is_named_at_once(loaded: Inquiries, complaints: Complaints) -> None:
    """All that the form requires and the profile may leave out, sorted by line, at the nearest place there is."""
    bare = loaded(
        ("sub_topic: compliment\n", ""),
        ("  address: {street: 1 Main Street, city: Boston, state: MA, postal_code: 02134}\n", ""),
        ("certify_true: yes\n", ""),
    )
    assert complaints(lambda: make_plan(bare, USPS, POST)) == [
        "p.yaml:1:1: sub_topic: the form needs it for “Please provide some additional details”",
        "p.yaml:1:1: certify_true: the form needs it for “I certify that what I have written is true.”",
        "p.yaml:2:1: contact.address.country: the form needs it for “Country”",
        "p.yaml:2:1: contact.address.street: the form needs it for “Street Address”",
        "p.yaml:2:1: contact.address.city: the form needs it for “City”",
    ]


def test_a_choice_the_form_does_not_offer_lists_those_it_does(loaded: Inquiries, complaints: Complaints) -> None:
    """At the line of the choice, in the profile's own words."""
    wrong = loaded(("sub_topic: compliment", "sub_topic: not-received"))
    (complaint,) = complaints(lambda: make_plan(wrong, USPS, POST))
    assert complaint.startswith("p.yaml:2:1: sub_topic: is not one of the choices; all choices: ")
    assert complaint.endswith(": compliment, complaint-employee, complaint-post-office, suggestion")


def test_a_country_the_form_does_not_know_is_refused(loaded: Inquiries, complaints: Complaints) -> None:
    """Though the inquiry itself may name any."""
    (complaint,) = complaints(lambda: make_plan(loaded((ABROAD[0], "{street: A, city: B, country: AQ}")), USPS, POST))
    assert complaint.startswith("p.yaml:7:33: contact.address.country: is not one of the choices;")


@pytest.mark.parametrize("letter", ["x", "王"])
def test_a_text_too_long_for_the_form_is_refused(loaded: Inquiries, complaints: Complaints, letter: str) -> None:
    """Case 43: 4,000 characters go, the browser would cut the next one silently."""
    assert entered(make_plan(loaded(("Well done.", letter * 4000)), USPS, POST))["message"] == letter * 4000
    (complaint,) = complaints(lambda: make_plan(loaded(("Well done.", letter * 4001)), USPS, POST))
    assert complaint.startswith("p.yaml:8:1: message: has 4001 characters as the form counts; it takes 4000")
    assert letter * 9 not in complaint


def test_conditions_decide_which_controls_there_are(loaded: Inquiries) -> None:
    """A topic about an item asks for it; an address abroad has other lines."""
    domestic, abroad = entered(make_plan(loaded(), USPS, POST)), entered(make_plan(loaded(ABROAD), USPS, POST))
    assert {"state", "zip"} <= domestic.keys()
    assert not {"state", "zip"} & abroad.keys()
    assert abroad["country"] == "South Korea"
    assert "has-tracking-number" not in domestic
    claim = ("topic: feedback\nsub_topic: compliment", "topic: claim\nsub_topic: claim-status")
    assert entered(make_plan(loaded(claim), USPS, POST))["has-tracking-number"] == "No"
    tracked = entered(make_plan(loaded(claim, ITEM), USPS, POST))
    assert (tracked["has-tracking-number"], tracked["tracking-number"]) == ("Yes", "RB123456785US")


def test_what_the_form_does_not_ask_for_is_a_warning(loaded: Inquiries) -> None:
    """The item of a compliment, and files for a form without files; each at its line, and nothing else."""
    plan = make_plan(loaded(ITEM, ("message:", "attachments: [a.txt]\nmessage:")), USPS, POST)
    item, files = map(str, plan.warnings)
    assert item.startswith("p.yaml:8:8: warning: item.tracking_number: this form does not ask for it with this topic,")
    assert files.startswith("p.yaml:9:1: warning: attachments: this form takes no files;")
    assert make_plan(loaded(), USPS, POST).warnings == ()


def test_files_that_no_upload_takes_are_a_warning(loaded: Inquiries, form_map: Maps) -> None:
    """A form with an upload for the receipt takes the receipt, and not what is attached without saying where."""
    uploads = form_map(
        ("attachments: {accepted: no, fact: &f}\n", ""),
        ("fact: &f}\n  - id: submit", "fact: &f}\n      - {name: Receipt, value: files.Receipt}\n  - id: submit"),
    )

    def told(attached: str) -> list[str]:
        plan = make_plan(loaded(("message:", f"attachments: {attached}\nmessage:")), uploads, POST)
        return [warning.message for warning in plan.warnings if warning.field == "attachments"]

    words = "the form has more than one upload; write for each file which one it is `for`: “Receipt”"
    assert told("[a.txt]") == [words]
    assert told("[{file: a.txt, for: Receipt}]") == []


def test_only_what_the_person_wrote_can_be_left_out(loaded: Inquiries, form_map: Maps) -> None:
    """A value that is there by default is not missed when its control is not shown."""
    hidden = "kind: checkbox, name: True, value: certify_true, when: [{field: subject}], fact: &f}"
    small = form_map(("fact: &f}\n  - id: submit", "fact: &f}\n      - {id: true, " + hidden + "\n  - id: submit"))

    def silent(*changes: tuple[str, str]) -> list[str]:
        return [warning.field for warning in make_plan(loaded(*changes), small, POST).warnings]

    assert "certify_true" not in silent(("certify_true: yes\n", ""))
    assert "certify_true" in silent()


def test_what_a_small_form_never_asks_for_is_a_warning(loaded: Inquiries, form_map: Maps) -> None:
    """An address as one; but not what every profile has to hold."""
    fields = [warning.field for warning in make_plan(loaded(), form_map(), POST).warnings]
    assert fields == ["certify_true", "contact.address", "sub_topic"]


def test_two_controls_of_one_name_are_told_before_a_browser_starts(
    loaded: Inquiries, form_map: Maps, complaints: Complaints
) -> None:
    """A14: the page could only be asked which; where one of them is not for this inquiry, nothing is doubtful."""
    line = "fact: &f}\n  - id: submit"
    twin = "      - {id: again, kind: text, name: Message, value: contact.first_name%s, fact: &f}"
    two, one = (
        form_map((line, f"fact: &f}}\n{twin % when}\n  - id: submit")) for when in ("", ", when: [{field: subject}]")
    )
    words = "the form map has two controls “Message” on one page, and does not tell them apart"
    assert complaints(lambda: make_plan(loaded(), two, POST)) == [f"p.yaml:4:3: contact.first_name: {words}"]
    assert len(make_plan(loaded(), one, POST).entries) == 1


def test_a_page_that_depends_on_a_field_is_left_out_without_it(loaded: Inquiries, form_map: Maps) -> None:
    """Its controls are entered only when it comes."""
    more = """    fact: &f
    controls:
      - {id: message, kind: textarea, name: Message, value: message, required: yes, fact: &f}
  - id: tracked
    title: Tracked
    heading: {role: heading, name: Tracked}
    when: [{field: item.tracking_number}]
    advance: {role: button, name: Next}
    fact: &f
    controls:
      - {id: number, kind: text, name: Number, value: item.tracking_number, required: yes, fact: &f}
"""
    before = more[: more.index("  - id: tracked")]
    small = form_map((before, more))
    assert [step.slug for step in make_plan(loaded(), small, POST).steps] == ["details", "submit"]
    tracked = make_plan(loaded(ITEM), small, POST)
    assert [step.slug for step in tracked.steps] == ["details", "tracked", "submit"]
    assert entered(tracked)["number"] == "RB123456785US"


def test_the_digest_says_whether_two_plans_do_the_same(loaded: Inquiries, form_map: Maps) -> None:
    """Same inquiry and map, same digest; any other value, or any other fact about the form, another one."""
    digest = make_plan(loaded(), form_map(), POST).digest
    assert digest == make_plan(loaded(("message: Well", "# comment\nmessage: Well")), form_map(), POST).digest
    assert digest != make_plan(loaded(("Well done.", "Well done!")), form_map(), POST).digest
    assert digest != make_plan(loaded(), form_map(("Message, value", "Massage, value")), POST).digest
    assert digest != make_plan(loaded(), form_map(("seconds_between_runs: 0", "seconds_between_runs: 1")), POST).digest


def test_addresses_of_pages_come_from_the_map_alone(loaded: Inquiries) -> None:
    """A link in the message is text that is typed; the plan goes where the map says."""
    plan = make_plan(loaded(("Well done.", "javascript:alert(1) https://evil.test/")), USPS, POST)
    assert plan.start_url == USPS.site.url
    assert plan.model_dump_json().replace(entered(plan)["message"], "").count("evil.test") == 0
    assert entered(plan)["message"] == "javascript:alert(1) https://evil.test/"


# Letters that show nothing are refused before planning.
BLANK = "\u034f\u115f\u1160\u3164\uffa0"
LINE = some.text(some.characters(exclude_categories=["C", "Z"], exclude_characters=BLANK), min_size=1, max_size=110)
DAY = some.dates().map(str)
ADDRESS = some.fixed_dictionaries(
    {"street": LINE, "city": LINE, "country": some.sampled_from(["KR", "DE", "AQ"])},
    optional={"state": LINE, "unit": LINE},
)
SUB_TOPICS = next(control.dependent for page in USPS.pages for control in page.controls if control.dependent).table
REASONS = [{"topic": topic, "sub_topic": slug} for topic, slugs in SUB_TOPICS.items() for slug in (*slugs, "other")]
CONTACT = some.fixed_dictionaries(
    {"first_name": LINE, "last_name": LINE, "email": some.just("a@example.com"), "address": ADDRESS}
)
MESSAGE = some.text(some.sampled_from("aé王\N{GRINNING FACE}\n "), max_size=4200).map(lambda text: text + ".")
DETAILS = some.fixed_dictionaries(
    {"contact": CONTACT, "message": MESSAGE, "certify_true": some.sampled_from(["yes", "yes", "no"])},
    optional={
        "subject": LINE,
        "problem_date": DAY,
        "previous_case": LINE,
        "attachments": some.just(["a.txt"]),
        "item": some.fixed_dictionaries({}, optional={"mailing_date": DAY, "sender_address": ADDRESS}),
    },
)
INQUIRIES = some.builds(lambda reason, details: reason | details, some.sampled_from(REASONS), DETAILS)


def test_planning_is_total() -> None:
    """Whatever a valid inquiry holds: a plan, the same again, whose texts fit; or complaints with exit code 65."""
    outcomes = set()

    @settings(max_examples=150, deadline=None, database=None)
    @given(INQUIRIES)
    def planning(data: dict[str, Any]) -> None:
        source = Source("p.yaml", data, {(): (0, 0)})
        loaded = check_profile(source, POST.inquiry_model, date.max)
        try:
            plan = make_plan(loaded, USPS, POST)
        except InvalidFile:
            outcomes.add("refused")
            return
        outcomes.add("planned")
        assert make_plan(loaded, USPS, POST).digest == plan.digest
        for entry in plan.entries:
            limit = entry.control.limit
            sent = entry.text.replace("\n", "\r\n" if limit and limit.newline == 2 else "\n")
            assert limit is None or len(sent.encode("utf-16-le")) // 2 <= limit.max

    planning()
    assert outcomes == {"refused", "planned"}
