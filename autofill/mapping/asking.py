"""Questions that controls of a page ask: their words without marks, what they take, what they offer. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from autofill.inquiry.fields import single_spaced
from autofill.mapping.day_parts import is_a_day
from autofill.mapping.fitting import QuestionKind
from autofill.mapping.questions import Question
from autofill.mapping.recognise import Recognised

# What a label says besides its words.
_SAYS: Final = (
    r"[(（](?:required|optional|pflichtfeld|pflicht|erforderlich|obligatoire|facultatif|obligatorio|opcional|wajib|opsional"
    r"|필수|선택|verplicht|optioneel|obbligatorio|facoltativo|obrigatório|(?:не)?обязательно|wymagane|opcjonalnie"
    r"|(?:ne)?povinn[éýá]|voliteln[éý]|zorunlu|isteğe bağlı|kötelező|obligatoriu|opțional|задължително|обов'язково"
    r"|υποχρεωτικό|προαιρετικό|(?:ne)?obavezno|(?:ne)?obvezno|påkrævet|påkrevd|valgfritt?|valgfrit|obligatoriskt?"
    r"|frivilligt|pakollinen|valinnainen|kohustuslik|obligāts|privaloma|obligatori|kailangan|bắt buộc"
    r"|必須|任意|必填|选填|選填|จำเป็น|مطلوب|إلزامي|اختياري|חובה|רשות|الزامی|اختیاری|आवश्यक|अनिवार्य|वैकल्पिक)[)）]"
)
_MARKS: Final = re.compile(rf"^(?:\*|{_SAYS})\s*|\s*(?:\*|[:：]|{_SAYS})$", re.IGNORECASE)
# More than so many are places or days, and may depend on another answer.
_LISTED: Final = 30
_KINDS: Final[Mapping[str, QuestionKind]] = {
    "radio": "choice", "checkbox": "yes/no", "switch": "yes/no", "select": "choice", "listbox": "choice",
    "textarea": "long text", "date": "date", "time": "time", "number": "number", "range": "number", "email": "email",
    "tel": "phone", "url": "url", "file": "file",
}  # fmt: skip


def question_of(group: Sequence[Recognised], words: str, *, required: bool, heading: str) -> Question:
    """What a control, or the buttons of a group, asks; `heading` stands over the whole form."""
    control = group[0].control
    kind = _KINDS.get(control.type) or _KINDS.get(control.tag) or _KINDS.get(control.role, "text")
    if is_a_day([each.control for each in group]):
        return Question(words, "date", required=required)
    if control.type == "checkbox" and len(group) > 1:
        kind = "choices"
    elif control.options and kind in {"text", "choice"}:
        kind = "choices" if control.multiple else "choice"
    # What a native list sends nothing for stands for no choice; other lists say not what they send.
    offered = [option.text for option in control.options if option.value or control.tag != "select"]
    if len(group) > 1 or control.type == "radio":
        offered = [each.control.name for each in group]
    options = tuple(filter(None, (" ".join(option.split()) for option in offered)))
    hints = tuple(filter(None, (control.html_name, control.placeholder, control.autocomplete)))
    # A heading over the whole form says nothing of a single question.
    section = control.legend or ("" if control.heading == heading else control.heading)
    return Question(words, kind, options, required=required, section=section, hints=hints)


def is_listed(group: Sequence[Recognised], asks: Question) -> bool:
    """Whether all that can be chosen is on the page, and none of it is shown only later."""
    is_open = len(group) > 1 or group[0].control.tag == "select"
    return is_open and asks.kind == "choice" and 1 < len(asks.options) <= _LISTED


def bare(words: str) -> str:
    """Words without the marks of a label: an asterisk, a colon, or that it is required."""
    text, last = single_spaced(words), ""
    while text != last:
        text, last = _MARKS.sub("", text), text
    return text or single_spaced(words)
