"""Forms of contact-congress; ten of our own making, in its format."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from textwrap import dedent, indent
from typing import NoReturn

import pytest

from autofill.errors import InvalidFile
from autofill.forms.entries import text_for
from autofill.interchange.contact_congress import read
from autofill.mapping.imported import Imported
from tests.interchange.conftest import SAMPLES, checked_map, imported_from, values_of

REPOSITORY = Path(__file__).parents[2]
CONGRESS = SAMPLES / "congress"


def test_the_table_of_the_documents_is_what_the_samples_give() -> None:
    command = [sys.executable, "docs/congress.py"]
    tables = subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY).stdout
    table = tables.partition("\n\n")[0]

    assert table in (REPOSITORY / "docs" / "imports.md").read_text(encoding="utf-8")
    assert table.count("a plan of") == 9


def test_variables_are_fields_of_an_inquiry(tmp_path: Path) -> None:
    form_map = checked_map(imported_from(CONGRESS / "X000003.yaml"), tmp_path)

    controls = {each.css: each for each in form_map.pages[0].controls}
    assert controls["#zip5"].value == "{{ contact.address.postal_code | slice(0, 5) }}"
    assert controls["#state"].value == "{{ contact.address.state | state_name }}"
    assert controls["#topic"].choices == {
        "agriculture": "Agriculture",
        "foreign-affairs": "Foreign Affairs",
        "other": "Other",
    }
    assert form_map.confirmation.proof.text == "Thank you for writing"


def test_limits_pages_and_fixed_values(tmp_path: Path) -> None:
    two, four, nine = (checked_map(imported_from(CONGRESS / f"X00000{n}.yaml"), tmp_path) for n in (2, 4, 9))

    limits = [each.limit.max for each in two.pages[0].controls if each.limit]
    assert limits == [80]
    assert [page.button.name for page in four.pages if page.button] == ["Submit", "Send e-mail"]
    assert {("reference", "Letter from {{ contact.last_name }}"), ("area", "{{ 'Washington office' }}")} <= {
        *values_of(nine)[0]
    }


def test_what_has_no_counterpart_is_listed_with_its_line() -> None:
    for name in ("X000005", "X000008", "X000010"):
        file = CONGRESS / f"{name}.yaml"
        lines = file.read_text().splitlines()
        for each in imported_from(file).left:
            assert each.line > 0
            assert each.field in {"submit", "find"} or each.field in "".join(lines[each.line - 4 : each.line])


@pytest.mark.parametrize(
    ("text", "line"),
    [("- a", 1), ("bioguide: x", 1), ("contact_form:\n  steps: no", 1), ("a: [\n", 2), ("a: &x b\nb: *x", 2)],
)
def test_a_file_that_is_wrong_is_said_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InvalidFile) as wrong:
        read(text, "m.yaml")

    assert line in [each.line for each in wrong.value.problems]


def form_of(steps: str, folder: Path, more: str = "") -> Imported:
    """What a form gives that has these steps after its address."""
    file = folder / "m.yaml"
    file.write_text(f"contact_form:\n  steps:\n    - visit: https://a.example/\n{indent(dedent(steps), '    ')}{more}")
    return imported_from(file)


def test_radios_that_stand_for_a_topic_are_one_choice(tmp_path: Path) -> None:
    made = form_of(
        """\
        - choose:
            - name: issue
              selector: "[type='radio'][name='issue']"
              value: $TOPIC
              required: true
              options: {"U.S. Postal Service": USPS, "Taxes": Tax}
            - {name: reply, selector: "input[name='reply']", value: "yes"}
            - {name: news, selector: "#news_2", value: none}
        """,
        tmp_path,
    )

    issue, reply, news = checked_map(made, tmp_path).pages[0].controls
    assert (issue.kind, issue.value) == ("choice", "topic")
    assert issue.choices == {"u-s-postal-service": "U.S. Postal Service", "taxes": "Taxes"}
    # Of several of one name it is the one with that value; an id says it already.
    assert (reply.kind, reply.value, reply.css) == ("yes-no", "yes", "input[name='reply'][value=\"yes\"]")
    assert news.css == "#news_2"


def test_a_fixed_choice_is_written_in_the_words_that_people_see(tmp_path: Path) -> None:
    made = form_of(
        """\
        - select:
            - {name: a, selector: "#a", value: "Y", options: {"Yes, please": "Y", "No": "N"}}
            - {name: b, selector: "#b", value: Yes, options: [Yes, No]}
            - {name: c, selector: "#c", value: OH, options: US_STATES_AND_TERRITORIES}
            - {name: d, selector: "#d", value: $ADDRESS_STATE_POSTAL_ABBREV, options: US_STATES_AND_TERRITORIES}
        """,
        tmp_path,
    )

    values = dict(values_of(checked_map(made, tmp_path))[0])
    state = "{{ contact.address.state | state_name }}"
    assert values == {"a": "{{ 'Yes, please' }}", "b": "{{ 'Yes' }}", "c": "{{ 'Ohio' }}", "d": state}
    # The file has codes only: that the list shows names is a guess, which is told.
    assert [each.field for each in made.left if "state names" in each.message] == ["c", "d"]


def test_a_fixed_text_keeps_its_quotes_and_signs(tmp_path: Path) -> None:
    made = form_of(
        r"""
        - fill_in:
            - {name: a, selector: "#a", value: "5'6\" \\ 100% {{ 7 * 7 }}"}
            - {name: b, selector: "#b", value: "It's $NAME_LAST's 50%"}
        - select:
            - {name: c, selector: "#c", value: "Women's Issues", options: ["Women's Issues", Other]}
            - {name: d, selector: "#d", value: W, options: {"Seniors' Issues": S, "Women's Issues": W}}
        """,
        tmp_path,
    )

    a, b, c, d = checked_map(made, tmp_path).pages[0].controls
    inquiry = {"contact.last_name": "O'Brien"}
    entered = [text_for(each, inquiry) for each in (a, b, c, d)]
    assert entered == ["5'6\" \\ 100% {{ 7 * 7 }}", "It's O'Brien's 50%", "Women's Issues", "Women's Issues"]


def test_each_choice_of_a_list_is_kept_and_what_is_none_is_not(tmp_path: Path) -> None:
    made = form_of(
        """\
        - select:
            - {name: rank, selector: "#a", value: $NAME_PREFIX, options: ["-- select --", CPL, Cpl, "Cpl."]}
            - {name: topic, selector: "#b", value: $TOPIC, options: {"Please choose": "", "Select Committees": s}}
            - {name: list, selector: "#c", value: $LIST, options: {AG: Farming, SOC.SERV: Social Services, NASA: NASA}}
            - {name: pick, selector: "#d", value: $PICK, options: {"\\n\\t-- Coast": C, "\\n\\tEast  coast": E, West: }}
        """,
        tmp_path,
    )

    rank, topic, turned, pick = (dict(each.choices) for each in checked_map(made, tmp_path).pages[0].controls)
    assert rank == {"cpl": "CPL", "cpl-2": "Cpl", "cpl-3": "Cpl."}
    assert topic == {"select-committees": "Select Committees"}
    # Some files have the codes where the format has the words.
    assert turned == {"farming": "Farming", "social-services": "Social Services", "nasa": "NASA"}
    assert pick == {"east-coast": "East coast", "west": "West"}


def test_a_state_goes_by_its_code_whichever_way_a_file_writes_its_list(tmp_path: Path) -> None:
    made = form_of(
        """\
        - select:
            - {name: a, selector: "#a", value: $ADDRESS_STATE_POSTAL_ABBREV, options: ["--", Ohio, AA]}
            - {name: b, selector: "#b", value: $ADDRESS_STATE_POSTAL_ABBREV, options: {"--": "null", OH: OH, AA: AA}}
            - {name: c, selector: "#c", value: $ADDRESS_STATE_FULL, options: ["AA", "Ohio "]}
            - {name: d, selector: "#d", value: $ADDRESS_STATE, options: {OH: Ohio, AA: Armed Forces}}
            - {name: e, selector: "#e", value: $ADDRESS_STATE_POSTAL_ABBREV}
            - {name: state, selector: "#f", value: OH, options: []}
        """,
        tmp_path,
    )

    *named, bare, fixed = checked_map(made, tmp_path).pages[0].controls
    assert [text_for(each, {"contact.address.state": "OH"}) for each in named] == ["Ohio", "OH", "Ohio", "Ohio"]
    # Of these two no words are known.
    assert bare.value == "{{ contact.address.state | state_name }}"
    assert fixed.value == "{{ 'Ohio' }}"
    assert [each.field for each in made.left if "state names" in each.message] == ["e", "state"]


def test_a_step_in_the_wrong_place_is_what_it_is(tmp_path: Path) -> None:
    made = form_of(
        """\
        - click_on: [{value: Submit, selector: "#send"}]
        - fill_in:
            - {name: topic, selector: "form select[name='topic']", value: $TOPIC, options: {Taxes: T}}
        - choose: {name: reply, selector: reply-yes_1, value: "Y"}
        - select:
            - {name: empty, selector: "#empty"}
            - click_on:
              value: Send
              selector: "#send"
        """,
        tmp_path,
    )

    (page,) = checked_map(made, tmp_path).pages
    topic, reply = page.controls
    assert (topic.kind, topic.choices) == ("choice", {"taxes": "Taxes"})
    assert (reply.kind, reply.css) == ("yes-no", "#reply-yes_1")
    assert page.button
    assert page.button.name == "Send"
    # What would send an empty form, the id that lacks its sign, and the list without a value are told.
    listed = [(each.line, each.field) for each in made.left if each.line > 1]
    assert listed == [(4, "Submit"), (7, "reply-yes_1"), (9, "empty")]


def test_a_fixed_choice_that_the_list_does_not_have_is_told(tmp_path: Path) -> None:
    made = form_of(
        """\
        - select:
            - {name: a, selector: "#a", value: "Yes", options: {"Yes, please": "Y", "No": "N"}}
            - {name: b, selector: "#b", value: N, options: {"Yes, please": "Y", "No": "N"}}
        """,
        tmp_path,
    )

    assert [each.field for each in made.left if "none of the choices" in each.message] == ["a"]


def test_a_captcha_is_one_even_if_the_file_says_not_where(tmp_path: Path) -> None:
    made = form_of(
        """\
        - fill_in:
            - {name: robot, captcha_selector: "#c", value: $CAPTCHA_SOLUTION}
            - {name: text, selector: "#text", value: $MESSAGE}
        """,
        tmp_path,
    )

    assert [each.line for each in made.left if "CAPTCHA" in each.message] == [5]


def test_a_telephone_number_goes_in_with_hyphens_where_a_file_wants_it(tmp_path: Path) -> None:
    made = form_of("- fill_in: [{name: call, selector: '#call', value: $PHONE_HYPHENS}]\n", tmp_path)

    (call,) = checked_map(made, tmp_path).pages[0].controls
    assert text_for(call, {"contact.phone": "(503) 555-0132"}) == "503-555-0132"


def test_a_click_without_words_in_between_leaves_the_next_button_one(tmp_path: Path) -> None:
    made = form_of(
        """\
        - fill_in: [{name: zip, selector: "#zip", value: $ADDRESS_ZIP5}]
        - click_on: [{selector: "#news"}]
        - wait: [{value: 1}]
        - click_on: [{selector: "input.btn"}]
        - fill_in: [{name: text, selector: "#text", value: $MESSAGE}]
        - click_on: [{selector: "#send", value: Send}]
        """,
        tmp_path,
    )

    assert [len(page.controls) for page in checked_map(made, tmp_path).pages] == [1, 1]


def test_of_several_clicks_at_once_the_last_is_the_button(tmp_path: Path) -> None:
    made = form_of(
        """\
        - fill_in: [{name: text, selector: "#text", value: $MESSAGE}]
        - click_on: [{selector: "#news", value: yes}, {selector: "#send", value: Send}]
        """,
        tmp_path,
    )

    (page,) = checked_map(made, tmp_path).pages
    assert page.button
    assert page.button.name == "Send"
    assert [each.line for each in made.left if "a click on what" in each.message] == [5]


def test_settings_that_a_map_has_not_are_listed(tmp_path: Path) -> None:
    made = form_of(
        """\
        - recaptcha
        - wait:
        - fill_in:
            - {name: text, selector: "#a", value: $MESSAGE, maxlength: 100, reqired: yes, options: {blacklist: "()"}}
            - {name: mail, selector: "#b", value: $EMAIL, required: TRUE, options: {allows_plus: false}}
        """,
        tmp_path,
        "  fill_in: [{name: lost, selector: '#c'}]\n",
    )

    text, mail = checked_map(made, tmp_path).pages[0].controls
    assert text.limit
    assert (text.limit.max, text.required, mail.required) == (100, False, True)
    listed = {each.field for each in made.left}
    assert {"recaptcha", "wait", "reqired", "blacklist", "allows_plus", "fill_in"} <= listed


def test_words_of_success_are_read_as_people_see_them(tmp_path: Path) -> None:
    steps = """\
        - fill_in: [{name: a, selector: "#a", value: $EMAIL}]
        - click_on: [{selector: "#send", value: Send}]
        """
    words = '  success: {body: {contains: "<h1>Thank&nbsp;you</h1>\\n for writing"}}\n'

    made = form_of(steps, tmp_path, words)

    assert checked_map(made, tmp_path).confirmation.proof.text == "Thank you for writing"


@pytest.mark.parametrize("name", ["input_1.3", "form_fields[field_d603809]", "gen-fieldid-12"])
def test_names_without_words_give_way_as_well(name: str, tmp_path: Path) -> None:
    made = form_of(f"- fill_in: [{{name: '{name}', selector: '#a', value: $NAME_LAST}}]\n", tmp_path)

    assert values_of(checked_map(made, tmp_path)) == [[("Name last", "contact.last_name")]]


def test_a_name_keeps_its_words_and_loses_those_of_its_program(tmp_path: Path) -> None:
    steps = "- fill_in: [{name: 'ctl00$ctl14$LastName', selector: '#a', value: $NAME_LAST}]\n"

    assert values_of(checked_map(form_of(steps, tmp_path), tmp_path)) == [[("LastName", "contact.last_name")]]


def test_the_command_over_a_folder_says_what_each_file_gives(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_bytes((CONGRESS / "X000001.yaml").read_bytes())
    (tmp_path / "n.yaml").write_text("contact_form:\n\tsteps: []\n")
    step = "- fill_in: [{name: a, selector: '#a', value: $EMAIL}]"
    (tmp_path / "o.yaml").write_text(f"contact_form:\n  steps:\n    {step}\n")
    command = [sys.executable, "docs/congress.py", str(tmp_path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY).stdout

    assert "| m | 8 | 0 | a plan of 1 page |" in told
    assert "| n |  |  | no map: line 2: a tab cannot indent; use spaces |" in told
    assert "| o |  |  | no map: the file opens no form |" in told


def test_the_command_fails_for_what_gives_neither_map_nor_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY / "docs"))
    congress = importlib.import_module("congress")
    (tmp_path / "m.yaml").write_bytes((CONGRESS / "X000001.yaml").read_bytes())
    (tmp_path / "n.yaml").write_bytes((CONGRESS / "X000002.yaml").read_bytes())

    def broken(file: Path) -> NoReturn:
        raise IndexError(file.stem)

    assert congress.main(tmp_path) == 0
    monkeypatch.setattr(congress, "read_flow", broken)
    assert congress.main(tmp_path) == 1
    assert "| n |  |  | neither a map nor a reason: IndexError |" in capsys.readouterr().out
    assert congress.main(tmp_path / "nothing") == 1


def test_a_button_without_words_leads_on_where_more_is_filled_in_after_it(tmp_path: Path) -> None:
    made = form_of(
        """\
        - click_on: [{selector: "a.close-box"}]
        - fill_in: [{name: zip, selector: "#zip", value: $ADDRESS_ZIP5, required: Yes}]
        - click_on: [{selector: "form#zip button#submit"}]
        - fill_in: [{name: text, selector: "#text", value: $MESSAGE, required: Yes}]
        - click_on: [{value: Send, selector: "#send"}]
        - javascript: [{value: "x.click()"}]
        - click_on: [{value: Send, selector: "#send"}]
        """,
        tmp_path,
    )

    pages = checked_map(made, tmp_path).pages
    assert [[each.name for each in page.controls] for page in pages] == [["zip"], ["text"]]
    assert [page.button.name for page in pages if page.button] == ["Submit", "Send"]
    listed = [each.message for each in made.left]
    assert sum("the button's words" in each for each in listed) == 1
    assert sum("again" in each for each in listed) == 1  # a run that pressed twice would send twice


def test_code_that_sends_stands_for_a_button(tmp_path: Path) -> None:
    made = form_of(
        """\
        - fill_in: [{name: zip, selector: "#zip", value: $ADDRESS_ZIP5, required: Yes}]
        - javascript: [{value: "document.querySelector('.zipform').submit();"}]
        - fill_in: [{name: text, selector: "#text", value: $MESSAGE, required: Yes}]
        - javascript: [{value: "document.forms[1].submit()"}]
        """,
        tmp_path,
    )

    assert [len(page.controls) for page in checked_map(made, tmp_path).pages] == [1, 1]
    assert [each.line for each in made.left if "the button's words" in each.message] == [5, 7]


def test_nothing_of_a_file_is_dropped_in_silence(tmp_path: Path) -> None:
    made = form_of(
        """\
        - fill_in:
            - {name: text, selector: "#text", value: $MESSAGE, max_length: 1000}
            - {name: trap, selector: "#trap", value: ""}
        """,
        tmp_path,
        "  success: {body: {matches: Thank.*}}\n  retry: [{reason: captcha, contains: wrong}]\n",
    )

    (text,) = checked_map(made, tmp_path).pages[0].controls
    assert text.limit is not None
    assert text.limit.max == 1000
    assert {"retry", "success", "trap"} <= {each.field for each in made.left}


def test_generated_names_give_way_to_what_goes_in(tmp_path: Path) -> None:
    made = form_of(
        """\
        - fill_in:
            - name: field_d050d408-36b0-47b7-9597-a53aa3ed3d46
              selector: "#field_d050d408-36b0-47b7-9597-a53aa3ed3d46"
              value: $NAME_FIRST
        """,
        tmp_path,
    )

    assert values_of(checked_map(made, tmp_path)) == [[("Name first", "contact.first_name")]]


def test_an_old_address_is_written_as_a_run_needs_it(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    step = "- fill_in: [{name: a, selector: '#a', value: $EMAIL}]"
    file.write_text(f"contact_form:\n  steps:\n    - visit: http://a.example/x?y=1\n    {step}\n")
    made = imported_from(file)

    assert checked_map(made, tmp_path).site.url == "https://a.example/x?y=1"
    assert [each.line for each in made.left if "https" in each.message] == [3]


def test_what_is_no_address_gives_no_map(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    step = "- fill_in: [{name: a, selector: '#a', value: $EMAIL}]"
    file.write_text(f"contact_form:\n  steps:\n    - visit: 'http://['\n    {step}\n")

    with pytest.raises(LookupError):
        imported_from(file)


def test_a_value_cannot_bring_in_code(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    step = "- fill_in: [{name: a, selector: '#a', value: \"{{ 7 * 7 }}' ~ x $EMAIL {% raw %}\"}]"
    file.write_text(f"contact_form:\n  steps:\n    - visit: https://a.example/\n    {step}\n")

    form_map = checked_map(imported_from(file), tmp_path)

    assert form_map.pages[0].controls[0].fields == ("contact.email",)
    assert "7 * 7 }}" not in form_map.pages[0].controls[0].value
