"""All four languages are whole: no text of the program is missing, untranslated, or translated into something else."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from autofill import errors
from autofill.organisations.registry import built_in, organisation
from docs import catalogues

PROGRAM = catalogues.PROGRAM
# The practice desk speaks as an American organisation does, and what is sealed for strangers is in English.
PRACTICE_SITE = PROGRAM / "replica"  # an American organisation's: in English alone
MODULES = [path for path in sorted(PROGRAM.rglob("*.py")) if PRACTICE_SITE not in path.parents]
TEMPLATES = [path for path in sorted(PROGRAM.rglob("*.html.j2")) if PRACTICE_SITE not in path.parents]
# Where people's texts go in: positions in the call, beside the keywords below.
SPOKEN = {
    **dict.fromkeys(("say", "tell", "ask", "show", "UnfitError"), (0,)),
    **dict.fromkeys(("problem", "_complain", "_stop", "_notice", "FaultNoticed"), (1,)),
}
SPOKEN_KEYWORDS = {"hint", "help", "remedy"}
# Names of programs and languages, and what stands for values: the same everywhere.
SAME_EVERYWHERE = {"autofill", "autofill ", "autofill install", "· autofill"}
TRANSLATORS = {"_", "later", "plural"}
PLACEHOLDER = re.compile(r"\{\w+[^{}]*\}|%\(\w+\)s|</?\w+>")


def name(path: Path) -> str:
    return path.relative_to(PROGRAM).as_posix()


@cache
def translated(language: str) -> Catalog:
    with catalogues.po_of(language).open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in translated(language) if message.id]


def forms(text: object) -> list[str]:
    """A message's one text, or its singular and plural."""
    return [text] if isinstance(text, str) else list(text) if isinstance(text, tuple | list) else []


def test_no_text_of_the_program_is_missing_in_the_template() -> None:
    """`make catalogues` writes the template and all that follows from it."""
    expected = catalogues.written(catalogues.texts()).decode()

    actual = catalogues.TEMPLATE.read_text(encoding="utf-8")
    assert actual == expected


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_every_text_has_an_entry_in_every_language(language: str) -> None:
    expected = {str(message.id) for message in catalogues.texts()}

    assert {str(message.id) for message in translated(language)} == expected


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    missing = [message.id for message in messages(language) if message.fuzzy or not all(forms(message.string))]

    assert missing == []


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_translations_have_the_same_places_for_values(language: str) -> None:
    """A plural may leave its number out, "one step", but no text has a place that the program does not fill."""
    wrong = []
    for message in messages(language):
        known = [set(PLACEHOLDER.findall(text)) for text in forms(message.id)]
        for text in filter(None, forms(message.string)):
            places = set(PLACEHOLDER.findall(text))
            if places - set.union(*known) or set.intersection(*known) - places:
                wrong.append(text)

    assert wrong == []


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_translations_keep_what_surrounds_them_whole(language: str) -> None:
    """Texts stand in HTML attributes, beside others on a line, and in lines of their own."""
    wrong = [
        text
        for message in messages(language)
        for text in filter(None, forms(message.string))
        if any(text.count(mark) != forms(message.id)[-1].count(mark) for mark in ('"', "<", ">", "\n"))
        or (text[0].isspace(), text[-1].isspace()) != tuple(forms(message.id)[-1][at].isspace() for at in (0, -1))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_what_is_loaded_is_what_was_translated(language: str) -> None:
    """`make catalogues` compiles it."""
    with catalogues.po_of(language).with_suffix(".mo").open("rb") as file:
        loaded = gettext.GNUTranslations(file)

    for message in (message for message in messages(language) if all(forms(message.string))):
        one, many = forms(message.id)[0], forms(message.id)[-1]
        said = loaded.ngettext(one, many, 5) if message.pluralizable else loaded.gettext(one)
        assert said == forms(message.string)[-1]
    assert f"charset={translated(language).charset}" in loaded.gettext("")


@pytest.mark.parametrize("name", built_in())
def test_what_organisations_say_to_people_is_translated(name: str) -> None:
    """It stands in their data, where the collector of Python's texts does not look."""
    data = organisation(name).data
    shown = {office.hours for office in data.offices.values()} - {""}
    shown |= (
        {step.how for step in data.escalation}
        | {each.how for each in data.further_help}
        | {step.title for step in data.escalation}
    )

    assert {*catalogues.texts_of(data)} == shown
    assert shown <= {str(message.id) for message in catalogues.texts()}


def error_names(branch: type[Exception]) -> set[str]:
    return {branch.__name__, *(name for twig in branch.__subclasses__() for name in error_names(twig))}


ERRORS = error_names(errors.AutofillError) - {"InvalidFile", "AlreadySent", "Stopped"}  # these have texts of their own


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def literal(node: ast.expr) -> str:
    """The letters that stand in a text as it is written, without what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr():
            return "".join(map(literal, node.values))
        case ast.IfExp():
            return literal(node.body) + literal(node.orelse)
        case ast.BinOp():
            return literal(node.left) + literal(node.right)
        case _:
            return ""


def bare_texts(source: str, errors: set[str]) -> Iterator[str]:
    """Texts for people that are written where no catalogue can reach them."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        positions = (0,) if called(call) in errors else SPOKEN.get(called(call), ())
        heard = [call.args[at] for at in positions if at < len(call.args)]
        heard += [keyword.value for keyword in call.keywords if keyword.arg in SPOKEN_KEYWORDS]
        for text in map(literal, heard):
            if re.search(r"[^\W\d_]{2}", text) and text not in SAME_EVERYWHERE:
                yield f"{call.lineno}: {text}"


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_text_for_people_is_written_bare(module: Path) -> None:
    # What pydantic's validators raise is shown; elsewhere a ValueError is a mistake of ours.
    shown = ERRORS | {"ValueError"} if module.is_relative_to(PROGRAM / "inquiry") else ERRORS

    assert list(bare_texts(module.read_text(encoding="utf-8"), shown)) == []


def test_a_bare_text_would_be_found() -> None:
    source = 'raise Misconfigured(f"Port {port} is in use.", hint="Name " + other)\nsay(_("fine"))\nsay(f"{a}: {b}")\n'

    assert list(bare_texts(source, ERRORS)) == ["1: Port  is in use.", "1: Name "]


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_texts_can_be_found_by_whoever_collects_them(module: Path) -> None:
    """A text is written out, not composed, and not inside another: there the collector does not look."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in TRANSLATORS]
    composed = [
        call.lineno for call in calls if isinstance(call.args[0], ast.JoinedStr | ast.BinOp) or _filled(call.args[0])
    ]
    inside = [
        node.lineno
        for outer in ast.walk(tree)
        if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer)
        if node in calls and isinstance(node.args[0], ast.Constant)
    ]

    assert composed == []
    assert inside == []


def _filled(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and called(node) == "format"


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_variable_hides_the_translator(module: Path) -> None:
    """Python makes `_` a variable of the whole function, and then there is nobody to call in it."""
    hidden = [
        function.lineno
        for function in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        and _has_underscore(function)
        and any(isinstance(node, ast.Call) and called(node) == "_" for node in ast.walk(function))
    ]

    assert hidden == []


def _has_underscore(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> bool:
    """Whether `_` is one of its variables; those of comprehensions are their own."""
    targets = [node.target for node in ast.walk(function) if isinstance(node, ast.comprehension)]
    elsewhere = {id(node) for target in targets for node in ast.walk(target)}
    stored = [node for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return any(argument.arg == "_" for argument in function.args.args) or any(
        node.id == "_" and id(node) not in elsewhere for node in stored
    )


def bare_words(source: str) -> list[str]:
    """Words in a page that are not translated: between tags, or in an attribute that is read out."""
    page, depth = "", 0
    for _line, kind, value in jinja2.Environment(extensions=["jinja2.ext.i18n"]).lex(source):
        if kind == "name" and value in {"trans", "endtrans"}:
            depth += 1 if value == "trans" else -1
        elif kind == "data" and depth == 0:
            page += value
        elif kind == "variable_begin":
            page += "\0"
    page = re.sub(r"<(style|script|pre|code|kbd)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL)
    said = re.findall(r'\b(?:aria-label|alt|title|placeholder|data-head)="([^"]*)"', page)
    found = (*said, *re.sub(r"<[^>]*>", "\0", page).split("\0"))
    return [words for words in found if re.search(r"[^\W\d_]{2}", words) and "/" not in words]


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_word_in_a_page_is_written_bare(template: Path) -> None:
    words = [each.strip() for each in bare_words(template.read_text(encoding="utf-8"))]

    assert [each for each in words if each not in SAME_EVERYWHERE] == []


def test_a_bare_word_in_a_page_would_be_found() -> None:
    page = '<p class="a">One {{ two }}<b>{{ _("Three") }}</b>{% trans %}Four{% endtrans %}<i title="Five"></i></p>'

    assert bare_words(page) == ["Five", "One "]
