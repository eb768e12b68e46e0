"""Values that YAML loaders are known to destroy arrive at the server letter for letter (bad inputs, group B and C)."""

from __future__ import annotations

from pathlib import Path
from string import Template

from tests.journeys.conftest import RunDesk

# Written as people write: no quotes anywhere.
PROFILE = Template("""topic: missing-package
sub_topic: not-received
contact:
  first_name: $first
  last_name: $last
  email: someone@example.com
  phone: $phone
  address:
    street: 1 Main Street
    city: Somewhere
$place
item:
  tracking_number: $tracking
subject: $subject
message: |
  $message
certify_true: yes
""")
TRACKING = {
    "a": "9400111899223197428497",
    "b": "9400111899223197428503",
    "c": "9400111899223197428510",
    "d": "9400111899223197428527",
    "e": "9400111899223197428534",
    "nfd": "9400111899223197428541",
}
US = "    state: MA\n    postal_code: $zip"


def write(folder: Path, name: str, *, encoding: str = "utf-8", newline: str = "\n", **values: str) -> Path:
    usual = {"first": "Ana", "last": "Lee", "phone": "(415) 555-0132", "subject": "Package", "message": "Where is it?"}
    # Each about an item of its own: another inquiry about the same one would not be sent.
    usual["tracking"] = TRACKING[name]
    place = values.pop("place", None) or US.replace("$zip", values.pop("zip", "02134"))
    text = PROFILE.substitute(usual | values, place=place)
    path = folder / f"{name}.yaml"
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    return path


def test_values_survive_unchanged(desk: RunDesk, tmp_path: Path) -> None:
    odd = "1_000 items at 12:30 on 2026-13-45, {{7*7}} ${HOME} %(x)s {0.__class__} javascript:alert(1)"
    markup = "<script>alert('x')</script> \"; DROP TABLE inquiries; -- Nuñez 王 김민준 Müller"
    profiles = [
        write(tmp_path, "a", zip="02134", last="No", message=odd),
        write(tmp_path, "b", zip="00501", last="Null", message=markup, encoding="utf-8-sig"),
        write(tmp_path, "c", zip="08901", last="O'Brien", subject="=1+1 is not a formula", newline="\r\n"),
        write(
            tmp_path, "d", place="    country: KR\n    postal_code: 03187", phone="0551234567", first="민준", last="王"
        ),
        write(tmp_path, "e", zip="02134-1234", subject="+1 parcel", message="Emoji 📦 are counted twice by the form."),
    ]

    _, answers, _ = desk.run(*profiles)

    assert [(answer["verdict"], answer["error"]) for answer in answers] == [("confirmed", None)] * len(profiles)
    a, b, c, d, e = (submission["fields"] for submission in desk.arrived()["submissions"])
    assert (a["postal_code"], a["last_name"], a["message"]) == ("02134", "No", odd)
    assert a["tracking_number"] == "9400111899223197428497"
    assert (b["postal_code"], b["last_name"], b["message"]) == ("00501", "Null", markup)
    assert (c["postal_code"], c["last_name"], c["subject"]) == ("08901", "O'Brien", "=1+1 is not a formula")
    assert (d["phone"], d["first_name"], d["last_name"], d["postal_code"]) == ("+82 55-123-4567", "민준", "王", "03187")
    assert (e["postal_code"], e["subject"]) == ("02134-1234", "+1 parcel")
    assert e["message"] == "Emoji 📦 are counted twice by the form."


def test_a_decomposed_name_arrives_composed_and_that_is_said(desk: RunDesk, tmp_path: Path) -> None:
    """Case 40: NFD accents are normalised to NFC, and the person is told."""
    profile = write(tmp_path, "nfd", last="Nun\u0303ez")

    done = desk.run(profile)

    assert done[0] == 0
    (submission,) = desk.arrived()["submissions"]
    assert submission["fields"]["last_name"] == "Nuñez"
