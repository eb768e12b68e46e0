"""The widgets of the zoo: where each is, what goes into it, and what its form then has to post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_DAY: Final = {"kind": "date", "date_format": "MM/DD/YYYY"}


@dataclass(frozen=True, slots=True)
class Widget:
    """One real widget: its page, what it is, what its map says, what goes in, and what its form posts for it.

    `why` is the reason why autofill does not fill it: it has to stop there, or say that it does not hold the value.
    """

    page: str
    what: str
    name: str
    text: str
    posted: Mapping[str, str]
    control: Mapping[str, Any] = field(default_factory=dict)
    day: str = ""
    why: str = ""


# The page of each library, and the package whose version counts.
LIBRARIES: Final = {
    "react-select": ("React Select", "react-select"),
    "mui": ("MUI", "@mui/material"),
    "mui-x-date-pickers": ("MUI X Date Pickers", "@mui/x-date-pickers"),
    "radix": ("Radix UI", "radix-ui"),
    "headless-ui": ("Headless UI", "@headlessui/react"),
    "select2": ("Select2", "select2"),
    "choices": ("Choices.js", "choices.js"),
    "flatpickr": ("flatpickr", "flatpickr"),
    "jquery-ui": ("jQuery UI", "jquery-ui"),
    "intl-tel-input": ("intl-tel-input", "intl-tel-input"),
    "imask": ("IMask", "imask"),
    "quill": ("Quill", "quill"),
    "dropzone": ("Dropzone", "dropzone"),
    "bootstrap": ("Bootstrap", "bootstrap"),
    "vuetify": ("Vuetify", "vuetify"),
    "angular-material": ("Angular Material", "@angular/material"),
    "survey": ("SurveyJS", "survey-core"),
    "formio": ("Form.io", "@formio/js"),
    "lightning": ("Lightning base components", "lightning-base-components"),
    "rjsf": ("react-jsonschema-form", "@rjsf/core"),
}


def _on(page: str, *rows: tuple[str, str, str, str] | tuple[str, str, str, str, Mapping[str, Any]]) -> Iterator[Widget]:
    """The widgets of a page: what, name, text, `key=posted`; and whatever else is said of one."""
    for what, name, text, posted, *more in rows:
        key, _, value = posted.partition("=")
        yield Widget(page, what, name, text, {key: value}, **(more[0] if more else {}))


def _why(words: str) -> dict[str, Any]:
    return {"why": words}


def _map(**control: Any) -> dict[str, Any]:
    return {"control": control}


_MAILED: Final = {"control": _DAY, "day": "2026-11-02"}
_ISO: Final = {"control": {"kind": "date", "date_format": "YYYY-MM-DD"}, "day": "2026-11-02"}

ZOO: Final = (
    *_on(
        "react-select",
        ("select", "Reason", "Lost", "one=lost"),
        ("select without search", "Outcome", "Lost", "closed=lost"),
        ("select of several", "Reasons", "Lost\nWet", "many=lost\nwet"),
        ("creatable select", "Your reason", "Lost", "made=lost"),
        ("select that asks a server", "Found reason", "Lost", "late=lost"),
        ("select named by a text", "Named reason", "Lost", "named=lost"),
    ),
    *_on(
        "mui",
        ("text field", "Name", "Ana", "name=Ana"),
        ("text field of several lines", "Message", "One\nTwo", "message=One\r\nTwo"),
        ("text field that selects", "Reason", "Lost", "reason=Lost"),
        ("select", "Outcome", "Lost", "outcome=Lost"),
        ("select of several", "Reasons", "Lost\nWet", "reasons=Lost,Wet"),
        ("autocomplete", "Found reason", "Lost", "auto=Lost"),
        ("autocomplete of several", "Found reasons", "Lost\nWet", "autos=Lost,Wet"),
        ("radio group", "Reply by", "Phone", "reply=phone"),
        ("checkbox", "I agree", "yes", "terms=on"),
        ("switch", "News", "yes", "news=on"),
        ("slider", "Volume", "65", "volume=65"),
        ("rating", "Stars", "4 Stars", "stars=4",
            _why("no: its name is beside it only, and the same distance from each of its radios")),
        ("toggle button group", "Size", "Large", "toggle=large",
            _why("no: buttons that stay pressed are not looked for")),
    ),
    *_on(
        "mui-x-date-pickers",
        ("date picker", "Mailed on", "11/02/2026", "picked=2026-11-02", _MAILED),
        ("date field", "Lost on", "11/02/2026", "typed=2026-11-02", _MAILED),
        ("mobile date picker", "Found on", "11/02/2026", "mobile=2026-11-02", _MAILED),
    ),
    *_on(
        "radix",
        ("select", "Reason", "Lost", "one=lost"),
        ("checkbox", "I agree", "yes", "terms=on"),
        ("switch", "News", "yes", "news=on"),
        ("radio group", "Reply by", "Phone", "reply=phone"),
        ("slider", "Volume", "65", "volume=65"),
    ),
    *_on(
        "headless-ui",
        ("listbox", "Reason", "Lost", "one=Lost"),
        ("listbox of several", "Reasons", "Lost\nWet", "many[0]=Lost"),
        ("combobox", "Found reason", "Lost", "found=Lost"),
        ("radio group", "Reply by", "Phone", "reply=Phone"),
        ("checkbox", "I agree", "yes", "terms=on"),
        ("switch", "News", "yes", "news=on"),
    ),
    *_on(
        "select2",
        ("select", "Reason", "Lost", "one=Lost"),
        ("select without search", "Outcome", "Lost", "closed=Lost"),
        ("select of several", "Reasons", "Lost\nWet", "many=Lost\nWet"),
        ("select with tags", "Your reason", "Lost", "made=Lost"),
        ("select that asks a server", "Found reason", "Lost", "late=Lost",
            _why("no: the native list behind it is empty, and what is drawn instead has not its label")),
    ),
    *_on(
        "choices",
        ("select", "Reason", "Lost", "one=Lost"),
        ("select without search", "Outcome", "Lost", "closed=Lost"),
        ("select with labelId", "Cause", "Lost", "labelled=Lost"),
        ("select of several", "Reasons", "Lost\nWet", "many=Lost\nWet"),
        ("text of several", "Words", "Lost", "tags=Lost", _why("no: two fields are called so, and each is there")),
    ),
    *_on(
        "flatpickr",
        ("field to type in", "Mailed on", "2026-11-02", "typed=2026-11-02",
            _ISO),
        ("field to click in", "Lost on", "2026-11-02", "clicked=2026-11-02",
            {**_ISO, **_why("no: a read-only field over a calendar in which one can only click")}),
        ("field that shows another format", "Found on", "November 2, 2026", "other=2026-11-02",
            {"control": {"kind": "date", "date_format": "MMMM D, YYYY"}, "day": "2026-11-02"}),
    ),
    *_on(
        "jquery-ui",
        ("datepicker", "Mailed on", "11/02/2026", "day=11/02/2026", _MAILED),
        ("selectmenu", "Reason", "Lost", "pick=Lost"),
        ("autocomplete", "City", "Reston", "city=Reston", _map(kind="typeahead")),
        ("spinner", "Copies", "3", "copies=3"),
        ("checkbox", "I agree", "yes", "terms=on"),
        ("radios", "Reply by", "Phone", "reply=phone"),
    ),
    *_on("intl-tel-input", ("telephone", "Mobile", "(202) 555-0143", "mobile=(202) 555-0143")),
    *_on(
        "imask",
        ("telephone", "Phone", "+1 (202) 555-0143", "phone=+1 (202) 555-0143"),
        ("pattern", "Zip", "22202-1234", "zip=22202-1234"),
        ("number", "Amount", "1234.5", "amount=1,234.5", _map(rewrites=["punctuation"])),
        ("date", "Mailed on", "02.11.2026", "day=02.11.2026",
            {"control": {"kind": "date", "date_format": "DD.MM.YYYY"}, "day": "2026-11-02"}),
    ),
    *_on(
        "quill",
        ("editor with tools", "Message", "One\nTwo", "snow=One\r\nTwo\r\n", _map(near="Message")),
        ("editor with a label", "Remarks", "One\nTwo", "plain=One\r\nTwo\r\n"),
    ),
    *_on("dropzone", ("zone", "Drop files here to upload", "a.txt\nb.txt", "files=a.txt,b.txt", _map(kind="file"))),
    *_on(
        "bootstrap",
        ("floating label", "Name", "Ana", "name=Ana"),
        ("input group", "User", "ana", "user=ana"),
        ("select", "Reason", "Lost", "reason=Lost"),
        ("check", "I agree", "yes", "terms=on"),
        ("switch", "News", "yes", "news=on"),
        ("buttons of radios", "Reply by", "Phone", "reply=phone"),
        ("range", "Volume", "65", "volume=65"),
        ("file", "Picture", "a.txt", "file=a.txt", _map(kind="file")),
    ),
    *_on(
        "vuetify",
        ("text field", "Name", "Ana", "name=Ana"),
        ("text area", "Message", "One\nTwo", "message=One\r\nTwo"),
        ("select", "Reason", "Lost", "reason=Lost"),
        ("select of several", "Reasons", "Lost\nWet", "reasons=Lost,Wet"),
        ("autocomplete", "Found reason", "Lost", "found=Lost"),
        ("autocomplete of several", "Found reasons", "Lost\nWet", "founds=Lost,Wet",
            _why("no: what was typed last stays in its field, so that it does not read as planned")),
        ("combobox", "Your reason", "Lost", "own=Lost"),
        ("checkbox", "I agree", "yes", "terms=true"),
        ("switch", "News", "yes", "news=true"),
        ("radio group", "Reply by", "Phone", "reply=phone"),
        ("slider", "Volume", "65", "volume=65",
            _why("no: its slider has no name; the label is that of an input which is not drawn")),
        ("file input", "Picture", "a.txt\nb.txt", "files=a.txt,b.txt", _map(kind="file")),
        ("date input", "Mailed on", "11/02/2026", "day=2026-11-02", _MAILED),
    ),
    *_on(
        "angular-material",
        ("input", "Name", "Ana", "name=Ana"),
        ("text area", "Message", "One\nTwo", "message=One\r\nTwo"),
        ("select", "Reason", "Lost", "reason=Lost"),
        ("select of several", "Reasons", "Lost\nWet", "reasons=Lost,Wet"),
        ("autocomplete", "Found reason", "Lost", "found=Lost"),
        ("radio group", "Reply by", "Phone", "reply=phone"),
        ("checkbox", "I agree", "yes", "terms=true"),
        ("slide toggle", "News", "yes", "news=true"),
        ("slider", "Volume", "65", "volume=65"),
        ("datepicker", "Mailed on", "11/2/2026", "day=2026-11-02",
            {"control": {"kind": "date", "date_format": "M/D/YYYY"}, "day": "2026-11-02"}),
        ("button toggle group", "Size", "Large", "size=large"),
        ("chip listbox", "Colour", "Blue", "colour=blue"),
    ),
    *_on(
        "survey",
        ("text", "Name", "Ana", "name=Ana"),
        ("comment", "Message", "One\nTwo", "message=One\nTwo"),
        ("dropdown", "Reason", "Lost", "reason=Lost", _why("no: its list does not let itself be clicked")),
        ("dropdown as select", "Outcome", "Lost", "native=Lost"),
        ("tagbox", "Reasons", "Lost\nWet", "reasons=Lost,Wet", _why("no: its list does not let itself be clicked")),
        ("radiogroup", "Reply by", "Phone", "reply=Phone"),
        ("checkbox", "What happened", "Lost\nWet", "boxes=Lost,Wet"),
        ("boolean", "News", "yes", "news=true"),
        ("rating", "Stars", "4", "stars=4"),
        ("date", "Mailed on", "11/02/2026", "day=2026-11-02", _MAILED),
        ("mask", "Phone", "(202) 555-0143", "phone=2025550143"),
        ("file", "Select File", "a.txt", "files=a.txt", _map(kind="file")),
    ),
    *_on(
        "formio",
        ("text field", "Name", "Ana", "name=Ana"),
        ("text area", "Message", "One\nTwo", "message=One\nTwo"),
        ("email", "Email", "a@example.com", "email=a@example.com"),
        ("phone number", "Phone", "(202) 555-0143", "phone=(202) 555-0143"),
        ("number", "Copies", "3", "copies=3"),
        ("select", "Reason", "Lost", "reason=lost",
            _why("no: its native list is not drawn, and what is drawn instead (Choices.js) has not its label")),
        ("select, HTML 5", "Outcome", "Lost", "plain=lost"),
        ("select of several", "Reasons", "Lost\nWet", "reasons=lost,wet", _why("no: as its select of one")),
        ("radio", "Reply by", "Phone", "reply=phone"),
        ("select boxes", "What happened", "Lost\nWet", "boxes=lost,wet"),
        ("checkbox", "I agree", "yes", "terms=true"),
        ("date", "Mailed on", "2026-11-02", "when=2026-11-02", _ISO),
        ("day", "Lost on", "11/02/2026", "day=11/02/2026",
            {**_MAILED, **_why("no: its three parts are all called as it is itself")}),
    ),
    *_on(
        "lightning",
        ("input", "Name", "Ana", "name=Ana"),
        ("input, email", "Email", "a@example.com", "email=a@example.com"),
        ("textarea", "Message", "One\nTwo", "message=One\r\nTwo"),
        ("combobox", "Reason", "Lost", "reason=lost"),
        ("select", "Outcome", "Lost", "outcome=lost"),
        ("radio group", "Reply by", "Phone", "reply=phone"),
        ("checkbox group", "What happened", "Lost\nWet", "boxes=lost,wet"),
        ("input, checkbox", "I agree", "yes", "terms=true"),
        ("input, toggle", "News", "yes", "news=true"),
        ("input, date", "Mailed on", "Nov 2, 2026", "day=2026-11-02",
            {"control": {"kind": "date", "date_format": "MMM D, YYYY"}, "day": "2026-11-02"}),
        ("slider", "Volume", "65", "volume=65"),
        ("input, file", "Upload Files", "a.txt\nb.txt", "files=a.txt,b.txt", _map(kind="file")),
        ("dual listbox", "Causes", "Lost\nWet", "causes=lost,wet",
            _why("no: pairs of lists between which choices are moved are not built yet")),
    ),
    *_on(
        "rjsf",
        ("text", "Name", "Ana", "name=Ana"),
        ("text area", "Message", "One\nTwo", "message=One\nTwo"),
        ("select", "Reason", "Lost", "reason=Lost"),
        ("radio", "Reply by", "Phone", "reply=Phone"),
        ("checkboxes", "What happened", "Lost\nWet", "boxes=Lost,Wet",
            _why("no: its boxes are in no group, and their name stands as near to what is above it")),
        ("select of several", "Reasons", "Lost\nWet", "many=Lost,Wet"),
        ("checkbox", "I agree", "yes", "terms=true"),
        ("number", "Copies", "3", "copies=3"),
        ("range", "Volume", "65", "volume=65"),
        ("date", "Mailed on", "11/02/2026", "day=2026-11-02", _MAILED),
        ("date of three lists", "Lost on", "11/02/2026", "parts=2026-11-02",
            {**_MAILED, **_why("no: its lists are in no group; each is a choice for itself")}),
        ("file", "Picture", "a.txt", "files=a.txt", _map(kind="file")),
    ),
)  # fmt: skip
