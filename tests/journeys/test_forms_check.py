"""A form is looked at without typing: what has changed is said to people and programs, and the map can be corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from platformdirs import user_state_path

from autofill.running.checks import FormCheck
from tests.conftest import one_in
from tests.journeys.test_one_page import autofill
from tests.journeys.two_pages import GONE, MESSAGE, NAME, NICK, RENAMED, STATE, Form, two_pages


@pytest.fixture
def form(tmp_path: Path) -> Iterator[Form]:
    with two_pages(tmp_path) as form:
        yield form


def check(form: Form, *more: str) -> tuple[int, str]:
    """Exit code of a look at the form, and what it says."""
    return autofill(form.folder, "forms", "check", "two-pages.yaml", "--url", form.site.url, *more)


def test_a_form_as_mapped_ends_with_0_and_says_which_pages_were_not_seen(form: Form) -> None:
    code, said = check(form)
    assert (code, said.splitlines()[0]) == (0, "two-pages is as mapped, as far as it was seen.")
    assert "Your message: not seen" in said
    assert {asked.split()[0] for asked in form.site.requests} == {"GET"}


def test_changes_are_said_in_words_as_json_and_for_a_nightly_job(form: Form) -> None:
    """Compared with what the last run saw, also what the map does not know counts."""
    form.run()
    form.show(one=GONE + NICK.replace("Nickname", "Nick_name [or none]"))

    code, said = check(form)
    told = json.loads(check(form, "--json")[1])
    markdown = check(form, "--format", "markdown")[1]
    github = check(form, "--format", "github")[1].splitlines()

    assert code == told["exit_code"] == 76
    assert "About you: “E-mail address” is gone." in said
    assert told["schema"] == "autofill.forms-check/1"
    assert [(each["kind"], each["control"]) for each in told["pages"][0]["changes"]] == [
        ("removed", "E-mail address"),
        ("added", "Nick_name [or none]"),
    ]
    assert [page["seen"] for page in told["pages"]] == [True, False]
    assert FormCheck.model_validate(told, extra="ignore").since
    assert r"- **About you:** “Nick\_name \[or none\]” is new." in markdown.splitlines()
    title = "title=two-pages%3A About you"
    assert f"::warning file=two-pages.yaml,{title}::“Nick_name [or none]” is new." in github
    assert len(form.sent) == 1


def test_live_looks_at_the_form_where_its_map_says_that_it_is(form: Form) -> None:
    file = form.folder / "two-pages.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("https://www.acme.example/", f"{form.site.url}/"))
    live = ("forms", "check", "two-pages.yaml", "--live")

    assert autofill(form.folder, *live)[0] == 0
    assert autofill(form.folder, *live[:-1])[0] == 0  # on this computer that is where it is practised, too
    form.show(one=GONE)
    code, said = autofill(form.folder, *live)

    assert (code, "About you: “E-mail address” is gone." in said) == (76, True)
    assert {asked.split()[0] for asked in form.site.requests} == {"GET"}


def test_a_form_that_the_practice_site_cannot_have_is_not_called_changed(form: Form) -> None:
    assert autofill(form.folder, "forms", "check", "two-pages.yaml")[0] == 78
    assert form.site.requests == []


@pytest.mark.parametrize("status", [404, 503])
def test_a_site_that_answers_with_an_error_has_not_changed_its_form(status: int, form: Form) -> None:
    form.site.answers["GET /"] = (status, "<h1>Back soon</h1>")
    assert check(form)[0] == 69


def test_a_form_that_shows_nothing_before_it_may_send_is_not_called_changed(tmp_path: Path) -> None:
    """A chat begins with a request to its server, which a look at it never makes."""
    assert autofill(tmp_path, "forms", "check", "usps-chat")[0] == 69


def test_what_another_version_kept_of_a_form_counts_as_nothing(form: Form) -> None:
    form.run()
    (kept,) = user_state_path("autofill").glob("fingerprints/two-pages/*.json")
    told = json.loads(kept.read_bytes())
    told["pages"][0]["controls"][0]["colour"] = "blue"
    kept.write_text(json.dumps(told), encoding="utf-8")

    code, said = check(form, "--json")

    assert (code, json.loads(said)["since"]) == (0, None)


def test_a_form_that_cannot_be_opened_ends_with_69(form: Form) -> None:
    form.site.server.shutdown()
    form.site.server.server_close()
    assert check(form)[0] == 69


@pytest.mark.parametrize("looked", one_in(2, ["by a run", "by a check"]))
def test_the_corrected_map_is_shown_written_and_then_nothing_is_left_to_say(form: Form, looked: str) -> None:
    form.run()
    form.show(one=NAME + RENAMED + STATE)
    told = form.run() if looked == "by a run" else {}
    if not told:
        assert check(form)[0] == 76

    for what in ("two-pages.yaml", *((told["recording"],) if told else ())):
        more = ("two-pages.yaml",) if what != "two-pages.yaml" else ()
        code, said = autofill(form.folder, "forms", "diff", what, *more)
        assert code == 0
        before, after = [line for line in said.splitlines() if line.startswith(("-", "+"))][2:]
        assert (before[0], "name: E-mail address" in before) == ("-", True)
        assert (after[0], "name: Your e-mail address," in after) == ("+", True)

    assert autofill(form.folder, "forms", "diff", "two-pages.yaml", "--write", "corrected.yaml")[0] == 0
    corrected = Path(form.folder / "corrected.yaml").read_text(encoding="utf-8")
    assert ("Your e-mail address" in corrected, "name: E-mail address" in corrected) == (True, False)
    (form.folder / "two-pages.yaml").write_text(corrected.replace("id: corrected", "id: two-pages"), encoding="utf-8")
    told = form.run()
    assert (told["verdict"], told["faults"]) == ("confirmed", [])


@pytest.mark.long
def test_a_control_that_is_found_by_typed_words_alone_gives_no_correction(form: Form) -> None:
    """The second page calls it by the name that was typed on the first, which no map can hold."""
    form.run()
    form.show(two=MESSAGE.replace(">Message *<", ">Message from Ana Núñez *<"))

    told = form.run()

    (fault,) = [each for each in told["faults"] if each.startswith("repaired")]
    assert fault == "repaired: “Message” was found again as “Message from [withheld: contact.name]”."
    assert told["verdict"] == "confirmed"
    assert autofill(form.folder, "forms", "diff", "two-pages.yaml")[0] == 66
    assert autofill(form.folder, "forms", "diff", told["recording"], "two-pages.yaml")[0] == 66


def test_a_map_is_corrected_as_it_was_written(form: Form) -> None:
    """Comments, order and quotes of its writer stay, and it is called as its file is."""
    file = form.folder / "two-pages.yaml"
    written = "# Ask Kim before you change this.\n" + file.read_text(encoding="utf-8").replace(
        "required: yes}\n      - {name: State", "required: 'yes'}  # since spring\n      - {name: State"
    )
    file.write_text(written, encoding="utf-8")
    form.show(one=NAME + RENAMED + STATE)
    assert check(form)[0] == 76

    code, said = autofill(form.folder, "forms", "diff", "two-pages.yaml", "--write", "mended.yaml")

    new = written.replace("name: E-mail address", "name: Your e-mail address")
    assert (code, new == written) == (0, False)
    assert (form.folder / "mended.yaml").read_text(encoding="utf-8") == new.replace("id: two-pages", "id: mended")
    lines = [line[1:].strip() for line in said.splitlines() if line.startswith("+") and line[1] == " "]
    assert lines == ["- {name: Your e-mail address, value: contact.email, required: 'yes'}  # since spring"]


@pytest.mark.long
def test_what_a_later_check_sees_as_mapped_again_needs_no_correction(form: Form) -> None:
    form.run()
    form.show(one=NAME + RENAMED + STATE)
    form.run()
    assert autofill(form.folder, "forms", "diff", "two-pages.yaml")[0] == 0
    form.show()

    assert check(form)[0] == 0
    assert autofill(form.folder, "forms", "diff", "two-pages.yaml")[0] == 66


def test_without_anything_found_again_there_is_nothing_to_correct(form: Form) -> None:
    assert autofill(form.folder, "forms", "diff", "two-pages.yaml")[0] == 66
