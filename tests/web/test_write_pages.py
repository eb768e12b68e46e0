"""The pages on which an inquiry is begun, written and checked, over real requests and without a script."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.request import Request

import pytest

from autofill import language
from autofill.web import serving
from tests.conftest import REPOSITORY
from tests.web.conftest import Answer, Keep, Visitor, gateway_of

FIRST = REPOSITORY / "profiles" / "01-missing-package.yaml"
DECOMPOSED = "e\u0301"
URGENT = FIRST.read_text().replace("media-mail", "priority-mail-express")


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    return tmp_path / "profiles"


@pytest.fixture
def writer(tmp_path: Path, profiles: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    monkeypatch.setenv("AUTOFILL_NOW", "2026-10-12T12:00:00Z")
    with serving(tmp_path / "recordings", gateway_of(tmp_path / "ledger"), profiles=profiles) as app:
        yield Visitor(app)


def put(profiles: Path, text: str, name: str = "parcel.yaml") -> Path:
    profiles.mkdir(exist_ok=True)
    (profiles / name).write_text(text)
    return profiles / name


def tag_in(answer: Answer) -> str:
    found = re.search(r'name="tag" value="(\w*)"', answer[2])
    assert found
    return found[1]


def save(writer: Visitor, name: str = "parcel", **changed: str) -> Answer:
    """Save some answers as the page does; `__` stands for the dot of a field."""
    tag = tag_in(writer.get(f"i/{name}/write"))
    return writer.post(f"i/{name}/write", tag=tag, **{f"a.{key.replace('__', '.')}": v for key, v in changed.items()})


def test_a_new_inquiry_is_begun_with_its_topic(writer: Visitor, profiles: Path) -> None:
    _status, _headers, choices = writer.get("new")
    status, _headers, html = writer.post("new", begin="usps-email-us:feedback")

    assert "Feedback or complaint" in choices
    assert status == 200
    assert "topic: feedback" in (profiles / "feedback.yaml").read_text()
    assert "Complaint about an employee" in html
    assert "Tracking Number" not in html


def test_a_second_one_about_the_same_topic_gets_a_file_of_its_own(writer: Visitor, profiles: Path) -> None:
    writer.post("new", begin="usps-email-us:feedback")
    writer.post("new", begin="usps-email-us:feedback")

    assert sorted(path.name for path in profiles.iterdir()) == ["feedback-2.yaml", "feedback.yaml"]


@pytest.mark.parametrize("begin", ["", "../x:feedback", "nobodys-form:x"])
def test_only_forms_that_are_installed_can_be_begun(writer: Visitor, profiles: Path, begin: str) -> None:
    assert writer.post("new", begin=begin)[0] == 400
    assert not profiles.exists()


def test_what_is_changed_is_written_and_everything_else_stays(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, FIRST.read_text())
    status, _headers, _html = save(writer, subject="Three books", contact__email="maria.obrien@example.com")

    assert status == 200
    assert file.read_text() == FIRST.read_text().replace("Media Mail package not received", "Three books")


def test_lines_of_a_message_stay_whatever_the_browser_makes_of_their_ends(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, FIRST.read_text())
    save(writer, message="One.\r\n\r\nTwo: # three.")

    assert "message: |\n  One.\n\n  Two: # three.\n" in file.read_text()


def test_what_a_control_cannot_show_is_kept_until_somebody_changes_it(writer: Visitor, profiles: Path) -> None:
    """A box is ticked or not, and a line has no ends: what a browser sends back untouched is no answer."""
    odd = (
        FIRST.read_text()
        .replace("1200 Harbor Street", '"1200 Harbor\\nStreet"')
        .replace("certify_true: yes", "certify_true: nein")
    )
    file = put(profiles, odd)
    untouched = {"contact__address__street": "1200 HarborStreet", "certify_true": "no"}
    page = save(writer, subject="Three books", **untouched)
    assert file.read_text() == odd.replace("Media Mail package not received", "Three books")

    writer.post("i/parcel/write", tag=tag_in(page), use="certify_true=no", **{"a.certify_true": "no"})
    assert "certify_true: no " in file.read_text()
    save(writer, contact__address__street="12 Harbor Street")
    assert "street: 12 Harbor Street" in file.read_text()


def test_a_country_is_shown_by_its_name_and_stays_in_the_file_as_it_was_written(
    writer: Visitor, profiles: Path
) -> None:
    german = (REPOSITORY / "profiles" / "04-claim-germany.yaml").read_text()
    written = german.replace("country: DE", "country: Deutschland")
    file = put(profiles, written)
    page = save(writer, contact__address__country="DE", contact__address__city="Potsdam")[2]

    assert '<option value="DE" selected>Germany</option>' in page
    assert file.read_text() == written.replace("city: Berlin", "city: Potsdam")
    assert "Germany" in writer.get("i/parcel/check")[2]


def test_countries_have_the_readers_names_wherever_one_is_chosen(writer: Visitor, profiles: Path) -> None:
    """Also where the form has its own list of them."""
    put(profiles, FIRST.read_text())
    language.choose("de")
    try:
        page = writer.get("i/parcel/write")[2]
    finally:
        language.choose("en")

    assert page.count('<option value="DE">Deutschland</option>') == 3


def test_a_wrong_answer_is_kept_and_told_at_its_field(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, FIRST.read_text())
    _status, _headers, html = save(writer, item__tracking_number="9400 1112 0255 5830 0010 11")

    assert "0010 11" in file.read_text()
    assert "check digit" in html
    assert re.search(r'name="a.item.tracking_number"[^>]* aria-invalid="true"', html)
    assert re.search(r'<li class="wrong">  <i>tracking_number</i>', html)
    assert "1 problem" in html


def test_what_was_meant_is_put_in_by_a_button_and_comments_stay(writer: Visitor, profiles: Path) -> None:
    file = put(
        profiles, FIRST.read_text().replace("mailing_date: 2026-", "mailing_date: 25.9.2026  # as on the receipt #")
    )
    assert "# as on the receipt" in file.read_text()
    page = writer.get("i/parcel/write")[2]
    assert 'name="use" value="item.mailing_date=2026-09-25">Use “2026-09-25”</button>' in page
    assert page.count('name="use"') == 1

    tag = tag_in((200, {}, page))
    page = writer.post("i/parcel/write", tag=tag, use="item.mailing_date=2026-09-25")[2]

    assert "mailing_date: 2026-09-25  # as on the receipt" in file.read_text()
    assert 'name="use"' not in page
    before = file.read_text()
    writer.post("i/parcel/write", tag=tag_in((200, {}, page)), use="no.such.field=x")
    assert file.read_text() == before


def test_advice_that_sends_one_to_the_phone_has_its_number_and_can_be_put_away(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, URGENT)
    page = writer.get("i/parcel/write")
    after = writer.post("i/parcel/write", tag=tag_in(page), seen="urgent-express")

    assert 'href="tel:1-800-275-8777"' in page[2]
    assert "tel:" not in after[2]
    assert "advice_seen:\n  - urgent-express\n" in file.read_text()


def test_an_edit_made_elsewhere_is_shown_beside_what_was_typed(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, FIRST.read_text())
    tag = tag_in(writer.get("i/parcel/write"))
    theirs = FIRST.read_text().replace("Media Mail package not received", "Theirs")
    file.write_text(theirs)

    status, _headers, html = writer.post("i/parcel/write", **{"tag": tag, "a.subject": "Mine"})

    assert status == 409
    assert file.read_text() == theirs
    assert 'value="Mine"' in html
    assert "The file says now: Theirs" in unescape(html)
    writer.post("i/parcel/write", **{"tag": tag_in((status, {}, html)), "a.subject": "Mine"})
    assert "subject: Mine" in file.read_text()


def test_of_the_saves_of_one_page_the_newest_counts_whatever_arrives_first(writer: Visitor, profiles: Path) -> None:
    """The page has not heard of its own saves yet; to another page, or an editor, they are as foreign as ever."""
    file = put(profiles, FIRST.read_text())
    tag = tag_in(writer.get("i/parcel/write"))

    def sent(subject: str, page: str, number: int) -> int:
        about = {"tag": tag, "page": page, "n": str(number), "a.subject": subject}
        return writer.post("i/parcel/write", **about)[0]

    assert (sent("Newest", "mine", 2), sent("Older", "mine", 1)) == (200, 200)
    assert "subject: Newest" in file.read_text()
    assert sent("Another", "theirs", 3) == 409
    assert sent("Last", "mine", 3) == 200
    assert "subject: Last" in file.read_text()
    put(profiles, FIRST.read_text().replace("Media Mail package not received", "From the editor"))
    assert sent("Lost?", "mine", 4) == 409


def test_changes_of_different_answers_in_two_pages_are_put_together(writer: Visitor, profiles: Path) -> None:
    """Whether or not a page has heard of the other's; only the same answer, changed twice, is asked about."""
    file = put(profiles, FIRST.read_text())
    tag = tag_in(writer.get("i/parcel/write"))
    shown = {"a.subject": "Media Mail package not received", "a.contact.first_name": "Maria", "a.contact.phone": ""}

    def sent(page: str, number: int, **changed: str) -> Answer:
        answers = {f"a.{path.replace('__', '.')}": text for path, text in changed.items()}
        return writer.post("i/parcel/write", **{**shown, **answers, "tag": tag, "page": page, "n": str(number)})

    assert sent("one", 1, subject="Mine")[0] == 200
    status, _headers, merged = sent("two", 1, contact__first_name="Ana")
    assert (status, 'value="Mine"' in merged) == (200, True)
    assert sent("one", 2, subject="Mine, too")[0] == 200
    assert sent("one", 1, subject="Older")[0] == 200
    assert "subject: Mine, too" in file.read_text()
    assert "first_name: Ana" in file.read_text()

    put(profiles, file.read_text().replace("Ana", "Eve"))
    assert sent("one", 3, subject="Mine, still")[0] == 200
    status, _headers, asked = sent("two", 2, contact__first_name="Anna", contact__phone="1 800 275 8777")
    assert (status, "The file says now: Eve" in unescape(asked), "The file says now: M" in asked) == (409, True, False)
    assert "first_name: Eve" in file.read_text()


def test_an_answer_that_is_not_asked_any_more_is_not_lost(writer: Visitor, profiles: Path) -> None:
    """Another page chose another topic meanwhile."""
    put(profiles, FIRST.read_text())
    tag = tag_in(writer.get("i/parcel/write"))
    save(writer, topic="general-question")

    assert writer.post("i/parcel/write", **{"tag": tag, "a.item.contents": "Three books"})[0] == 409


def test_an_own_translation_has_its_place_and_is_shown_where_it_is_checked(writer: Visitor, profiles: Path) -> None:
    """It is asked for once a message is foreign, and stays when that is."""
    file = put(profiles, FIRST.read_text())
    assert "Translation, for yourself" not in writer.get("i/parcel/write")[2]
    foreign = save(writer, message="책 세 권이 든 상자가 아직 도착하지 않았습니다. 찾아 주십시오.")[2]
    assert "as a translation (`translation`)" in foreign
    assert "Translation, for yourself" in foreign

    save(writer, translation="책 세 권이 든 상자")
    save(writer, message="A box with three books has not arrived.")
    assert (
        "translation: |\n  책 세 권이 든 상자" in file.read_text()
        or "translation: 책 세 권이 든 상자" in file.read_text()
    )
    assert "Translation, for yourself" in writer.get("i/parcel/write")[2]
    check = writer.get("i/parcel/check")[2]
    assert "Your translation, which is not sent" in check
    assert "책 세 권이 든 상자" in check


def test_a_new_topic_keeps_what_it_does_not_ask_as_comments(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, FIRST.read_text())
    _status, _headers, html = save(writer, topic="general-question", item__contents="Three books")

    assert "# contents: Three books" in file.read_text()
    assert "# tracking_number:" in file.read_text()
    assert 'name="a.item.tracking_number"' not in html


def test_a_file_with_a_mistake_in_its_yaml_is_shown_with_the_line(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, "topic: feedback\ncontact: a: b\n")
    status, _headers, html = writer.get("i/parcel/write")

    assert status == 422
    assert "Line 2" in html
    assert '<li class="wrong"><i>contact</i>' in html
    assert writer.post("i/parcel/write", **{"a.subject": "x"})[0] == 422
    assert file.read_text() == "topic: feedback\ncontact: a: b\n"


def test_what_cannot_stand_in_a_file_is_refused_and_stays_in_its_field(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, FIRST.read_text())
    _status, _headers, html = save(writer, subject="Three\u2028books", contact__first_name="Ana")

    assert "invisible character" in html
    assert "first_name: Ana" in file.read_text()
    assert "subject: Media Mail package not received" in file.read_text()


def test_hostile_text_is_shown_as_text(writer: Visitor, profiles: Path) -> None:
    put(profiles, FIRST.read_text().replace("Maria", '"<script>x</script>"') + '"<img src=x>": <b>\n')
    _status, _headers, html = writer.get("i/parcel/write?check=1")

    assert "<script>x" not in html
    assert "<img src=x" not in html
    assert "<b>\n" not in html


def test_what_is_missing_is_shown_when_asked_for(writer: Visitor, profiles: Path) -> None:
    put(profiles, "topic: feedback\n")
    quiet, asked = writer.get("i/parcel/write")[2], writer.get("i/parcel/write?check=1")[2]

    assert "answers are missing" in quiet
    assert "The form needs this." not in quiet
    assert "The form needs this." in asked


def test_each_question_of_the_form_is_checked_with_its_answer(writer: Visitor, profiles: Path) -> None:
    put(profiles, FIRST.read_text())
    _status, _headers, html = writer.get("i/parcel/check")

    assert "<bdi>What can we help you with?</bdi></th><td><bdi>Where is my package?</bdi>" in html
    assert "Oct 5, 2026" in html
    assert "Left empty on the form:" in html
    assert 'value="practice"' in html
    assert 'value="real"' in html


def test_the_check_says_whether_it_was_rehearsed_and_sent(writer: Visitor, profiles: Path, keep: Keep) -> None:
    file = put(profiles, FIRST.read_text())
    before = writer.get("i/parcel/check")[2]
    keep("20991122T174403Z-a-000001", profile=str(file), started=datetime(2099, 11, 22, tzinfo=UTC))
    rehearsed = writer.get("i/parcel/check")[2]
    sent = {"profile": str(file), "target": "live", "submitted": "unknown", "verdict": "unknown", "exit_code": 80}
    keep("20991123T174403Z-b-000002", **sent)
    after = writer.get("i/parcel/check")[2]

    # Of an app that was opened where its folders are.
    keep("20991124T174403Z-c-000003", profile="profiles/parcel.yaml", started=datetime(2099, 11, 24, tzinfo=UTC))
    assert 'datetime="2099-11-24' in writer.get("i/parcel/check")[2]
    assert "Rehearsed" in writer.get("")[2]
    assert "Not rehearsed yet" in before
    assert "Never sent for real" in before
    assert "Rehearsed <time" in rehearsed
    assert "Sent for real <time" in after
    os.utime(file, (5e9, 5e9))
    assert "Changed since the last rehearsal" in writer.get("i/parcel/check")[2]


def test_an_inquiry_that_is_not_ready_is_written_on_before_it_is_checked(writer: Visitor, profiles: Path) -> None:
    put(profiles, "topic: feedback\n")

    assert "The form needs this." in writer.get("i/parcel/check")[2]


@pytest.mark.parametrize("name", ["Meine Anfrage", "소포 문의", "50% #1?"])
def test_an_inquiry_is_found_whatever_its_file_is_called(writer: Visitor, profiles: Path, name: str) -> None:
    put(profiles, FIRST.read_text(), f"{name}.yaml")
    (place,) = re.findall(r'href="(/i/[^"]+/write)"', writer.get("")[2])

    tag = tag_in(writer.get(place))
    writer.post(place, tag=tag, **{"a.subject": "Three books"})

    assert "subject: Three books" in (profiles / f"{name}.yaml").read_text()
    check = writer.get(place.replace("write", "check"))[2]
    assert f'action="{place.replace("write", "run")}"' in check
    assert 'value="practice"' in check


def test_an_inquiry_may_end_in_yml_also_beside_one_of_the_same_name(writer: Visitor, profiles: Path) -> None:
    for name in ("only.yml", "two.yml", "two.yaml"):
        put(profiles, FIRST.read_text().replace("Media Mail package not received", name), name)
    home = writer.get("")[2]
    places = re.findall(r'href="/i/([^"]+)/write"><bdi>([^<]+)', home)

    assert sorted(places) == [("only", "only.yml"), ("two", "two.yaml"), ("two.yml", "two.yml")]
    for name, title in places:
        assert f'value="{title}"' in writer.get(f"i/{name}/write")[2]
        save(writer, name, message="From the page.")
        assert "message: From the page." in (profiles / title).read_text()
        assert f'action="/i/{name}/run"' in writer.get(f"i/{name}/check")[2]


def test_a_new_inquiry_is_not_mistaken_for_one_that_ends_in_yml(writer: Visitor, profiles: Path) -> None:
    put(profiles, "topic: feedback\n", "feedback.yml")
    writer.post("new", begin="usps-email-us:feedback")

    assert sorted(path.name for path in profiles.iterdir()) == ["feedback-2.yaml", "feedback.yml"]


def test_a_long_text_is_saved_and_one_that_no_file_can_hold_is_refused(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, FIRST.read_text())
    save(writer, message="가" * 15_000)
    kept = file.read_text()
    _status, _headers, html = save(writer, message="가" * 25_000, contact__first_name="Ana")

    assert "가" * 15_000 in kept
    assert "larger than 64 KiB" in html
    assert "가" * 25_000 in html
    assert "first_name: Ana" in file.read_text()
    assert writer.get("i/parcel/write")[0] == 200


def test_a_file_for_an_inquiry_that_has_a_mistake_is_refused_with_the_reason(writer: Visitor, profiles: Path) -> None:
    put(profiles, "form: [\n")
    status, headers, html = uploaded(writer, "attachments", "a.pdf", b"%PDF")

    assert status == 422
    assert "This file has a mistake" in html
    assert "Content-Security-Policy" in {name.title() for name in headers}
    assert not (profiles / "a.pdf").exists()


@pytest.mark.parametrize("name", ["nowhere", "..%2Fsecret", "parcel.yaml"])
def test_only_inquiries_of_the_folder_are_shown(writer: Visitor, profiles: Path, name: str) -> None:
    put(profiles, FIRST.read_text())

    assert {writer.get(f"i/{name}/{page}")[0] for page in ("write", "check")} == {404}


@pytest.mark.parametrize(
    ("place", "page"),
    [
        ("later", ""),
        ("new/batch/table", "new/batch"),
        ("new/batch/columns", "new/batch"),
        ("i/50%25%20%231%3F/files", "i/50%25%20%231%3F/write"),
        ("i/50%25%20%231%3F/run", "i/50%25%20%231%3F/write"),
    ],
)
def test_where_forms_are_sent_to_leads_to_their_page_when_it_is_loaded(
    place: str, page: str, writer: Visitor, profiles: Path
) -> None:
    """A browser has that address when what was sent was refused."""
    put(profiles, FIRST.read_text(), "50% #1?.yaml")

    with writer.open(place) as answer:
        assert answer.url == writer.home + page
    assert writer.ask(Request(writer.home + place, method="PUT", headers={"Origin": writer.origin}))[0] == 405


def test_another_origin_can_save_nothing(writer: Visitor, profiles: Path) -> None:
    file = put(profiles, FIRST.read_text())
    tag = tag_in(writer.get("i/parcel/write"))

    assert writer.post("i/parcel/write", "https://elsewhere.example", **{"tag": tag, "a.subject": "x"})[0] == 403
    assert file.read_text() == FIRST.read_text()


def test_questions_of_an_own_form_are_asked_as_it_asks_them_and_missed_at_their_place(
    writer: Visitor, profiles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever signs stand in their words."""
    config = Path(profiles.parent, "config", "autofill", "forms")
    config.mkdir(parents=True)
    (config / "club.yaml").write_text(
        "id: club\ntitle: Club\nurl: https://club.example/\npages:\n  - controls:\n"
        "      - {name: Message, value: message}\n"
        "      - {name: I have read it., value: answers.I have read it., kind: yes-no, required: yes}\n"
        "      - {name: Reply by, value: answers.Reply by, choices: [Mail, Phone], required: yes}\n"
        "    submit: Send\nconfirmation: Thanks\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(profiles.parent / "config"))
    file = put(profiles, "form: club\nmessage: Hello\n")
    page = writer.get("i/parcel/write?check=1")[2]

    assert "2 answers are missing" in page
    assert page.count("The form needs this.") == 2
    assert "1 problem" not in page
    assert re.search(r'<input type="checkbox"[^>]* name="a\.answers\.I have read it\."', page)
    assert '<input type="radio" name="a.answers.Reply by" value="Phone">' in page
    untouched = {"a.answers.Reply by": "Phone", "a.answers.I have read it.": "no"}
    page = writer.post("i/parcel/write", tag=tag_in((200, {}, page)), **untouched)[2]
    assert "1 answer is missing" in page
    assert "Reply by: Phone" in file.read_text()
    writer.post("i/parcel/write", tag=tag_in((200, {}, page)), **{"a.answers.I have read it.": "yes"})
    assert "3 answers in the form “Club”." in writer.get("i/parcel/check")[2]


def uploaded(writer: Visitor, path: str, name: str, content: bytes) -> Answer:
    boundary = "----WebKitFormBoundaryx1"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{path}"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: application/pdf\r\n\r\n" + content + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Origin": writer.origin}
    return writer.ask(Request(f"{writer.home}i/parcel/files", body, headers))


def test_a_file_is_put_beside_the_inquiry_and_into_it(
    writer: Visitor, profiles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Path(profiles.parent, "config", "autofill", "forms")
    config.mkdir(parents=True)
    (config / "shop.yaml").write_text(
        "id: shop\ntitle: Shop\nurl: https://shop.example/\npages:\n  - controls:\n"
        "      - {name: Receipt, value: attachments}\n      - {name: Photo, value: files.Photo}\n"
        "      - {name: Message, value: message, required: yes}\n"
        "      - {name: Country, value: '{{ contact.address.country | country_name }}'}\n"
        "    submit: Send\nconfirmation: Thanks\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(profiles.parent / "config"))
    file = put(profiles, "form: shop\nattachments: [a.txt]\nmessage: Hello\n")
    (profiles / "a.txt").write_text("a")
    content = b"%PDF-1.7\r\n\x00\xff--x\r\n"

    status, _headers, _html = uploaded(writer, "attachments", "../../my receipt.pdf", content)

    assert status == 200
    assert (profiles / "my-receipt.pdf").read_bytes() == content
    assert "- a.txt\n  - my-receipt.pdf\n" in file.read_text()
    for number in ("1", "2"):
        page = uploaded(writer, "files.Photo", f"{number}.png", content)[2]
    assert "1.png\n2.png</textarea>" in page
    assert "  - {file: 2.png, for: Photo}\n" in file.read_text()
    uploaded(writer, "attachments", DECOMPOSED * 200 + ".pdf", content)
    assert sum(each.name.startswith("é" * 20) for each in profiles.iterdir()) == 1  # one letter each
    assert uploaded(writer, "message", "x.pdf", content)[0] == 400
    assert uploaded(writer, "attachments", "", content)[0] == 400
    for name, data, fault in (("big.pdf", bytes(11 << 20), "is larger than 10 MiB"), ("no (1).pdf", b"", "is empty")):
        status, _headers, page = uploaded(writer, "attachments", name, data)
        assert (status, 'id="write"' in page) == (422, True)
        assert f"{name}: {fault}</bdi>" in page
    assert '<option value="KR">South Korea</option>' in page
    uploaded(writer, "attachments", "한 장 (2).pdf", content)
    assert (profiles / "한-장-2.pdf").exists()
