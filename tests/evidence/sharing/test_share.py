"""A share copy shows the run without the person: covered, checked, sealed, and honest about what it lacks."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner

from autofill.cli.app import app
from autofill.errors import AutofillError, DiskTrouble, Misconfigured, OurBug
from autofill.events import Verdict
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.evidence.keeping.journal import Journal
from autofill.evidence.keeping.summary import RunSummary, StepSummary
from autofill.evidence.sealing.seal import seal, seal_hash
from autofill.evidence.sealing.verify import verify_recording
from autofill.evidence.sharing import cover
from autofill.evidence.sharing.redaction import Choice
from autofill.evidence.sharing.share import share
from autofill.inquiry.fields import Fields, field_names
from autofill.organisations.registry import organisation
from tests.journeys.canaries import leaks

RUN = "20261122T170509Z-claim-abcdef"
NAME = {"field": "contact.last_name", "name": "Last Name", "kind": "text", "personal": True}
MAIL = {"field": "contact.email", "name": "Email", "kind": "text", "personal": True}
TOPIC = {"field": "topic", "name": "Topic", "kind": "combobox", "personal": False}
STEP = "data/steps/0001-details"
ACCOUNT = {"field": "login.account", "name": "Username", "kind": "text", "personal": True}
# Kept by a version that named attachments by their content.
ATTACHED = f"data/attachments/{hashlib.sha256(b'secret receipt').hexdigest()}.png"
ROWS = [
    {"name": "Last Name", "field": "contact.last_name", "planned": "Quetzalcoatlus", "found": "Quetzalcoatlus"},
    {"name": "Email", "field": "contact.email", "planned": "zebulonia@example.com", "found": "zebulonia@example.com"},
    {"name": "Topic", "field": "topic", "planned": "File a claim", "found": "File a claim"},
]


def png(colour: tuple[int, int, int] = (200, 210, 220)) -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


def page(slug: str) -> dict[str, Any]:
    """What the recorder notes of a page of an account."""
    return {"field": f"page.{slug}", "name": "", "kind": "page", "personal": True}


def boxes(path: str, *found: dict[str, Any], more: tuple[dict[str, Any], ...] = ()) -> bytes:
    entered = [NAME, MAIL, TOPIC, *more]
    sizes = [{"path": path, "width": 60, "height": 40}]
    return json.dumps(
        {"schema": "autofill.boxes/1", "scale": 1.0, "pictures": sizes, "entered": entered, "boxes": list(found)}
    ).encode()


def box(what: dict[str, Any], y: int) -> dict[str, Any]:
    return what | {"x": 5, "y": y, "width": 20, "height": 8, "tile": 1}


def recording(place: Path, changes: Mapping[str, bytes | None] | None = None) -> Path:
    """A sealed recording of one filled page and a confirmation; `changes` replace or remove files."""
    folder = RecordingFolder.create(place, RUN)
    journal = Journal(folder.path / "data/journal.jsonl")
    journal.write("run", run_id=RUN)
    journal.write("end", verdict="confirmed", exit_code=0)
    journal.close()
    now = datetime(2026, 11, 22, tzinfo=UTC)
    summary = RunSummary(
        run_id=RUN,
        profile="profiles/quetzalcoatlus.yaml",
        form="usps-email-us",
        target="replica",
        verdict=Verdict.CONFIRMED,
        submitted="yes",
        case_number="70775444",
        exit_code=0,
        recording="/home/quetzalcoatlus/recordings",
        steps=(
            StepSummary(n=1, name="Details", screenshot=f"{STEP}.png", ms=5),
            StepSummary(n=2, name="Confirmation", screenshot="data/confirmation.png", ms=6),
        ),
        faults=(
            "after-click: hello Quetzalcoatlus",
            "Saved in /home/zeb/tmp and C:\\Users\\zeb, see https://a.example/b/c",
        ),
        next="autofill run profiles/quetzalcoatlus.yaml",
        started=now,
        finished=now,
        plan_digest="b" * 64,
    )
    files: dict[str, bytes | None] = {
        f"{STEP}.png": png(),
        f"{STEP}.boxes.json": boxes(f"{STEP}.png", box(NAME, 2), box(MAIL, 14), box(TOPIC, 28)),
        f"{STEP}.values.json": json.dumps([row | {"matches": True} for row in ROWS]).encode(),
        "data/confirmation.png": png((1, 2, 3)),
        "data/steps/0002-confirmation.boxes.json": boxes("data/confirmation.png"),
        "data/confirmation.txt": b"- text: Dear Quetzalcoatlus, your case is 70775444",
        "data/confirmation.html": b"<p>Your case is 70775444</p>",
        "data/attachments/1.txt": b"secret receipt",
        ATTACHED: b"secret receipt",
        "data/log.jsonl": b"{}\n",
        "data/run.json": summary.model_dump_json(exclude={"sealed"}).encode(),
        "data/report.html": b"<p>Quetzalcoatlus",
    }
    folder.add_folder("data/attachments")
    for name, content in (files | dict(changes or {})).items():
        if content is not None:
            folder.write(name, content)
    seal(folder, RUN, key=lambda: None)
    return folder.path


def with_inquiry(place: Path, fields: Fields, changes: Mapping[str, bytes | None] | None = None) -> Path:
    """The same recording, with what the person wrote."""
    copy = InquiryCopy(form="usps-email-us", chosen=tuple(POST.own_fields.chosen), fields=fields)
    return recording(place, {"data/inquiry.json": copy.content, **(changes or {})})


def shown(copy: Path) -> dict[str, Any]:
    """What the copy tells of the inquiry."""
    fields: dict[str, Any] = json.loads((copy / "data/inquiry.json").read_bytes())["fields"]
    return fields


def pixels(path: Path) -> Image.Image:
    return Image.open(path).convert("RGB")


def black(path: Path, what: dict[str, Any]) -> bool:
    """Whether the place of this value is solid."""
    y = {"contact.last_name": 2, "contact.email": 14, "topic": 28}[what["field"]]
    return pixels(path).crop((5, y, 25, y + 8)).getcolors(1) == [(160, (0, 0, 0))]


def everything(copy: Path) -> str:
    """All that can be read in it, file names too."""
    return " ".join(f"{file} {file.read_bytes().decode(errors='replace')}" for file in sorted(copy.rglob("*.*")))


def test_personal_values_are_covered_and_the_rest_stays(tmp_path: Path) -> None:
    """In the picture, in tables and texts; the topic and the case number are nobody's secret."""
    copy = share(recording(tmp_path)).copy
    assert copy == tmp_path / f"{RUN}-share"
    picture = copy / f"{STEP}.png"
    assert (black(picture, NAME), black(picture, MAIL), black(picture, TOPIC)) == (True, True, False)
    assert pixels(picture).getpixel((50, 20)) == (200, 210, 220)
    text = everything(copy).lower()
    assert [word for word in ("quetzalcoatlus", "zebulonia", "secret receipt", "bbbbbbbb") if word in text] == []
    rows = json.loads((copy / f"{STEP}.values.json").read_bytes())
    assert [row["found"] for row in rows] == [
        "[withheld: contact.last_name]",
        "[withheld: contact.email]",
        "File a claim",
    ]
    assert (copy / "data/confirmation.txt").read_text().endswith("[withheld: contact.last_name], your case is 70775444")
    run = json.loads((copy / "data/run.json").read_bytes())
    assert (run["case_number"], run["profile"], run["next"], run["recording"]) == ("70775444", "[withheld]", "", None)
    assert run["faults"][1] == "Saved in [withheld] and [withheld] see https://a.example/b/c"
    report = (copy / "data/report.html").read_text()
    assert "70775444" in report
    assert report.count("data:image/png;base64,") == 2


def test_what_is_left_out_is_listed_and_the_rest_is_untouched(tmp_path: Path) -> None:
    """Files that the list does not name are byte for byte the original's."""
    original = recording(tmp_path)
    shared = share(original)
    listed = json.loads((shared.copy / "data/withheld.json").read_bytes())
    assert listed["original_tagmanifest_sha256"] == seal_hash(original)
    assert listed["fields"] == ["contact.email", "contact.last_name"]
    why = {file["path"]: file["why"] for file in listed["files"]}
    assert why["data/attachments/1.txt"] == why["data/log.jsonl"] == "left out: it may hold personal values"
    assert why[f"{STEP}.png"] == "personal values are covered by solid boxes"
    for file in original.joinpath("data").rglob("*.*"):
        name = file.relative_to(original).as_posix()
        same = shared.copy / name
        told = name.replace(Path(ATTACHED).stem, "[withheld]")
        assert (same.exists() and same.read_bytes() == file.read_bytes()) != (told in why), name
    assert shared.missing_pictures == ()


def test_the_owner_can_prove_later_what_it_was(tmp_path: Path) -> None:
    """By the hash in bag-info.txt; and for each file by the original's list, without which nobody can try values."""
    original = recording(tmp_path)
    copy = share(original).copy
    assert f"Copy-Of: {RUN} tagmanifest-sha256={seal_hash(original)}\n" in (copy / "bag-info.txt").read_text()
    statement = (copy / "data/statement.txt").read_text()
    assert seal_hash(original) in statement
    assert re.search(r"^Made       \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(by", statement, re.MULTILINE)
    manifest = (original / "manifest-sha256.txt").read_bytes()
    told = json.loads((copy / "data/withheld.json").read_bytes())["files"]
    for file in told:
        path = file["path"].replace("[withheld]", Path(ATTACHED).stem)
        digest = hashlib.sha256((original / path).read_bytes()).hexdigest()
        assert file["sealed_as"] == hmac.new(manifest, digest.encode(), "sha256").hexdigest()
        assert digest not in everything(copy)


def test_the_copy_is_a_sealed_bag(tmp_path: Path) -> None:
    """The program and the public tool find it in order; so they find a change; the original is as it was."""
    original = recording(tmp_path)
    copy = share(original).copy
    check = ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert verify_recording(copy).ok
    assert verify_recording(original).ok
    subprocess.run(check, cwd=copy, check=True)
    (copy / "data/withheld.json").write_text("{}")
    assert not verify_recording(copy).ok


@pytest.mark.parametrize(
    ("choice", "visible"),
    [
        (Choice(keep=frozenset({"contact.email"})), {"contact.email", "topic"}),
        (Choice(only=frozenset({"contact.email"})), {"contact.last_name", "topic"}),
        (Choice(only=frozenset({"topic"})), {"contact.last_name", "contact.email"}),
    ],
)
def test_what_is_covered_can_be_chosen(choice: Choice, visible: set[str], tmp_path: Path) -> None:
    """Also a choice, if somebody wants that; pictures, tables and texts agree."""
    copy = share(recording(tmp_path), choice=choice).copy
    seen = {what["field"] for what in (NAME, MAIL, TOPIC) if not black(copy / f"{STEP}.png", what)}
    rows = json.loads((copy / f"{STEP}.values.json").read_bytes())
    assert seen == {row["field"] for row in rows if "withheld" not in row["found"]} == visible
    assert ("Quetzalcoatlus" in (copy / "data/confirmation.txt").read_text()) == ("contact.last_name" in visible)


@pytest.mark.parametrize(
    ("changes", "lost", "why"),
    [
        ({f"{STEP}.boxes.json": boxes(f"{STEP}.png", box(MAIL, 14))}, f"{STEP}.png", "contact.last_name"),
        ({f"{STEP}.boxes.json": None}, f"{STEP}.png", "not noted"),
        ({f"{STEP}.png": png()[:60]}, f"{STEP}.png", "cannot be drawn"),
        ({"data/steps/0001-more.png": png()}, "data/steps/0001-more.png", "not noted"),
        ({"data/confirmation.png": b"\x89PNG\r\n\x1a\n" + bytes(40)}, "data/confirmation.png", "not noted"),
    ],
    ids=["a value without a box", "no boxes", "broken", "of no step", "of another size"],
)
def test_a_doubtful_picture_is_left_out_and_it_is_said(
    changes: dict[str, bytes | None], lost: str, why: str, tmp_path: Path
) -> None:
    """The list, the report's faults and the caller all hear of it."""
    shared = share(recording(tmp_path, changes))
    assert shared.missing_pictures == (lost,)
    assert not (shared.copy / lost).exists()
    (reason,) = (file.why for file in shared.withheld.files if file.path == lost)
    assert why in reason
    assert f"copy: {lost} is left out" in (shared.copy / "data/report.html").read_text()
    assert verify_recording(shared.copy).ok


def test_a_text_that_cannot_be_cleaned_is_left_out(tmp_path: Path) -> None:
    """Such as one that has the name in it, encoded."""
    hidden = {"data/confirmation.txt": b"- text: UXVldHphbGNvYXRsdXMgbGl2ZXMgaGVyZQ=="}
    shared = share(recording(tmp_path, hidden))
    assert not (shared.copy / "data/confirmation.txt").exists()
    assert "data/confirmation.txt" in {file.path for file in shared.withheld.files}


def test_the_source_of_a_page_is_left_out(tmp_path: Path) -> None:
    """There is no end to the ways in which a value can be hidden in it; its text and its picture say the same."""
    shared = share(recording(tmp_path))
    assert not (shared.copy / "data/confirmation.html").exists()
    assert "data/confirmation.html" in {file.path for file in shared.withheld.files}


def test_a_value_that_no_text_holds_takes_the_text_along(tmp_path: Path) -> None:
    """The account's name is looked for in pictures alone: in the text, nobody could find it. Kept visible, it may."""
    changes = {
        f"{STEP}.boxes.json": boxes(f"{STEP}.png", box(NAME, 2), box(MAIL, 14), more=(ACCOUNT,)),
        "data/confirmation.txt": b"- text: Signed in as zebulonia77 - your case is 70775444",
    }
    original = recording(tmp_path, changes)
    shared = share(original)
    assert "zebulonia77" not in everything(shared.copy)
    assert "login.account" in shared.withheld.fields
    (why,) = (file.why for file in shared.withheld.files if file.path == "data/confirmation.txt")
    assert "login.account" in why
    kept = share(original, tmp_path / "b", Choice(keep=frozenset({"login.account"}))).copy
    assert (kept / "data/confirmation.txt").read_text().startswith("- text: Signed in as zebulonia77")


def test_pages_of_an_account_are_left_out(tmp_path: Path) -> None:
    """What they show nobody typed. Whoever has looked at one may keep it."""
    shown = boxes("data/confirmation.png", more=(page("confirmation"),))
    original = recording(tmp_path, {"data/steps/0002-confirmation.boxes.json": shown})
    shared = share(original)
    assert shared.missing_pictures == ("data/confirmation.png",)
    assert not (shared.copy / "data/confirmation.txt").exists()
    assert shared.withheld.fields == ("contact.email", "contact.last_name")
    (why,) = (file.why for file in shared.withheld.files if file.path == "data/confirmation.png")
    assert "page.confirmation" in why
    kept = share(original, tmp_path / "b", Choice(keep=frozenset({"page.confirmation"})))
    assert kept.missing_pictures == ()
    assert "70775444" in (kept.copy / "data/confirmation.txt").read_text()


POST = organisation("usps")
FIELD_NAMES = field_names(POST.inquiry_model)
INQUIRY: Fields = {
    "topic": "claim",
    "contact.last_name": "Quetzalcoatlus",
    "contact.email": "zebulonia@example.com",
    "contact.address": "4711-K Xylophone Crescent, Reno, NV 89501",
    "contact.address.street": "4711-K Xylophone Crescent",
    "contact.address.city": "Reno",
    "contact.address.state": "NV",
    "contact.address.postal_code": "89501",
    "certify_true": "yes",
    "attachments": ("receipt-of-quetzalcoatlus.pdf", "photo of zebulonia.png"),
    "answers.Is it urgent? e.g. medicine.": "insulin of Quetzalcoatlus",
    "answers.Sizes": ("krakatoa", "knitwear"),
}


def test_the_inquiry_is_shown_without_what_is_personal(tmp_path: Path) -> None:
    """By the rule for everything: typed words are withheld, chosen ones stay; a whole hides what its parts hide."""
    shared = share(with_inquiry(tmp_path, INQUIRY))

    fields = shown(shared.copy)
    assert fields.keys() == INQUIRY.keys()
    open_ = {name: text for name, text in fields.items() if text != f"[withheld: {name}]"}
    whole = open_.pop("contact.address")
    assert open_ == {"topic": "claim", "contact.address.state": "NV", "certify_true": "yes"}
    assert set(re.findall(r"withheld: ([\w.]+)", whole)) == {
        f"contact.address.{part}" for part in ("street", "city", "postal_code")
    }
    why = {file.path: file.why for file in shared.withheld.files}
    assert why["data/inquiry.json"] == "personal values are replaced by the names of their fields"
    assert "answers.Sizes" in shared.withheld.fields
    # A bare "4711" would also be found in a time or a hash, by chance.
    assert [word for word in ("4711-K", "Xylophone", "Crescent") if word in everything(shared.copy)] == []


@pytest.mark.parametrize("field", sorted({*FIELD_NAMES, "answers.What. happened?", "files.Photo"}))
def test_a_canary_in_any_field_is_in_no_copy(field: str, tmp_path: Path) -> None:
    """In no encoding: neither in the inquiry nor where a page, a message or a fault says it again."""
    canary = 'Wolverhampton "Björn" & Xylophone 4711'
    said = {"data/confirmation.txt": f"Hello {canary}, thank you for writing to us".encode()}

    shared = share(with_inquiry(tmp_path, {**INQUIRY, field: canary}, said))

    chosen = POST.own_fields.chosen | {"contact.address"}  # a whole is shown by its parts
    files = [path for path in shared.copy.rglob("*.*") if path.is_file()]
    found = [leak for path in files for leak in leaks(path.name, path.read_bytes(), [canary])]
    # What is chosen from a list is nobody's own: so this test can fail.
    assert bool(found) == (field in chosen), found
    assert verify_recording(shared.copy).ok


@pytest.mark.parametrize(
    ("choice", "visible"),
    [
        (Choice(keep=frozenset({"contact.email"})), {"contact.email", "topic"}),
        (Choice(only=frozenset({"contact.email"})), {"contact.last_name", "topic", "answers.Sizes"}),
        (Choice(only=frozenset({"topic", "answers.Sizes"})), {"contact.last_name", "contact.email"}),
    ],
)
def test_what_is_withheld_of_the_inquiry_can_be_chosen(choice: Choice, visible: set[str], tmp_path: Path) -> None:
    fields = {name: INQUIRY[name] for name in ("topic", "contact.last_name", "contact.email", "answers.Sizes")}

    copy = share(with_inquiry(tmp_path, fields), choice=choice).copy

    assert {name for name, text in shown(copy).items() if "withheld" not in str(text)} == visible


def test_an_address_that_is_kept_as_a_whole_keeps_its_parts(tmp_path: Path) -> None:
    """And one that is withheld as a whole takes them along, also those that are chosen from lists."""
    whole = {"field": "contact.address", "name": "Address", "kind": "text", "personal": True}
    places = {f"{STEP}.boxes.json": boxes(f"{STEP}.png", box(NAME, 2), box(MAIL, 14), more=(whole,))}
    fields = {name: text for name, text in INQUIRY.items() if "address" in name}

    none = shown(share(with_inquiry(tmp_path / "a", fields, places)).copy)
    kept = share(with_inquiry(tmp_path / "b", fields, places), choice=Choice(keep=frozenset({"contact.address"})))

    assert none == {name: f"[withheld: {name}]" for name in fields}
    assert shown(kept.copy) == fields


def test_a_kept_field_is_shown_without_what_others_hide(tmp_path: Path) -> None:
    fields = {**INQUIRY, "subject": "Parcel of Quetzalcoatlus, 89501"}

    copy = share(with_inquiry(tmp_path, fields), choice=Choice(keep=frozenset({"subject"}))).copy

    assert shown(copy)["subject"] == "Parcel of [withheld: contact.last_name], [withheld: contact.address.postal_code]"


def test_an_inquiry_that_cannot_be_cleaned_is_left_out(tmp_path: Path) -> None:
    """Such as one whose form asks a question that holds the name."""
    shared = share(with_inquiry(tmp_path, {**INQUIRY, "answers.Is it Quetzalcoatlus?": "yes"}))

    assert not (shared.copy / "data/inquiry.json").exists()
    assert "data/inquiry.json" in {file.path for file in shared.withheld.files}


def test_an_inquiry_nobody_understands_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Damage, match=r"data/inquiry\.json"):
        share(recording(tmp_path, {"data/inquiry.json": b"{}"}))


def test_what_was_attached_is_not_told_by_its_hash(tmp_path: Path) -> None:
    """Not by the name of the file either; and a picture that was attached is none of a page."""
    shared = share(recording(tmp_path))
    assert hashlib.sha256(b"secret receipt").hexdigest() not in everything(shared.copy)
    assert "data/attachments/[withheld].png" in {file.path for file in shared.withheld.files}
    assert shared.missing_pictures == ()


def test_a_fault_that_cannot_be_cleaned_is_not_told(tmp_path: Path) -> None:
    """It may quote what the page said."""
    run = json.loads((recording(tmp_path / "a") / "data/run.json").read_bytes())
    run["faults"] = ["dialog: UXVldHphbGNvYXRsdXMgbGl2ZXMgaGVyZQ=="]
    copy = share(recording(tmp_path / "b", {"data/run.json": json.dumps(run).encode()})).copy
    assert json.loads((copy / "data/run.json").read_bytes())["faults"] == ["[withheld]"]


def test_an_unknown_control_counts_as_personal(tmp_path: Path) -> None:
    """A value that no boxes file tells of is covered in the table, and its picture left out."""
    odd = [*(row | {"matches": True} for row in ROWS), ROWS[0] | {"field": "odd", "name": "Odd", "matches": True}]
    shared = share(recording(tmp_path, {f"{STEP}.values.json": json.dumps(odd).encode()}))
    rows = json.loads((shared.copy / f"{STEP}.values.json").read_bytes())
    assert rows[-1]["found"] == "[withheld: odd]"
    assert shared.missing_pictures == (f"{STEP}.png",)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda root: (root / f"{STEP}.png").write_bytes(png((0, 0, 1))), "0001-details.png"),
        (lambda root: (root / "tagmanifest-sha256.txt").unlink(), "unsealed"),
        (lambda root: (root / "data/attachments/1.txt").unlink(), "attachments/1.txt"),
    ],
    ids=["changed", "unsealed", "missing"],
)
def test_a_broken_original_is_refused(damage: Callable[[Path], object], named: str, tmp_path: Path) -> None:
    """A copy would look as good as one of a sound recording."""
    original = recording(tmp_path)
    damage(original)
    with pytest.raises(Damage, match=named):
        share(original)
    assert sorted(path.name for path in tmp_path.iterdir()) == [RUN]


@pytest.mark.parametrize("name", [f"{STEP}.boxes.json", f"{STEP}.values.json", "data/run.json"])
def test_an_original_nobody_understands_is_refused(name: str, tmp_path: Path) -> None:
    """Sealed, and yet not as autofill writes it."""
    content = b'{"run_id": "%s", "verdict": "confirmed", "exit_code": 0}' % RUN.encode()
    original = recording(tmp_path, {name: content})
    with pytest.raises(Damage, match=re.escape(name)):
        share(original)


def test_a_copy_is_made_once_and_not_of_a_copy(tmp_path: Path) -> None:
    original = recording(tmp_path)
    copy = share(original).copy
    for again in (original, copy):
        with pytest.raises(Misconfigured, match="copy"):
            share(again)
    assert share(original, tmp_path / "elsewhere").copy == tmp_path / "elsewhere" / f"{RUN}-share"


def test_a_field_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A slip of the pen would leave covered, or uncovered, what was not meant."""
    with pytest.raises(Misconfigured, match="emial") as caught:
        share(recording(tmp_path), choice=Choice(keep=frozenset({"contact.emial"})))
    assert "contact.email" in caught.value.hint


@pytest.mark.parametrize("trouble", ["pixels", "disk", "seal"])
def test_no_copy_is_left_when_something_fails(trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can hand out half a copy by mistake."""
    original = recording(tmp_path)
    write = RecordingFolder.write

    def fail(self: RecordingFolder, name: str, content: bytes) -> None:
        if name == ("data/report.html" if trouble == "disk" else "never"):
            raise DiskTrouble("full")
        write(self, name, content + b" " if trouble == "seal" and name == "VERIFY.txt" else content)
        if trouble == "seal" and name == "tagmanifest-sha256.txt":
            (self.path / "VERIFY.txt").write_bytes(b"other")

    if trouble == "pixels":
        monkeypatch.setattr(cover, "SOLID", None)
    monkeypatch.setattr(RecordingFolder, "write", fail)
    expected: type[Exception] = {"pixels": Exception, "disk": DiskTrouble, "seal": OurBug}[trouble]
    with pytest.raises(expected):
        share(original)
    assert sorted(path.name for path in tmp_path.iterdir()) == [RUN]


def test_the_verb_says_what_it_did(tmp_path: Path) -> None:
    """For people and for programs."""
    original = recording(tmp_path)
    said = CliRunner().invoke(app, ["share", str(original), "--out", str(tmp_path / "a"), "--keep", "contact.email"])
    assert said.exit_code == 0
    assert "covered: contact.last_name\n" in said.stdout
    told = CliRunner().invoke(app, ["share", str(original), "--json"])
    answer = json.loads(told.stdout)
    assert (answer["schema"], answer["copy"]) == ("autofill.share/1", str(tmp_path / f"{RUN}-share"))
    assert answer["withheld_fields"] == ["contact.email", "contact.last_name"]


def test_the_verb_refuses_a_broken_original(tmp_path: Path) -> None:
    """With the exit code of `verify`; what is missing is said as everywhere."""
    original = recording(tmp_path)
    (original / f"{STEP}.png").write_bytes(b"other")
    said = CliRunner().invoke(app, ["share", str(original)])
    assert said.exit_code == 1
    assert f"{STEP}.png" in said.stdout
    told = CliRunner().invoke(app, ["share", "--json", str(original)])
    assert (told.exit_code, json.loads(told.stdout)["copy"]) == (1, None)
    missing = CliRunner().invoke(app, ["share", str(tmp_path / "nothing")])
    assert isinstance(missing.exception, AutofillError)
