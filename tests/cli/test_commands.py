"""What the verbs answer, without a browser: exit codes, problems, JSON, and what they load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
FIRST = REPOSITORY / "profiles" / "01-missing-package.yaml"
FIVE_MISTAKES = """topic: missing-pakage
contact:
  first_nam: Ana
  last_name: Canary
  email: canary@@example.com
  address:
    street: 1 Canary Street
    city: Boston
    state: Masachusetts
    postal_code: 2134
message: Where is it?
certify_true: yes
"""


def autofill(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The program, in a process of its own."""
    command = [sys.executable, "-m", "autofill", *map(str, arguments)]
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


def test_five_mistakes_give_five_lines_and_exit_65(tmp_path: Path) -> None:
    profile = tmp_path / "five.yaml"
    profile.write_text(FIVE_MISTAKES)

    done = autofill("validate", profile)

    assert done.returncode == 65
    lines = done.stderr.splitlines()
    assert [line.removeprefix(f"{profile}:").split(" ")[:2] for line in lines] == [
        ["1:1:", "topic:"],
        ["3:3:", "contact.first_nam:"],
        ["5:3:", "contact.email:"],
        ["9:5:", "contact.address.state:"],
        ["10:5:", "contact.address.postal_code:"],
    ]
    assert "did you mean" in lines[0] + lines[1]
    assert "anary" not in done.stderr + done.stdout


def loaded_by(*arguments: str | Path) -> set[str]:
    """Top-level modules that are loaded when a command has run."""
    code = (
        "import sys, json\n"
        "from autofill.cli.app import main\n"
        "sys.argv[0] = 'autofill'\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return set(json.loads(done.stdout.splitlines()[-1]))


HEAVY = {"playwright", "sqlite3", "sqlalchemy", "starlette", "uvicorn", "rich", "jinja2"}


def test_help_loads_nothing_heavy() -> None:
    loaded = loaded_by("--help")

    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY | {"phonenumbers", "pydantic", "yaml"})


def test_validate_loads_no_browser_no_sql_and_no_web_server() -> None:
    loaded = loaded_by("validate", FIRST)

    assert "phonenumbers" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_validate_json_is_one_object_a_profile(tmp_path: Path) -> None:
    profile = tmp_path / "five.yaml"
    profile.write_text(FIVE_MISTAKES)

    done = autofill("validate", "--json", FIRST, profile)

    good, bad = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, good["exit_code"], bad["exit_code"]) == (65, 0, 65)
    assert len(bad["problems"]) == 5
    assert bad["problems"][0]["line"] == 1


def test_a_missing_profile_is_66() -> None:
    done = autofill("validate", "nowhere.yaml")

    assert (done.returncode, done.stderr) == (66, "nowhere.yaml: no such file, or it cannot be read\n")


def test_a_run_says_what_is_wrong_once_and_what_to_do(tmp_path: Path) -> None:
    profile = tmp_path / "five.yaml"
    profile.write_text(FIVE_MISTAKES)

    invalid = autofill("run", profile, "--recordings", tmp_path)
    missing = autofill("run", tmp_path / "nowhere.yaml", "--recordings", tmp_path)

    assert len(invalid.stderr.splitlines()) == 5
    assert not any(line in invalid.stdout for line in invalid.stderr.splitlines())
    assert "Next  Nothing was sent. Fix" in invalid.stdout
    assert missing.stdout.count("no such file") == 1
    assert "Next  Nothing was sent. Check the path" in missing.stdout


def test_advice_is_said_beside_json_too(tmp_path: Path) -> None:
    """On stderr; and nothing is filled, for want of a browser. The first example is free of it on any day."""
    insured = tmp_path / "insured.yaml"
    insured.write_text(FIRST.read_text().replace("media-mail", "priority-mail"))
    done = autofill("run", "--json", "--browser", "/nowhere", insured, "--recordings", tmp_path)

    assert "warning: " in done.stderr
    assert "warning: " not in autofill("validate", FIRST).stderr
    assert json.loads(done.stdout)["exit_code"] == 69


@pytest.mark.parametrize(
    "arguments", [("--live", "--browser", "/nowhere"), ("--url", "https://emailus.usps.com/s/"), ("--url", "ftp://x")]
)
def test_nothing_leaves_this_machine(arguments: tuple[str, ...]) -> None:
    done = autofill("run", *arguments, FIRST)

    assert done.returncode == 78
    assert "Nothing was sent" in done.stderr
    assert done.stdout == ""


def test_an_address_that_only_looks_local_is_refused() -> None:
    """Case 73: what stands before the @ is a user name, not the host."""
    assert autofill("run", "--url", "http://127.0.0.1:80@evil.example/", FIRST).returncode == 78


def test_a_run_of_an_invalid_profile_answers_in_json_too(tmp_path: Path) -> None:
    profile = tmp_path / "five.yaml"
    profile.write_text(FIVE_MISTAKES)

    done = autofill("run", "--json", profile)

    answer = json.loads(done.stdout)
    assert (done.returncode, answer["exit_code"], answer["submitted"], answer["retry_safe"]) == (65, 65, "no", True)
    assert len(done.stderr.splitlines()) == 5


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", FIRST, "--live", "--dry-run"], 78),
        (["plan", "nowhere.yaml"], 66),
        (["verify", "/nope"], 66),
        (["share", "/nope"], 66),
        (["cases", "nope", "--recordings", "{tmp_path}"], 66),
        (["verify", "--no-such-option", "/nope"], 2),
        (["run"], 2),
        (["replica", "--clock", "soon"], 2),
        (["no-such-verb"], 2),
        (["--lang", "xx", "doctor"], 2),
    ],
)
def test_every_error_is_an_answer_in_json(arguments: list[str | Path], code: int, tmp_path: Path) -> None:
    """One object on stdout; people read the same on stderr."""
    done = autofill(*(str(word).format(tmp_path=tmp_path) for word in arguments), "--json")

    answer = json.loads(done.stdout)
    assert (done.returncode, answer["schema"], answer["exit_code"]) == (code, "autofill.error/1", code)
    assert answer["error"].splitlines()[0] in done.stderr
    assert answer["hint"] in done.stderr


def test_a_bug_of_ours_is_an_answer_in_json_too() -> None:
    code = (
        "import sys\nfrom autofill import machine\nfrom autofill.cli.app import main\n"
        "machine.examine = None\nsys.argv = ['autofill', 'doctor', '--json']\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)

    answer = json.loads(done.stdout)
    assert (done.returncode, answer["exit_code"]) == (70, 70)
    assert answer["error"].startswith("TypeError (doctor.py:")


def test_an_error_is_no_answer_for_people() -> None:
    done = autofill("verify", "/nope")

    assert (done.returncode, done.stdout) == (66, "")


def test_no_browser_is_69_and_says_what_to_do(tmp_path: Path) -> None:
    done = autofill("run", "--json", "--browser", tmp_path / "none", "--recordings", tmp_path / "r", FIRST)

    answer = json.loads(done.stdout)
    assert (done.returncode, answer["exit_code"], answer["verdict"]) == (69, 69, "not-submitted")
    assert "autofill install" in answer["next"]


def test_plan_prints_the_steps_and_json() -> None:
    text = autofill("plan", FIRST).stdout
    plan = json.loads(autofill("plan", "--json", FIRST).stdout)

    assert "2. Problem Details" in text
    assert [step["action"] for step in plan["steps"]] == ["reach", "fill", "fill", "review", "submit"]


@pytest.mark.parametrize(
    ("what", "place"),
    [
        (["inquiry"], "inquiry/inquiry.schema.json"),
        (["inquiry", "--organisation", "usps"], "organisations/usps/inquiry.schema.json"),
        (["form-map"], "forms/form-map.schema.json"),
        (["run"], "answers/schemas/run.schema.json"),
        (["event"], "answers/schemas/event.schema.json"),
    ],
)
def test_the_committed_schemas_are_current(what: list[str], place: str) -> None:
    assert autofill("schema", *what).stdout == (REPOSITORY / "autofill" / place).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["inquiry", "--organisation", "nobody"], "No such organisation; there are: usps"),
        (["form-map", "--organisation", "usps"], "Leave --organisation out."),
        (["run", "--organisation", "usps"], "Leave --organisation out."),
        (["nothing"], "Schemas: inquiry, form-map, batch, batch-check"),
    ],
)
def test_a_schema_that_there_is_not(arguments: list[str], words: str) -> None:
    done = autofill("schema", *arguments)

    assert (done.returncode, done.stdout) == (78, "")
    assert words in done.stderr


def test_forms_lists_the_library_and_how_each_fact_is_known() -> None:
    listed = [line.split()[0] for line in autofill("forms").stdout.splitlines()]
    assert listed == ["usps-chat", "usps-email-us", "usps-informed-delivery"]
    whole = autofill("forms", "usps-email-us").stdout
    assert "First Name" in whole
    assert {"seen", "inferred", "unknown"} <= set(whole.split())


def test_doctor_says_what_is_there(tmp_path: Path) -> None:
    done = autofill("doctor", "--json", "--recordings", tmp_path / "recordings")

    findings = {finding["subject"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert done.returncode == 0
    assert all(finding["fine"] for finding in findings.values())
    assert findings["Recordings"]["found"].startswith(str(tmp_path))


def test_doctor_without_a_browser_names_the_remedy(tmp_path: Path) -> None:
    done = autofill("doctor", "--browser", tmp_path / "none")

    assert done.returncode == 69
    assert "autofill install" in done.stdout


def test_no_colour_codes_and_no_progress_when_not_a_terminal() -> None:
    done = autofill("doctor", "--browser", "nowhere")

    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("ledger", ["broken", "folder", "missing/ledger"])
def test_a_ledger_that_cannot_be_used_stops_the_run_before_any_browser(ledger: str, tmp_path: Path) -> None:
    """Fault 31; the browser named here does not exist, so looking for it would end with 69."""
    (tmp_path / "broken").write_bytes(b"this is no database at all, but long enough to look like a header of one" * 20)
    (tmp_path / "folder").mkdir()
    (tmp_path / "missing").write_text("a file where a folder is needed")

    done = autofill("run", "--json", "--ledger", tmp_path / ledger, "--browser", tmp_path / "none", FIRST)

    answer = json.loads(done.stdout)
    assert (done.returncode, answer["exit_code"], answer["submitted"]) == (74, 74, "no")
    assert answer["next"]


def test_one_broken_form_map_does_not_hide_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are right are listed; what is wrong is told at its place, with exit code 65."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    mine = tmp_path / "autofill" / "organisations" / "acme"
    (mine / "forms").mkdir(parents=True)
    (mine / "organisation.yaml").write_text("id: acme\ntitle: Acme\n")
    (mine / "forms" / "acme-contact.yaml").write_text("id: Acme Contact\n")

    done = autofill("forms")

    assert done.returncode == 65
    assert "usps-email-us" in done.stdout
    assert "acme-contact.yaml:1:1: id: must be small letters and digits joined by dashes" in done.stderr
