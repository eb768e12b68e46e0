"""Every Python block of docs/api.md, run as it stands: against the practice site, and against a form of one's own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.replay.conftest import THANKS, served
from tests.replay.forms import PAGE

REPOSITORY = Path(__file__).parents[2]
TEXT = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", TEXT, re.M | re.S)
# Whoever runs these needs no server, this one does; the last is the page's own test.
SCRIPTS = [block for block in BLOCKS if "127.0.0.1" not in block]
(REHEARSAL,) = [block for block in BLOCKS if "import rehearse" in block]
FILES = dict(re.findall(r"`([\w-]+\.(?:yaml|py))`[^`]*```(?:yaml|python)\n(.*?)^```$", TEXT, re.M | re.S))
FIELDS = """<p><label>Your name * <input name=n></label><p><label>E-mail * <input name=e></label>
<p><label>Message * <textarea name=m></textarea></label>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of somebody who wrote the page's files, and has copied the example profiles."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "autofill", "examples", "profiles"], cwd=tmp_path, check=True)
    return tmp_path


def said_by(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, check=False, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_has_what_is_tested_here() -> None:
    assert len(SCRIPTS) == TEXT.count("```python") - 2
    assert set(FILES) == {"contact.yaml", "inquiry.yaml", "test_contact.py"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.splitlines()[0])
def test_a_block_does_what_the_page_says(script: str, folder: Path) -> None:
    said = said_by(folder, "-c", script)

    recorded = list((folder / "recordings").glob("2*/data/run.json"))
    if "not-there" in script:
        assert "not-there.yaml: no such file" in said
        assert said.endswith(" 66\n")
    elif "run_async" in script:
        assert (said, len(recorded)) == ("not-submitted\n", 1)
    else:
        assert re.search(r"^confirmed \d{8} recordings/2\S+$", said, re.M), said
        assert len(recorded) == 1


def test_the_pages_rehearsal_is_one(folder: Path) -> None:
    with served() as site:
        site.show(PAGE.format(inside=FIELDS), path="/contact")
        site.answers["POST /send"] = (200, THANKS)

        said = said_by(folder, "-c", REHEARSAL.replace("http://127.0.0.1:8000", site.url)).splitlines()

        assert site.posts == 2
    assert said[0] == "confirmed 0"
    assert {line.rsplit(" ", 1)[-1] for line in said[1:]} == {"same"}
    assert (folder / "rehearsal" / "index.html").is_file()


@pytest.mark.long
def test_the_pages_own_test_tests_a_form(folder: Path) -> None:
    with served() as site:
        site.show(PAGE.format(inside=FIELDS), path="/contact")
        site.answers["POST /send"] = (200, THANKS)
        test = folder / "test_contact.py"
        test.write_text(test.read_text().replace("http://127.0.0.1:8000", site.url), encoding="utf-8")
        for _nightly in range(2):
            assert "1 passed" in said_by(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_contact.py")

        assert site.posts == 2
        site.show(PAGE.format(inside=FIELDS.partition("<p><label>Message")[0]), path="/contact")
        changed = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_contact.py"],
            cwd=folder,
            check=False,
            capture_output=True,
            text=True,
        )

    assert changed.returncode == 1
    assert "Message" in changed.stdout
    assert site.posts == 2


def test_the_test_is_ten_lines_at_most() -> None:
    lines = [line for line in FILES["test_contact.py"].splitlines() if line]

    assert len(lines) <= 10
