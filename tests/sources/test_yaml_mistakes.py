"""Group A: what people type wrong in YAML is told by its cause, on the line where they typed it."""

from __future__ import annotations

import pytest
import yaml

from autofill.errors import InvalidFile
from autofill.sources import strict_yaml
from autofill.sources.source import parse_source

INDENTATION = "the indentation does not fit"
COLON = "no space after the colon"
WIDE = "this is a full-width colon"
SECOND = "a second `: ` on one line"
CURLY = "curly quotes"
NO_NAME = "this line has no `name: `"
START = "a text cannot begin with this character"
TAB = "a tab cannot indent"

MISTAKES = {
    # indentation
    "a line too deep": ("contact:\n  first_name: A\n   last_name: B\n", f"3:4: {INDENTATION}"),
    "a line not deep enough": ("contact:\n    first_name: A\n  last_name: B\n", f"3:3: {INDENTATION}"),
    "a top line indented": ("contact:\n  email: a\n form: x\n", f"3:2: {INDENTATION}"),
    "the first line indented": ("  form: x\ntopic: y\n", f"2:1: {INDENTATION}"),
    "items that do not line up": ("attachments:\n  - a\n - b\n", f"3:2: {INDENTATION}"),
    "a name below items": ("a:\n  - b\n  c: d\n", f"3:3: {INDENTATION}"),
    "a text that moves left": ("message: |\n   one\n  two\nform: x\n", f"3:3: {INDENTATION}"),
    # tabs
    "a tab first": ("contact:\n\tfirst_name: A\n", f"2:1: {TAB}"),
    "a tab later": ("contact:\n  first_name: A\n\tlast_name: B\n", f"3:1: {TAB}"),
    "a tab in a text": ("message: |\n\ta\n\tb\n", f"2:1: {TAB}"),
    "a tab after spaces": ("contact:\n  \tfirst_name: A\n  last_name: B\n", f"2:3: {TAB}"),
    # the space after the colon
    "no space, first": ("contact:\n  first_name:Tam\n  last_name: D\n", f"2:3: {COLON}"),
    "no space, later": ("contact:\n  last_name: D\n  first_name:Tam\n  email: q\n", f"3:3: {COLON}"),
    "no space, last": ("form: x\ntopic:y\n", f"2:1: {COLON}"),
    "no space, then comments": ("form:x\n# why\n\ntopic: y\n", f"1:1: {COLON}"),
    "no space anywhere": ("form:x\ntopic:y\n", f"1:1: {COLON}"),
    "no space in quotes": ('form: x\n"topic":y\n', COLON),
    "a full-width colon, first": ("contact:\n  first_name：Tam\n  last_name: D\n", f"2:3: {WIDE}"),
    "a full-width colon, later": ("form: x\ntopic： y\nsubject: z\n", f"2:1: {WIDE}"),
    "full-width colons everywhere": ("form： x\ntopic： y\n", f"1:1: {WIDE}"),
    # a second one
    "a second colon": ("subject: Lost: parcel\n", f"1:14: {SECOND}"),
    "a colon at the end": ("subject: Re:\n", f"1:12: {SECOND}"),
    "a second colon in a list": ("attachments:\n  - a: b: c\n", f"2:9: {SECOND}"),
    # quotes
    "an apostrophe first": ("subject: 'Tis lost\nform: x\n", "1:10: a quote opens here and never closes"),
    "a quote not closed": ('subject: "lost\nform: x\n', "1:10: a quote opens here and never closes"),
    "closed by the next": ('a: "foo\nb: "bar"\n', "1:4: a quote opens here and closes only on line 2"),
    "an apostrophe inside": ("subject: 'It's lost'\n", "1:14: text follows the closing quote"),
    "quotes inside": ('subject: "He said "hi" to me"\n', "text follows the closing quote"),
    "curly quotes around a colon": ("subject: “Lost: parcel”\n", f"1:15: {CURLY}"),
    # texts
    "a text not indented": ("message: My parcel\ndid not arrive.\nform: x\n", f"2:1: {NO_NAME}"),
    "a block not indented": ("message: |\n  My parcel\ndid not arrive.\nform: x\n", f"3:1: {NO_NAME}"),
    "a text behind its bar": ("message: | My parcel\n  is lost\n", "1:12: a text after `|`"),
    "an at sign": ("subject: @home\n", f"1:10: {START}"),
    "a percent sign": ("subject: %off\n", f"1:10: {START}"),
    "asterisks": ("subject: *bold*\n", f"1:10: {START}"),
    "a bracket": ("subject: [lost\nform: x\n", "1:10: a bracket opens here"),
    # lists
    "a list on its name's line": ("attachments: - a.pdf\n", "1:14: a list cannot begin on this line"),
    "no space after a dash": ("attachments:\n  - a\n  -b\n", "3:3: no space after the dash"),
    # spaces that only look like some
    "no-break spaces": ("contact:\n\u00a0\u00a0first_name: A\n", "2:1: YAML does not take U+00A0 as a space"),
    "a full-width space": ("contact:\n\u3000first_name: A\n", "2:1: YAML does not take U+3000 as a space"),
}

ASKED_ABOUT = {
    # As people asked about them in public (github.com: de-jcup/eclipse-yaml-editor 64, swar/Swar-Chia-Plot-Manager 250,
    # RailsApps/learn-rails 34, eyeseast/python-frontmatter 70, Azure/aztk 103, aboutcode-org/aboutcode-toolkit 182),
    # and as tutorials on YAML's usual errors show them.
    "a level below a value": (
        "logging:\n  level:\n    graphql: debug\n      execution:\n        ExecutionStrategy: info\n",
        f"4:7: {INDENTATION}",
    ),
    "a Windows path": ("manager:\n  check_interval: 60\n  chia_location:C:\\Users\\Pat\n  log: x\n", f"3:3: {COLON}"),
    "a host name": ("development:\n  admin_name: First User\n  domain_name:example.com\n  key: k\n", f"3:3: {COLON}"),
    "a title": ("title: foo : bar\nauthor: somebody\n", f"1:12: {SECOND}"),
    "an account": ("batch:\n  batchaccountname:myaccount\n  batchaccountkey: k\n", f"2:3: {COLON}"),
    "a description": ("description: pytest: simple powerful testing with Python\n", f"1:20: {SECOND}"),
    "all on one line": ("services: app: image: nginx\n", f"1:14: {SECOND}"),
    "four spaces for two": ("database:\n  host: localhost\n    port: 5432\n", f"3:5: {INDENTATION}"),
    "an error quoted by nothing": ("url: http://localhost:3000\nmessage: Error: file not found\n", f"2:15: {SECOND}"),
    "a tab before port": ("server:\n\tport: 8080\n", f"2:1: {TAB}"),
}


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers that an installation may have."""
    monkeypatch.setattr(strict_yaml, "_LOADER", yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader)
    return str(request.param)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "expected"), (MISTAKES | ASKED_ABOUT).values(), ids=MISTAKES | ASKED_ABOUT)
def test_a_mistake_is_told_by_its_cause_where_it_was_made(text: str, expected: str) -> None:
    with pytest.raises(InvalidFile) as raised:
        parse_source(text.encode(), "profile.yaml")
    assert expected in str(raised.value.problems[0])


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text", ["subject: see http://x\n", "subject: at 10:30\n", "a: b:c\n", "a: “x”\n", "a: it's\n"]
)
def test_what_only_resembles_a_mistake_is_read(text: str) -> None:
    assert parse_source(text.encode(), "profile.yaml").data
