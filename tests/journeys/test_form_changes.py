"""A form that is changed between two runs: what is found again is filled and told, all else stops before it types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.test_one_page import autofill
from tests.journeys.two_pages import GONE, MAIL, MESSAGE, NAME, NICK, RENAMED, SENT, STATE, TAX, Form, two_pages


@pytest.fixture
def form(tmp_path: Path) -> Iterator[Form]:
    with two_pages(tmp_path) as form:
        yield form


def test_a_form_that_is_as_it_was_goes_on_in_silence_and_is_kept_without_a_word_of_the_inquiry(
    form: Form, own_state: Path
) -> None:
    for _ in range(2):
        told = form.run()
        assert (told["verdict"], told["faults"]) == ("confirmed", [])

    kept = (form.folder / told["recording"] / "data" / "fingerprint.json").read_text(encoding="utf-8")
    seen = json.loads(kept)
    assert [[each["words"] for each in page["controls"]] for page in seen["pages"]] == [
        ["Your name", "E-mail address", "State"],
        ["Message"],
    ]
    (file,) = (own_state / "autofill" / "fingerprints" / "two-pages").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert not any(word in text for word in ("Ana", "ana@", "damaged") for text in (kept, file.read_text("utf-8")))
    assert form.sent == [SENT, SENT]


def test_what_is_found_again_for_certain_is_filled_there_and_told(form: Form) -> None:
    """Again in the run after, as the map is still what it was."""
    form.run()
    form.show(one=NAME + RENAMED + STATE)

    for _ in range(2):
        told = form.run()

        assert (told["verdict"], [fault.partition(":")[0] for fault in told["faults"]]) == ("confirmed", ["repaired"])
        assert "“E-mail address” was found again as “Your e-mail address”." in told["faults"][0]
        assert "autofill forms diff" in told["faults"][0]
    assert form.sent[-1] == SENT


def test_a_name_that_was_typed_is_kept_nowhere_though_the_page_calls_a_control_by_it(
    form: Form, own_state: Path
) -> None:
    form.run()
    form.show(two=MESSAGE.replace("Message *", "Message of ${window.typed.name} *"))

    told = form.run()

    assert told["verdict"] == "confirmed"
    kept = [*own_state.rglob("*.json"), form.folder / told["recording"] / "data" / "fingerprint.json"]
    assert len(kept) > 1
    assert [file.name for file in kept if "Núñez" in json.dumps(json.loads(file.read_text()), ensure_ascii=False)] == []
    assert "Núñez" not in autofill(form.folder, "forms", "diff", "two-pages.yaml")[1]


@pytest.mark.long
def test_pages_of_one_name_are_compared_each_with_itself(form: Form) -> None:
    """Pages without a title or heading of their own are called as the form is."""
    file = form.folder / "two-pages.yaml"
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("title: About you\n    ", "").replace("heading: Your message\n    ", ""), "utf-8")
    form.run()
    form.show(two=MESSAGE.replace("Message *", "Your message to us *"))

    told = form.run()

    assert (told["verdict"], [fault.partition(":")[0] for fault in told["faults"]]) == ("confirmed", ["repaired"])
    assert form.sent[-1] == SENT


@pytest.mark.long
def test_a_page_is_known_again_by_the_first_of_its_controls_under_new_words(form: Form) -> None:
    form.run()
    form.show(one=NAME.replace("Your name", "Your full name") + MAIL + STATE)

    told = form.run()

    assert (told["verdict"], [fault.partition(":")[0] for fault in told["faults"]]) == ("confirmed", ["repaired"])
    assert form.sent[-1] == SENT


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        (GONE, MESSAGE, "“E-mail address” is gone."),
        (NAME + MAIL + STATE + TAX, MESSAGE, "“Tax number” is new, and it is required."),
        (NAME + MAIL + STATE.replace("Maine", "Ohio"), MESSAGE, "“State” no longer offers Maine."),
        (NAME + MAIL + STATE, TAX, "“Message” is gone."),
    ],
    ids=["removed", "new and required", "answer gone", "second page"],
)
def test_what_is_not_certain_stops_before_anything_is_typed(form: Form, one: str, two: str, words: str) -> None:
    form.run()
    form.show(one=one, two=two)

    told = form.run()

    assert (told["exit_code"], told["verdict"], told["retry_safe"]) == (76, "not-submitted", True)
    assert words in told["error"]
    assert len(form.sent) == 1


@pytest.mark.long
def test_a_list_under_other_words_offers_what_it_offered(form: Form) -> None:
    form.run()
    form.show(one=NAME + MAIL + STATE.replace(">State<", ">State or territory<"))

    told = form.run()

    assert (told["verdict"], [fault.partition(":")[0] for fault in told["faults"]]) == ("confirmed", ["repaired"])
    assert form.sent[-1] == SENT


def test_a_trap_with_the_words_of_what_is_gone_is_not_filled(form: Form) -> None:
    """The map finds it, but people do not see it, and saw what was there before."""
    form.run()
    trap = f'<div style="position: absolute; left: -9999px">{MAIL.replace(" required", "")}</div>'
    form.show(one=NAME + trap + STATE)

    told = form.run()

    assert told["exit_code"] == 76
    assert "“E-mail address” is gone." in told["error"]
    assert form.sent == [SENT]


@pytest.mark.long
def test_without_a_run_before_only_what_the_map_misses_stops_a_run(form: Form) -> None:
    form.show(one=GONE)
    told = form.run()
    assert (told["exit_code"], "“E-mail address” is gone." in told["error"]) == (76, True)

    form.show(one=NAME + MAIL + STATE + TAX.replace(" required", ' required value="none"'))
    told = form.run()
    assert told["verdict"] == "confirmed"
    assert told["faults"] == ["not-mapped: “Tax number” is required, and the form map does not have it."]


@pytest.mark.long
def test_what_is_harmless_is_told_and_a_trap_is_neither_told_nor_filled(form: Form) -> None:
    form.run()
    trap = '<p style="position:absolute;left:-9999px"><label>Leave this empty <input name="website"></label>'
    form.show(one=NAME + MAIL + STATE.replace("<option>Texas", "<option>Texas<option>Ohio") + trap + NICK)

    told = form.run()

    assert told["verdict"] == "confirmed"
    assert sorted(told["faults"]) == [
        "form-changed: “Nickname” is new.",
        "form-changed: “State” now also offers Ohio.",
    ]
    assert {key: form.sent[-1][key] for key in ("website", "nick")} == {"website": "", "nick": ""}
    assert form.run()["faults"] == []


@pytest.mark.long
def test_what_cannot_be_read_any_more_is_as_if_it_were_not_there_and_is_said(form: Form, own_state: Path) -> None:
    form.run()
    (file,) = (own_state / "autofill" / "fingerprints" / "two-pages").iterdir()
    file.write_bytes(b"{")

    told = form.run()

    assert (told["verdict"], [fault.partition(":")[0] for fault in told["faults"]]) == ("confirmed", ["fingerprint"])
    assert form.run()["faults"] == []
