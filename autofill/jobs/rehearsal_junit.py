"""Rehearsals as JUnit XML, the format of test results that build servers read. Holds no value a person typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from autofill.errors import ExitCode
from autofill.jobs.rehearsal import Rehearsed
from autofill.jobs.result_files import writing

# What XML 1.0 has no way to write (production 2, "Char").
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What the form or its site did fails a test; everything else is an error of the test itself.
_FAILURES: Final = {
    *(ExitCode.UNAVAILABLE, ExitCode.TRY_LATER, ExitCode.FORM_CHANGED, ExitCode.PERSON_NEEDED),
    *(ExitCode.UNKNOWN, ExitCode.REJECTED, ExitCode.NO_CASE_NUMBER),
}


def write_junit(file: Path, rehearsed: Sequence[Rehearsed], report: Path) -> None:
    """Write one test case for each profile.

    Args:
        file: Where to; what is there is replaced.
        rehearsed: What they came to.
        report: The report's folder, which pictures are in.

    Raises:
        DiskTrouble: It cannot be written.
    """
    suite = ET.Element("testsuite", name="autofill rehearse")
    for each in rehearsed:
        _add_case(suite, each, report)
    suite.attrib |= {
        "tests": str(len(rehearsed)),
        "failures": str(len(suite.findall("testcase/failure"))),
        "errors": str(len(suite.findall("testcase/error"))),
        "time": f"{sum(map(_seconds, rehearsed)):.3f}",
    }
    if began := [each.run.started for each in rehearsed if each.run.started]:
        suite.set("timestamp", min(began).replace(tzinfo=None).isoformat(timespec="seconds"))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    with writing(file):
        ET.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def _add_case(suite: ET.Element, each: Rehearsed, report: Path) -> None:
    run = each.run
    case = _add(suite, "testcase", classname=run.form or "autofill", name=run.profile, time=f"{_seconds(each):.3f}")
    properties = _add(case, "properties")
    known = {
        "verdict": run.verdict.value,
        "exit_code": str(each.exit_code),
        "tries": str(each.tries),
        "browser": run.browser,
        "recording": run.recording or "",
        **{f"step.{step.n}": f"{step.name}: {step.ms / 1000:.2f} s" for step in run.steps},
        **{f"picture.{picture.file}": f"{picture.state} {picture.words}".strip() for picture in each.pictures},
    }
    for name, value in known.items():
        _add(properties, "property", name=name, value=value)
    if each.exit_code:
        kind = "failure" if each.exit_code in _FAILURES else "error"
        failed = _add(case, kind, type=run.verdict.value if run.exit_code else "picture", message=message_of(each))
        failed.text = _writable("\n".join(_details(each, report)))
    notes = [*each.changes, *(f"{picture.step}: {picture.words}" for picture in each.changed_pictures)]
    attached = (f"[[ATTACHMENT|{(report / picture).absolute()}]]" for picture in _pictures(each))
    if said := [*notes, *attached]:
        _add(case, "system-out").text = _writable("\n".join(said))


def message_of(each: Rehearsed) -> str:
    """What went wrong, in one line: the page, and why."""
    run = each.run
    if not run.exit_code:
        found = (f"{picture.step}: {picture.words}" for picture in each.changed_pictures)
        return next(found, each.picture_trouble or "")
    why = run.error or "; ".join((*run.messages, *run.faults)) or each.outcome.meaning
    return f"{run.stopped_at}: {why}" if run.stopped_at else why


def _details(each: Rehearsed, report: Path) -> list[str]:
    """The verdict, the page and the reason on lines of their own, and where to look."""
    run = each.run
    lines = [each.outcome.badge, message_of(each), *run.messages, *run.faults, run.next]
    lines += [str((report / picture).absolute()) for picture in _pictures(each)]
    if run.recording:
        recording = Path(run.recording).absolute()
        lines += [str(recording / step.screenshot) for step in run.steps[-1:] if step.screenshot]
        lines.append(str(recording / "data" / "report.html"))
    return list(dict.fromkeys(filter(None, lines)))


def _pictures(each: Rehearsed) -> list[str]:
    """The pictures that a person wants to see: where it stopped, and what changed."""
    found = [
        (picture.difference or picture.now) for picture in each.pictures if picture.state in {"changed", "stopped"}
    ]
    return [picture for picture in found if picture]


def _seconds(each: Rehearsed) -> float:
    started, finished = each.run.started, each.run.finished
    return (finished - started).total_seconds() if started and finished else 0


def _add(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, {name: _writable(value) for name, value in attributes.items()})


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
