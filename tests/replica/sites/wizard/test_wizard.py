"""Whole ways through the wizard, by hand, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from autofill.replica import ReplicaOptions, serving
from autofill.replica.form.fields import CONTACT_INFORMATION, PROBLEM_DETAILS
from autofill.replica.form.variant import form_of

LISTEN = """() => {
  window.seen = [];
  for (const name of ["mousedown", "mouseup", "click"])
    document.addEventListener(name, (event) => seen.push(`${name}:${event.composedPath()[0].tagName}`), true);
}"""

_GOES_ALONG = """name => {
  const screen = document.querySelector("c-problem-details");
  screen.collect();
  return screen.wizard.answers.get(name);
}"""


@pytest.fixture(params=["flat", "native"])
def shadow(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(shadow: str) -> Iterator[str]:
    """A site of its own for each test, so that it holds one submission."""
    with serving(ReplicaOptions(shadow=shadow, delay_ms=0)) as replica:  # type: ignore[arg-type]
        yield replica.url


def test_one_inquiry_arrives_field_by_field(site: str, page: Page, hand: Any, read: Any) -> None:
    """From the hub to the number: every answer arrives as it was given, Korean letters included, in one request."""
    page.goto(site)
    page.get_by_role("link", name="Email Us").click()
    hand.arrive("Problem Details")
    hand.choose("What can we help you with?", "Where is my package?")
    hand.choose("Please provide some additional details", "Package not received")
    hand.tick("Do you have a tracking number?", "Yes")
    hand.fill({"Tracking Number": "RB123456785US"})
    expect(page.get_by_role("region", name="Mailpiece information")).to_contain_text("Origin")
    hand.fill({"Mailing Date": "Nov 2, 2026"})
    page.get_by_role("combobox", name="Mail Class").select_option("Priority Mail International")
    page.get_by_role("combobox", name="Extra Service").select_option("Insured Mail")
    hand.fill({"Sender Address": "세종대로 110", "Recipient Address": "1 Main St, Albany, NY"})
    hand.fill({"Date of Problem or Best Guess": "November 12, 2026", "Subject": "소포"})
    hand.fill(
        {
            "Additional Information": "  소포가\n오지 않았습니다. <b>&amp;</b> 😀 ",
            "Previous Service Request Number": "12345678",
        }
    )
    hand.leave("Problem Details")
    hand.fill({"First Name": "길동", "Last Name": "홍", "Company Name": "Größe & Söhne"})
    hand.fill({"Email": "gildong@example.com", "Confirm Email": "gildong@example.com", "Phone Number": "+82 2-120"})
    hand.tick("Preferred Contact Method", "Phone")
    hand.choose("Country", "South Korea")
    hand.fill({"Street Address": "세종대로 110", "Apartment, Suite or Unit": "3층", "City": "서울"})
    hand.fill({"State, Province or Region": "서울특별시", "Postal Code": "04524"})
    page.locator("label", has_text="I certify that").click()
    hand.leave("Contact Information")
    hand.arrive("Review")
    assert page.locator("dd").filter(has_text="Nov 12, 2026").count() == 1
    hand.press("Next")
    hand.press("Submit")
    hand.arrive("Thank you for contacting us")
    record = read(f"{site}/_replica/submissions")
    (submission,) = record["submissions"]
    (mail,) = read(f"{site}/_replica/outbox")
    expect(page.get_by_text("Your Service Request Number is")).to_contain_text(f"{submission['case_number']}.")
    assert mail["case_number"] == submission["case_number"]
    assert record["requests"] == 1
    assert submission["accepted"]
    assert submission["fields"] == {
        "topic": "missing-package",
        "sub_topic": "not-received",
        "has_tracking_number": "yes",
        "tracking_number": "RB123456785US",
        "mailing_date": "2026-11-02",
        "mail_class": "priority-mail-international",
        "service": "insured-mail",
        "sender_address": "세종대로 110",
        "recipient_address": "1 Main St, Albany, NY",
        "problem_date": "2026-11-12",
        "subject": "소포",
        "message": "  소포가\n오지 않았습니다. <b>&amp;</b> 😀 ",
        "previous_case": "12345678",
        "first_name": "길동",
        "last_name": "홍",
        "company": "Größe & Söhne",
        "email": "gildong@example.com",
        "phone": "+82 2-120",
        "reply_by": "phone",
        "country": "KR",
        "street": "세종대로 110",
        "unit": "3층",
        "city": "서울",
        "state": "서울특별시",
        "postal_code": "04524",
        "certify_true": "true",
    }


def test_the_lost_click(site: str, page: Page, hand: Any) -> None:
    """The click that leaves a mended field does nothing, because the page moves under the pointer; the next works."""
    page.goto(f"{site}/s/")
    hand.press("Next")
    hand.choose("What can we help you with?", "Feedback or complaint")
    hand.choose("Please provide some additional details", "Suggestion")
    hand.box("Additional Information").fill("Mended.")
    page.evaluate(LISTEN)
    page.get_by_role("button", name="Next").click()
    assert page.evaluate("seen") == ["mousedown:BUTTON", "mouseup:DIV", "click:DIV"]
    expect(page.get_by_text("Complete this field.")).to_have_count(0)
    expect(page.get_by_role("heading", name="Problem Details")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    hand.arrive("Contact Information")


def test_errors_first(page: Page, shadow: str) -> None:
    """With that option every required field shows its line before anything is touched."""
    with serving(ReplicaOptions(errors_first=True)) as replica:
        page.goto(f"{replica.url}/s/?shadow={shadow}")
        expect(page.get_by_text("Complete this field.")).to_have_count(2)


def test_the_second_question_depends_on_the_first(site: str, page: Page, hand: Any) -> None:
    """Its choices change with the topic, and an answer to the old one does not stay."""
    page.goto(f"{site}/s/")
    second = page.get_by_role("combobox", name="Please provide some additional details")
    expect(second).to_have_count(0)
    hand.choose("What can we help you with?", "File a claim")
    hand.choose("Please provide some additional details", "Status of a claim")
    expect(page.get_by_role("radiogroup")).to_have_count(1)
    hand.choose("What can we help you with?", "General question")
    expect(second).to_have_text("Select an Option")
    expect(page.get_by_role("radiogroup")).to_have_count(0)
    second.click()
    expect(page.get_by_role("option")).to_have_count(4)
    expect(page.get_by_role("option", name="Opening hours", exact=True)).to_be_visible()


def test_a_spinner_covers_the_screen_during_a_call(site: str, page: Page) -> None:
    """While the server is asked, a pointer cannot reach the fields."""
    page.route("**/aura?**", lambda _: None)
    page.goto(f"{site}/s/")
    page.get_by_role("combobox", name="What can we help you with?").click()
    page.get_by_role("option", name="File a claim").click()
    expect(page.get_by_role("status").filter(has_text="Loading")).to_be_visible()
    with pytest.raises(Error, match="intercepts pointer events"):
        page.get_by_role("textbox", name="Subject").click(timeout=1500)


def test_nothing_is_lost_going_back(site: str, page: Page, hand: Any) -> None:
    """Previous shows what was answered, on both screens."""
    page.goto(f"{site}/s/")
    hand.tell_feedback()
    hand.leave("Problem Details")
    hand.introduce()
    hand.press("Previous")
    hand.arrive("Problem Details")
    expect(page.get_by_role("combobox", name="Please provide some additional details")).to_have_text("Compliment")
    expect(hand.box("Additional Information")).to_have_value("Well done.")
    hand.press("Next")
    hand.arrive("Contact Information")
    expect(page.get_by_role("combobox", name="State", exact=True)).to_have_text("New York")
    expect(hand.box("ZIP Code")).to_have_value("12207")
    expect(page.get_by_role("radio", name="Email", exact=True)).to_be_checked()
    expect(page.get_by_role("checkbox")).to_be_checked()


def test_a_refusal_of_the_server_is_shown(site: str, page: Page, hand: Any, read: Any) -> None:
    """What the page let through (line breaks count double) comes back as a toast and a marked field."""
    page.goto(f"{site}/s/")
    hand.tell_feedback()
    hand.fill({"Additional Information": "\n" + "x" * 3999})
    hand.leave("Problem Details")
    hand.introduce()
    hand.leave("Contact Information")
    hand.press("Next")
    hand.press("Submit")
    toast = page.get_by_role("alert").filter(has_text="Error")
    expect(toast).to_contain_text("Additional Information: Your entry is too long.")
    expect(hand.box("Additional Information")).to_have_attribute("aria-invalid", "true")
    assert [entry["accepted"] for entry in read(f"{site}/_replica/submissions")["submissions"]] == [False]
    hand.fill({"Additional Information": "short"})
    hand.leave("Problem Details")
    hand.press("Next")
    hand.press("Next")
    hand.press("Submit")
    hand.arrive("Thank you for contacting us")


def test_a_variant_may_have_labels_in_the_controls_and_a_trap(page: Page) -> None:
    """What somebody puts into the trap goes along with the answers, where nobody asked for it."""
    form = form_of(PROBLEM_DETAILS, CONTACT_INFORMATION, seed=13)
    assert form.bare
    asked = next(each for each in form.screens[0].questions if each.kind == "textarea")
    with serving(ReplicaOptions(variant=13, delay_ms=0)) as replica:
        page.goto(f"{replica.url}/s/")
        expect(page.get_by_placeholder(asked.label, exact=True)).to_be_visible()
        trap = page.locator(f"[name={form.trap}]")
        assert (trap.bounding_box() or {"x": 0})["x"] < 0
        trap.fill("https://shop.example")
        assert page.evaluate(_GOES_ALONG, form.trap) == "https://shop.example"


def test_confirm_email_and_phone_depend_on_other_answers(site: str, page: Page, hand: Any) -> None:
    """The second address must be the first, and the phone is needed only for a reply by phone."""
    page.goto(f"{site}/s/")
    hand.tell_feedback()
    hand.leave("Problem Details")
    hand.introduce()
    hand.fill({"Confirm Email": "b@example.com"})
    hand.tick("Preferred Contact Method", "Phone")
    hand.press("Next")
    expect(page.get_by_text("The two email addresses are not the same.")).to_be_visible()
    expect(hand.box("Phone Number")).to_have_attribute("aria-invalid", "true")


def test_a_follow_up_needs_a_number_the_desk_knows(site: str, page: Page, hand: Any, read: Any) -> None:
    """The question becomes a required one; an unknown number is refused on the page, and a right one is filed."""
    page.goto(f"{site}/s/follow-up-inquiry")
    previous = hand.box("Previous Service Request Number")
    expect(previous).to_have_attribute("required", "")
    hand.choose("Please provide some additional details", "I have not been answered")
    hand.tick("Do you have a tracking number?", "No")
    hand.fill({"Additional Information": "Please answer.", "Previous Service Request Number": "11111111"})
    hand.leave("Problem Details")
    hand.introduce()
    hand.leave("Contact Information")
    hand.press("Next")
    hand.press("Submit")
    expect(page.get_by_role("alert").filter(has_text="Error")).to_contain_text("We could not find a request")
    expect(previous).to_have_attribute("aria-invalid", "true")
    hand.fill({"Previous Service Request Number": "00482913"})
    hand.leave("Problem Details")
    hand.press("Next")
    hand.press("Next")
    hand.press("Submit")
    hand.arrive("Thank you for contacting us")
    assert [entry["accepted"] for entry in read(f"{site}/_replica/submissions")["submissions"]] == [False, True]


def test_questions_follow_from_both_choices(site: str, page: Page, hand: Any) -> None:
    """A compliment has a name, a suggestion has none; both have a place, and a claim has neither."""
    page.goto(f"{site}/s/")
    hand.choose("What can we help you with?", "Feedback or complaint")
    expect(hand.box("Post Office or Place")).to_have_count(1)
    expect(hand.box("Name of the Employee")).to_have_count(0)
    hand.choose("Please provide some additional details", "Compliment")
    hand.fill({"Name of the Employee": "Pat"})
    hand.choose("Please provide some additional details", "Suggestion")
    expect(hand.box("Name of the Employee")).to_have_count(0)
    hand.choose("What can we help you with?", "File a claim")
    expect(hand.box("Post Office or Place")).to_have_count(0)
    expect(hand.box("Insured Value")).to_have_count(1)
    hand.choose("What can we help you with?", "Request a refund")
    expect(hand.box("Postage Paid")).to_have_count(1)
    expect(hand.box("Insured Value")).to_have_count(0)


def test_an_address_can_bring_answers_along(site: str, page: Page) -> None:
    """A link from tracking opens the wizard with topic and number filled in."""
    page.goto(f"{site}/s/package-inquiry?trackingNumber=RB123456785US")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is my package?")
    expect(page.get_by_role("combobox", name="What can we help you with?")).to_have_text("Where is my package?")
    expect(page.get_by_role("combobox", name="Please provide some additional details")).to_be_visible()
    expect(page.get_by_role("textbox", name="Tracking Number")).to_have_value("RB123456785US")
    expect(page.get_by_role("region", name="Mailpiece information")).to_be_visible()


def test_files_arrive_by_name_size_and_digest(shadow: str, tmp_path: Path, page: Page, hand: Any, read: Any) -> None:
    """With attachments switched on, what was chosen is in the submission, though the control does not show it."""
    (tmp_path / "a.txt").write_bytes(b"abc")
    (tmp_path / "빈.txt").write_bytes(b"")
    with serving(ReplicaOptions(attachments=True, delay_ms=0)) as replica:
        page.goto(f"{replica.url}/s/?shadow={shadow}")
        page.get_by_label("Attach Files").set_input_files([tmp_path / "a.txt", tmp_path / "빈.txt"])
        hand.tell_feedback()
        hand.leave("Problem Details")
        hand.introduce()
        hand.leave("Contact Information")
        hand.press("Next")
        hand.press("Submit")
        hand.arrive("Thank you for contacting us")
        (submission,) = read(f"{replica.url}/_replica/submissions")["submissions"]
    assert [(file["name"], file["size"]) for file in submission["files"]] == [("a.txt", 3), ("빈.txt", 0)]
    assert submission["files"][0]["sha256"].startswith("ba7816bf")
    assert "files" not in submission["fields"]


def test_the_hub_leads_to_the_chat(site: str, page: Page) -> None:
    """Where an agent says hello."""
    page.goto(site)
    page.get_by_role("link", name="Start Chat").click()
    expect(page.get_by_role("log")).to_contain_text("Hello, this is Robin")
