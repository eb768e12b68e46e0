"""A seller's parcels: from a spreadsheet as it was exported to every case number, through whatever stops it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.journeys.conftest import REPOSITORY, RunDesk

TEMPLATE = (REPOSITORY / "profiles" / "06-feedback.yaml").read_text("utf-8")
HEADER = "Order No;First name;Last name;E-mail;Day;Remark\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a template that greets by order."""
    text = TEMPLATE.replace("Our carrier on", "Order {{Order No}}: our carrier on")
    (tmp_path / "template.yaml").write_text(text, "utf-8")
    return tmp_path


def table(shop: Path, *rows: str, encoding: str = "utf-8-sig") -> Path:
    path = shop / "parcels.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding)
    return path


def row(number: int, day: str = "2026-10-08") -> str:
    return f"A-{number};Anna;Müller;anna{number}@example.com;{day};"


def columns(shop: Path) -> None:
    (shop / "parcels.columns.yaml").write_text(
        "First name: contact.first_name\nLast name: contact.last_name\n"
        "E-mail: contact.email\nDay: problem_date\nRemark:\n",
        "utf-8",
    )


def command(desk: RunDesk, shop: Path, *more: str) -> list[str]:
    fixed = [sys.executable, "-m", "autofill", "batch", str(shop / "parcels.csv")]
    template = ["--template", str(shop / "template.yaml")]
    return [*fixed, *template, "--url", desk.url, "--recordings", str(desk.recordings), *more]


def batch(desk: RunDesk, shop: Path, *more: str) -> tuple[int, str, str]:
    done = subprocess.run(
        command(desk, shop, *more), check=False, capture_output=True, text=True, timeout=400, cwd=REPOSITORY
    )
    return done.returncode, done.stdout, done.stderr


def results(desk: RunDesk) -> list[dict[str, str]]:
    with (desk.recordings / "batches" / "parcels" / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_results_without_a_place_are_said_before_anything_is_opened(desk: RunDesk, shop: Path) -> None:
    table(shop, row(1))
    columns(shop)

    code, said, told = batch(desk, shop, "--results", str(shop / "parcels.csv" / "results"), "--browser", "none")

    assert (code, said) == (74, "1 of 1 row is ready\n")
    assert "The results cannot be written to" in told
    assert not list(desk.recordings.glob("2*"))


def test_all_problems_are_one_table_and_what_is_well_can_go_ahead(desk: RunDesk, shop: Path) -> None:
    table(shop, row(1), row(2, "08.10.2026"), "A-3;Anna;Müller;anna3example.com;2026-10-08;", row(4), row(1), ";;;;;")
    columns(shop)
    code, said, told = batch(desk, shop)
    assert (code, said) == (65, "2 of 5 rows are ready\n")
    lines = [" ".join(line.split()) for line in told.splitlines()[1:]]
    assert lines[:2] == [
        "Row Column What is wrong",
        "3 E Day problem_date: must be a day written year-month-day, such as 2026-01-31",
    ]
    assert lines[2].startswith("4 D E-mail contact.email: ")
    assert lines[3:] == ["6 is the same inquiry as row 2; keep one"]
    assert "anna3" not in told
    assert desk.arrived()["requests"] == 0

    code, said, _told = batch(desk, shop, "--skip-invalid")
    assert code == 0
    assert [(each["row"], each["state"]) for each in results(desk)] == [
        ("2", "sent"), ("3", "invalid"), ("4", "invalid"), ("5", "sent"), ("6", "invalid"),
    ]  # fmt: skip
    assert "2 Sent" in said
    code, said, _told = batch(desk, shop, "--skip-invalid", "--json")
    assert code == 0
    answers = [json.loads(line) for line in said.splitlines()]
    folder = str(desk.recordings / "batches" / "parcels")
    assert answers[-1] == {"schema": "autofill.batch/1", "rows": 5, "results": folder, "exit_code": 0}
    assert [each["state"] for each in answers if each["schema"] == "autofill.batch-outcome/1"] == ["sent before"] * 2
    assert desk.arrived()["requests"] == 2


@pytest.mark.long
def test_the_same_command_goes_on_where_it_was_killed(desk: RunDesk, shop: Path) -> None:
    """No inquiry is lost, and none arrives twice."""
    table(shop, *map(row, range(6)), encoding="cp1252")
    columns(shop)
    with subprocess.Popen(
        command(desk, shop), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=REPOSITORY
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "6 of 6 rows are ready\n"
        running.stdout.readline()
        running.kill()
        running.stdout.read()
    arrived = desk.arrived()["requests"]
    assert 1 <= arrived < 6
    code, _said, _told = batch(desk, shop)
    states = [each["state"] for each in results(desk)]
    # Of what was killed between the click and the answer nobody can say what became of it.
    assert set(states) <= {"sent", "sent before", "unknown"}
    assert code == (80 if "unknown" in states else 0)
    assert desk.arrived()["requests"] == 6 - states.count("unknown") or desk.arrived()["requests"] == 6
    assert batch(desk, shop)[0] == code


def test_the_example_of_the_handbook_can_be_followed(desk: RunDesk, shop: Path) -> None:
    """Its profile, its columns as they are proposed, and the one that is put in."""
    told = dedent((REPOSITORY / "docs" / "batch.md").read_text("utf-8").replace("\n   ", "\n"))
    profile, proposed = (
        told.partition(mark)[2].partition("```")[0] for mark in ("```yaml\n", "--template parcel.yaml\n")
    )
    header = re.findall('"(.+)":', proposed)
    (shop / "template.yaml").write_text(profile, "utf-8")
    row = "9400111202555830001010,A-7,2026-10-05,12 Elm Street,Portland,OR,97205\n"
    (shop / "parcels.csv").write_text(",".join(header) + f"\n{row}", "utf-8")
    assert batch(desk, shop)[1] == proposed
    columns = shop / "parcels.columns.yaml"
    columns.write_text(proposed.replace('"Ship Date":', '"Ship Date": item.mailing_date'), "utf-8")
    assert batch(desk, shop, "--check")[:2] == (0, "1 of 1 row is ready\n")


@pytest.mark.long
def test_a_folder_of_profiles_is_a_batch(desk: RunDesk, shop: Path) -> None:
    folder = shop / "letters"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.yaml").write_text(
            TEMPLATE.replace("Our carrier", f"Letter {number}: our carrier"), "utf-8"
        )
    code, said, _told = batch_of(desk, folder)
    assert code == 0
    assert "2 of 2 rows are ready" in said
    assert said.endswith("This was practice: nothing left this computer.\n")
    assert desk.arrived()["requests"] == 2
    assert batch_of(desk, folder, "--template", str(folder / "0.yaml"))[0] == 78
    assert batch_of(desk, shop / "nothing")[0] == 78
    (shop / "empty").mkdir()
    assert batch_of(desk, shop / "empty")[0] == 65


def batch_of(desk: RunDesk, source: Path, *more: str) -> tuple[int, str, str]:
    words = [sys.executable, "-m", "autofill", "batch", str(source), "--url", desk.url]
    done = subprocess.run([*words, *more], check=False, capture_output=True, text=True, timeout=240, cwd=REPOSITORY)
    return done.returncode, done.stdout, done.stderr
