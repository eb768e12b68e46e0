"""A copy to hand out shows nothing of the person: not in any file in any encoding, not in any picture to any reader."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from PIL import Image

from autofill.replica import ReplicaOptions, serving
from tests.journeys.canaries import TYPED, leaks
from tests.journeys.conftest import RunDesk

PROFILE = """topic: missing-package
sub_topic: not-received
contact:
  first_name: 길동
  last_name: Quetzalcoatlus
  company: Krakatoa Knitwear
  email: zebulonia.quetzal@example.com
  phone: (415) 555-0177
  address:
    street: 4711 Xylophone Crescent
    unit: Apt 4B
    city: Wolverhampton Springs
    state: CA
    postal_code: 94107
item:
  tracking_number: 9400111899223197428497
  mail_class: priority-mail
  recipient_address: {street: 99 Yggdrasil Row, city: Ouagadougou Heights, state: NV, postal_code: 89501}
subject: Rhinoceros figurine missing
message: |
  My rhinoceros figurine "Björn & Sons" never came.
  Где моя жар-птица? 내 소포는 어디에 있습니까?
  Thank you
attachments: [receipt-of-quetzalcoatlus.txt]
certify_true: yes
"""
# Behind the login the page greets by the first name, and lists what is on its way: nobody typed either there.
BEHIND_LOGIN = """form: usps-informed-delivery
topic: mail-delivery
contact:
  first_name: Pat
  last_name: Quetzalcoatlus
  email: zebulonia.quetzal@example.com
item:
  contents: Krakatoa Knitwear catalogue
subject: Rhinoceros figurine missing
problem_date: 2026-11-09
message: My rhinoceros figurine "Björn & Sons" never came.
"""
# What the practice desk's account holds, and how it is greeted.
HELD = ("9400111202555830001010", "9270090103830300003039", "hellopat")
CANARIES = (
    "길동",
    *TYPED,
    "Где моя жар-птица?",
    "내 소포는 어디에 있습니까?",
)
# What of them a reader of Latin letters should read in a picture; letters and digits alone.
READABLE = (
    "quetzalcoatlus",
    "krakatoa",
    "knitwear",
    "zebulonia",
    "5550177",
    "xylophone",
    "wolverhampton",
    "9400111899223197428497",
    "yggdrasil",
    "rhinoceros",
    "figurine",
)
# Words of the site, choices, and what a confirmation is about.
STILL_THERE = {
    "0002-problem-details": ("whereismypackage", "packagenotreceived", "trackingnumber", "prioritymail", "subject"),
    "0003-contact-information": ("firstname", "preferredcontactmethod", "streetaddress", "unitedstates", "california"),
    "0004-review": ("whereismypackage", "packagenotreceived", "prioritymail", "california", "lastname", "email"),
    "confirmation": ("thankyouforcontactingus", "yourservicerequestnumberis", "nextsteps"),
}


@pytest.fixture
def reader() -> str:
    program = shutil.which("tesseract")
    if program is None:
        pytest.fail("this test reads pictures with tesseract, which is not here: apt-get install tesseract-ocr")
    return program


def read(reader: str, picture: Image.Image, *, doubled: bool, mode: int) -> str:
    """What tesseract reads: letters and digits alone, small."""
    if doubled:
        picture = picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.LANCZOS)
    file = BytesIO()
    picture.save(file, "PNG")
    done = subprocess.run(
        [reader, "-", "-", "--psm", str(mode)],
        input=file.getvalue(),
        capture_output=True,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return re.sub(r"[\W_]", "", done.stdout.decode()).lower()


def read_every_way(reader: str, file: Path) -> str:
    picture = Image.open(file).convert("L")
    return " ".join(read(reader, picture, doubled=doubled, mode=mode) for doubled in (False, True) for mode in (6, 11))


def pictures(recording: Path) -> dict[str, Path]:
    return {file.stem: file for file in sorted(recording.glob("data/**/*.png"))}


def shared(recording: Path, *options: str) -> tuple[Path, list[str]]:
    """The copy, and which pictures it lacks."""
    command = [sys.executable, "-m", "autofill", "share", str(recording), "--json", *options]
    done = subprocess.run(command, check=True, capture_output=True)
    answer = json.loads(done.stdout)
    return Path(answer["copy"]), [Path(name).stem for name in answer["withheld_pictures"]]


@pytest.mark.long
def test_a_share_copy_shows_nothing_of_the_person(reader: str, tmp_path: Path) -> None:
    profile = tmp_path / "inquiry-of-quetzalcoatlus.yaml"
    profile.write_text(PROFILE, encoding="utf-8")
    (tmp_path / "receipt-of-quetzalcoatlus.txt").write_text("secret receipt")
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        code, (answer,), said = RunDesk(replica.url, tmp_path / "recordings").run(profile)
    assert code == 0, said
    original = Path(answer["recording"])

    copy, lacks = shared(original)

    assert lacks == []
    files = [path for path in copy.rglob("*") if path.is_file()]
    assert len(files) > 20
    found = [leak for path in files for leak in leaks(path.relative_to(copy).as_posix(), path.read_bytes(), CANARIES)]
    found += [leak for path in files for leak in leaks("a file name", path.as_posix().encode(), CANARIES[1:2])]
    texts = {name: read_every_way(reader, file) for name, file in pictures(copy).items()}
    found += [f"{canary} in {name}" for name, text in texts.items() for canary in READABLE if canary in text]
    assert found == []
    assert pictures(copy).keys() == pictures(original).keys()
    missing = [f"{words} in {name}" for name, all_ in STILL_THERE.items() for words in all_ if words not in texts[name]]
    assert missing == []
    assert answer["case_number"] in texts["confirmation"]

    # The same eyes on the original see what they did not see in the copy: so this test can fail.
    unread = set(READABLE)
    for file, mode in product(pictures(original).values(), (6, 11)):
        if unread:  # until all has been seen
            text = read(reader, Image.open(file).convert("L"), doubled=True, mode=mode)
            unread -= {canary for canary in unread if canary in text}
    assert unread == set()
    kept = " ".join(leak for path in original.rglob("*.*") for leak in leaks(path.name, path.read_bytes(), CANARIES))
    assert [canary for canary in (*CANARIES[:5], CANARIES[-3]) if canary not in kept] == []


@pytest.mark.long
def test_a_share_copy_shows_nothing_of_an_account(reader: str, tmp_path: Path) -> None:
    """Pages that show what it holds are left out; on one that is kept, what the profile says is covered."""
    profile = tmp_path / "inquiry.yaml"
    profile.write_text(BEHIND_LOGIN, encoding="utf-8")
    command = [sys.executable, "-m", "autofill", "run", "--json", "--recordings", tmp_path / "recordings", profile]
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True)
    answer = json.loads(done.stdout)
    original = Path(answer["recording"])

    copy, lacks = shared(original)
    kept, still_lacks = shared(original, "--out", str(tmp_path / "kept"), "--keep", "page.dashboard")

    assert lacks == ["confirmation", "0001-dashboard", "0004-submit"]
    assert still_lacks == ["confirmation", "0004-submit"]
    for folder in (copy, kept):
        files = [path for path in folder.rglob("*") if path.is_file()]
        canaries = (*TYPED, "Krakatoa Knitwear catalogue")
        assert [leak for path in files for leak in leaks(path.name, path.read_bytes(), canaries)] == []
        assert not (folder / "data/confirmation.txt").exists()
        assert answer["case_number"] in (folder / "data/report.html").read_text()
    texts = {name: read_every_way(reader, file) for name, file in pictures(copy).items()}
    assert texts.keys() == {"0002-report", "0003-review"}
    assert [word for text in texts.values() for word in (*READABLE, *HELD) if word in text] == []
    dashboard = read_every_way(reader, kept / "data/steps/0001-dashboard.png")
    assert (HELD[0] in dashboard, HELD[2] in dashboard) == (True, False)
    assert [word for word in HELD if word not in read_every_way(reader, pictures(original)["0001-dashboard"])] == []
