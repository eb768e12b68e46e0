"""The seller of docs/batch.md: three hundred lost parcels, from the spreadsheet to every case number."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from autofill.errors import ExitCode
from tests.journeys.conftest import REPOSITORY
from tests.journeys.shop import FORM, TEMPLATE, Carrier, tracking_number
from tests.servers import answering

pytestmark = pytest.mark.long

HEADER: Final = ("Bestellnr.", "Vorname", "Nachname", "E-Mail", "Sendungsnummer", "Versanddatum", "Foto", "Bemerkung")
ROWS: Final = range(2, 302)
# What is wrong with seven of them: the cell, and what `--check` says there.
BAD: Final = {
    17: ("E", "9,40011E+21", "the spreadsheet shortened a long number"),
    42: ("E", f"{int(tracking_number(42)) + 1}", "the check digit (the last) is wrong"),
    58: ("D", "kim58example.com", "is not an e-mail address"),
    99: ("F", "46300", "must be a day written year-month-day, such as 2026-01-31"),
    140: ("C", "=cmd|'/c calc'!A0", "contains a formula and not its value"),
    203: ("E", tracking_number(20), "is about the same item as row 20"),
    288: ("G", "box-288.png", "no such file"),
}
# A picture of one point (PNG).
PICTURE: Final = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
SECRETS: Final = ("Müller-Weiß", "kim58", tracking_number(3), "cmd|")
GOOD: Final = [row for row in ROWS if row not in BAD]


def spreadsheet() -> bytes:
    """The table as Excel writes it in Germany."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(HEADER)
    for row in ROWS:
        number = (
            f'="{tracking_number(row)}"' if row % 2 else f"{tracking_number(row)[:4]}\u00a0{tracking_number(row)[4:]}"
        )
        remark = 'Sagt: "nie gekommen";\nmehrmals angerufen' if row % 10 == 0 else ""
        cells = [f"0{row}", "Jürgen", "Müller-Weiß", f"kim{row}@example.com", number, "2026-10-05", "", remark]
        if row in BAD:
            column, cell, _said = BAD[row]
            cells["ABCDEFGH".index(column)] = cell
        elif row % 50 == 0:
            cells[6] = "box.png"
        writer.writerow(cells)
    writer.writerow([""] * len(HEADER))
    return written.getvalue().encode("utf-8-sig")


class Seller:
    """The seller's folder, and the one command that they type again and again."""

    def __init__(self, folder: Path, carrier: Carrier) -> None:
        self.folder = folder
        self.results = folder / "recordings" / "batches" / "parcels"
        self.words = ["batch", "parcels.csv", "--template", "parcel.yaml", "--form", "lost.yaml", "--url", carrier.url]
        self.words += ["--jobs", "4"]
        (folder / "lost.yaml").write_text(FORM, "utf-8")
        (folder / "parcel.yaml").write_text(TEMPLATE, "utf-8")
        (folder / "parcels.csv").write_bytes(spreadsheet())
        (folder / "box.png").write_bytes(b64decode(PICTURE))

    def start(self, *more: str, program: str = "autofill") -> subprocess.Popen[str]:
        """The command in a process of its own, as at a terminal: Ctrl-C goes to all that it started."""
        command = [sys.executable, "-m", program, *self.words, *more]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def say(self, *more: str, program: str = "autofill") -> tuple[int, list[str], list[str]]:
        """Exit code, and the lines on stdout and stderr."""
        with self.start(*more, program=program) as running:
            said, told = running.communicate()
        return running.returncode, said.splitlines(), told.splitlines()

    def stop_after(self, outcomes: int, *more: str) -> int:
        """Say it, and press Ctrl-C when so many rows have ended; the exit code."""
        with self.start(*more) as running:
            assert running.stdout
            for _outcome in range(outcomes + 1):
                running.stdout.readline()
            os.killpg(running.pid, signal.SIGINT)
            running.communicate()
        return running.returncode

    def opened(self) -> dict[int, dict[str, str]]:
        """The results as a spreadsheet opens them, by the number of the row in the seller's own table."""
        text = (self.results / "results.csv").read_text("utf-8-sig")
        return {int(row["row"]): row for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";")}

    def states(self) -> Counter[str]:
        return Counter(row["state"] for row in self.opened().values())


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    site = Carrier()
    with answering(site.server):
        yield site


def test_three_hundred_parcels(carrier: Carrier, tmp_path: Path) -> None:
    """Seven are wrong and three want a person; all others are sent by a command that is stopped and said again."""
    seller = Seller(tmp_path, carrier)
    the_columns_are_proposed_and_mended(seller)
    all_that_is_wrong_is_one_table(seller)
    assert carrier.arrived == []

    # Ctrl-C in the middle: what has begun ends in order, and no row has failed because of it.
    assert seller.stop_after(100, "--skip-invalid") == ExitCode.INTERRUPTED
    states = seller.states()
    before, stopped = states["sent"], states["stopped"]
    assert 0 <= stopped <= 4
    assert states == Counter({"invalid": 7, "sent": before, "stopped": stopped, "not begun": 293 - before - stopped})
    assert 100 <= before == len(carrier.arrived) < 293

    # The same command goes on. Three times the site wants to see a person: those rows wait, the others do not.
    carrier.doubts = 3
    code, said, _told = seller.say("--skip-invalid")
    assert (code, said[-1]) == (ExitCode.PERSON_NEEDED, "Rows that need you: run the same command with --headed.")
    assert seller.states() == {"invalid": 7, "parked": 3, "sent before": before, "sent": 290 - before}
    assert len(carrier.arrived) == 290

    # And so it does with a person at the window, who solves its CAPTCHAs.
    carrier.doubts = 3
    code, said, told = seller.say("--skip-invalid", "--headed", program="tests.journeys.helped")
    assert (code, carrier.doubts) == (0, 0), (said[-5:], told[-5:])
    assert seller.states() == {"invalid": 7, "sent before": 290, "sent": 3}

    each_has_arrived_once_as_the_table_has_it(carrier)
    opened = seller.opened()
    the_results_are_a_spreadsheet(opened)
    they_are_the_same_for_programs_and_on_the_page(seller, opened)


def the_columns_are_proposed_and_mended(seller: Seller) -> None:
    """What was clear is, and the seller puts in the day."""
    code, said, told = seller.say("--check")
    assert (code, "run the same command again" in told[-1]) == (ExitCode.MISCONFIGURED, True)
    columns = seller.folder / "parcels.columns.yaml"
    assert columns.read_text("utf-8").splitlines() == said == [
        *('"Bestellnr.":', '"Vorname": contact.first_name', '"Nachname": contact.last_name'),
        *('"E-Mail": contact.email', '"Sendungsnummer": item.tracking_number', '"Versanddatum":'),
        *('"Foto": attachments', '"Bemerkung":'),
    ]  # fmt: skip
    text = columns.read_text("utf-8").replace('"Versanddatum":', '"Versanddatum": item.mailing_date')
    columns.write_text(text, "utf-8")


def all_that_is_wrong_is_one_table(seller: Seller) -> None:
    """With row and column, and without the cell."""
    code, said, told = seller.say("--check")
    assert (code, said) == (ExitCode.INVALID_FILE, ["293 of 300 rows are ready"])
    for row, (letter, cell, words) in BAD.items():
        (line,) = [line for line in told if line.startswith(f"{row}  ")]
        where = f"{letter} {HEADER[ord(letter) - ord('A')]} "
        assert re.match(rf"{row} +{re.escape(where)} .*{re.escape(words)}", line), line
        assert cell not in line


def each_has_arrived_once_as_the_table_has_it(carrier: Carrier) -> None:
    assert Counter(each["number"] for each in carrier.arrived) == {tracking_number(row): 1 for row in GOOD}
    for row in GOOD:
        (arrived,) = [each for each in carrier.arrived if each["number"] == tracking_number(row)]
        assert (arrived["name"], arrived["email"]) == ("Jürgen Müller-Weiß", f"kim{row}@example.com")
        assert (arrived["mailed"], arrived["photo"]) == ("2026-10-05", "" if row % 50 else "box.png")
        assert arrived["message"].startswith(f"Order 0{row} has not arrived")


def the_results_are_a_spreadsheet(opened: dict[int, dict[str, str]]) -> None:
    """Its rows are those of the table that came; a case number keeps its zeros, and no cell is a formula."""
    assert list(opened) == list(ROWS)
    assert {row for row, found in opened.items() if found["state"] == "invalid"} == BAD.keys()
    assert {opened[row]["case_number"] for row in GOOD} == {f"'{number:018}" for number in range(1, 294)}
    assert {opened[row]["case_number"] for row in BAD} == {""}
    for row, (letter, _cell, words) in BAD.items():
        assert opened[row]["note"].startswith(f"{letter} {HEADER[ord(letter) - ord('A')]} ")
        assert words in opened[row]["note"]
        assert "warning" not in opened[row]["note"]
    cells = [cell for found in opened.values() for cell in found.values()]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert not any(secret in "".join(cells) for secret in SECRETS)


def they_are_the_same_for_programs_and_on_the_page(seller: Seller, opened: dict[int, dict[str, str]]) -> None:
    told = json.loads((seller.results / "results.json").read_text("utf-8"))["rows"]
    assert [(int(each["row"]), each["state"]) for each in told] == [(row, opened[row]["state"]) for row in ROWS]
    assert [f"'{each['case_number']}" for each in told if int(each["row"]) in GOOD] == [
        opened[row]["case_number"] for row in GOOD
    ]
    assert all((seller.folder / each["recording"]).is_dir() for each in told if int(each["row"]) in GOOD)
    page = (seller.results / "index.html").read_text("utf-8")
    assert all(page.count(f">{number:018}</td>") == 1 for number in range(1, 294))
    assert max(page.index(f">{row}</th>") for row in BAD) < min(page.index(f">{row}</th>") for row in GOOD)
    assert not any(secret in page for secret in SECRETS)
