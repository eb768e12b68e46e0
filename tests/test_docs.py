"""The documents keep their word: links lead somewhere, commands exist, help is the program's, the sample is whole."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page

REPOSITORY = Path(__file__).parents[1]
SAMPLE = REPOSITORY / "recordings" / "sample-missing-package"
PAGES = sorted(
    [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md"), REPOSITORY / "recordings" / "README.md"],
)
COMMANDS = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```console\n\$ (autofill(?: [a-z]+)?) --help\n(.*?)\n```", COMMANDS, re.DOTALL))
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def name(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchors that Markdown viewers make of a page's headings."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def said(*command: str) -> str:
    environment = os.environ | {"COLUMNS": "80", "NO_COLOR": "1"}
    program = str(Path(sys.executable).with_name("autofill"))
    return subprocess.run([program, *command], check=True, capture_output=True, text=True, env=environment).stdout


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    """Files and headings both; addresses on the web are not followed."""
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if link.startswith("https://"):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_lines_are_short_enough_to_compare(page: Path) -> None:
    """Tables, pictures and code may be as wide as they need."""
    lines = [line for line in prose(page).splitlines() if not line.startswith(("|", "!["))]

    assert [line for line in lines if len(line) > 120] == []


@pytest.mark.parametrize("command", BLOCKS)
def test_help_blocks_are_what_the_program_says(command: str) -> None:
    """`python docs/commands.py > docs/commands.md` makes them so again."""
    expected = said(*command.split()[1:], "--help").strip("\n")

    actual = BLOCKS[command]
    assert expected == actual


def test_a_dry_run_is_the_same_in_every_verb() -> None:
    meanings = [" ".join(words.split()) for words in re.findall(r"--dry-run +(\S+(?:\s+\S+){3})", COMMANDS)]

    assert set(meanings) == {"Try it without effect:"}
    assert len(meanings) == COMMANDS.count("--dry-run ")


def test_every_verb_has_its_help_block() -> None:
    verbs = re.findall(r"^  ([a-z]+)  ", said("--help").partition("Commands:")[2], re.MULTILINE)

    assert verbs
    assert {"autofill", *(f"autofill {verb}" for verb in verbs)} == set(BLOCKS)


def commands_in(page: Path) -> Iterator[str]:
    """What a page tells people to type: lines after a `$`, and code within a sentence."""
    text = page.read_text(encoding="utf-8")
    yield from re.findall(r"^\$ (.*)$", text, re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", prose(page))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_in_the_documents_exist(page: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    verbs = {block.split()[-1] for block in BLOCKS} - {"autofill"}
    unknown = [
        command
        for command in commands_in(page)
        if (found := re.match(r"(make|autofill) ([a-z][a-z-]*)", command))
        and found[2] not in (targets if found[1] == "make" else verbs)
    ]

    assert unknown == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    declared = {re.split(r"[^\w-]", package)[0] for group in groups for package in group}
    page = (REPOSITORY / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")

    explained = set(re.findall(r"^\| `([\w-]+)` \| .+ \|$", page, re.MULTILINE))
    assert declared == explained


def test_the_profile_page_names_every_field() -> None:
    schema = json.loads(
        (REPOSITORY / "autofill" / "organisations" / "usps" / "inquiry.schema.json").read_text(encoding="utf-8")
    )
    models = [schema, *schema["$defs"].values()]
    fields = {field for model in models for field in model.get("properties", {})}
    page = (REPOSITORY / "docs" / "profiles.md").read_text(encoding="utf-8")

    assert [field for field in sorted(fields) if f"`{field}`" not in page] == []


def test_the_form_map_page_names_every_key() -> None:
    schema = json.loads((REPOSITORY / "autofill" / "forms" / "form-map.schema.json").read_text(encoding="utf-8"))
    models = [schema, *schema["$defs"].values()]
    keys = {key for model in models for key in model.get("properties", {})}
    page = (REPOSITORY / "docs" / "form-maps.md").read_text(encoding="utf-8")

    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


def test_the_readme_lists_every_exit_code_of_the_program() -> None:
    from autofill.errors import ExitCode

    rows = re.findall(r"^\| ([\d, ]+) \|", prose(REPOSITORY / "README.md"), re.MULTILINE)
    listed = {int(code) for row in rows for code in row.split(",")}

    assert listed == {int(code) for code in ExitCode}


def test_the_sample_recording_checks_out_with_the_public_tool() -> None:
    manifests = ["manifest-sha256.txt", "tagmanifest-sha256.txt"]

    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", *manifests], cwd=SAMPLE, check=True)

    files = [path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*") if path.is_file()]
    files = [file for file in files if not file.startswith("signatures/")]  # they sign the manifests
    listed = [line.split("  ")[1] for each in manifests for line in (SAMPLE / each).read_text().splitlines()]
    assert sorted({*listed, "tagmanifest-sha256.txt"}) == sorted(files)
    assert sum((SAMPLE / file).stat().st_size for file in files) < 1_500_000


async def test_the_sample_report_opens_and_shows_six_pictures(page: Page) -> None:
    run = json.loads((SAMPLE / "data" / "run.json").read_text(encoding="utf-8"))

    await page.goto((SAMPLE / "data" / "report.html").as_uri())

    assert run["verdict"] == "confirmed"
    assert run["case_number"] in await page.locator("h1").inner_text()
    assert len(run["steps"]) == 6
    assert all((SAMPLE / step["screenshot"]).is_file() for step in run["steps"])
    assert await page.locator("image").count() == 6


def test_pictures_are_shown_and_small() -> None:
    """None is left over, none is large, and nobody waits for the whole folder."""
    folder = REPOSITORY / "docs" / "pictures"
    sizes = {picture: picture.stat().st_size for picture in folder.iterdir()}
    links = ((page, link) for page in PAGES for link in re.findall(r"!\[[^]]*\]\(([^)\s]+)\)", prose(page)))
    shown = {(page.parent / link).resolve() for page, link in links}

    assert {name(picture) for picture in sizes if picture not in shown} == set()
    assert {name(picture) for picture, size in sizes.items() if size > 250_000} == set()
    assert 0 < sum(sizes.values()) < 6_000_000
