"""What is wrong with a command line is said in the language in use, by us and not by the libraries beneath."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from autofill import language
from autofill.__main__ import tell_unknown
from autofill.cli.app import app


class Marking(gettext.NullTranslations):
    """A language in which every text is its English one between two marks."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language._Spoken, "catalogue", Marking())
    yield
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["vaildate", "x"], "Did you mean 'validate'?"),
        (["run"], "'PROFILE' is missing."),
        (["run", "a", "--until", "sbumit"], "'--until': must be one of: 'review', 'submit'"),
        (["run", "a", "--jobs", "99"], "'--jobs': must be at most 16"),
        (["run", "a", "--jobs", "0"], "'--jobs': must be at least 1"),
        (["run", "a", "--jobs", "x"], "'--jobs': must be a whole number"),
        (["run", "a", "--formm", "x"], "No such option: '--formm' Did you mean --form?"),
        (["run", "--ledger"], "'--ledger' needs a value."),
        (["run", "a", "--live=3"], "'--live' takes no value."),
        (["cases", "a", "b"], "Unexpected argument: b"),
    ],
)
def test_a_usage_error_is_in_our_words(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, arguments)

    assert done.exit_code == 2
    assert done.stderr.rstrip().endswith(said)
    assert "Value error" not in done.stderr
    assert "sbumit" not in done.stderr


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    "arguments", [["run"], ["vaildate"], ["cases", "--mark", "foo"], ["run", "a", "--jobs", "99"], ["run", "--ledger"]]
)
def test_nothing_of_it_stays_in_english(arguments: list[str]) -> None:
    last = CliRunner().invoke(app, arguments).stderr.rstrip().splitlines()[-1]

    while re.search("«[^«»]*»", last):
        last = re.sub("«[^«»]*»", "", last)
    assert last.strip() == ""


def test_a_language_nobody_speaks_here_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for asked in ("", "en_GB.UTF-8"):
        tell_unknown(asked)
    assert capsys.readouterr().err == ""
    tell_unknown("fr")
    assert capsys.readouterr().err == "AUTOFILL_LANG must be one of: en, ko, de, id\n"
