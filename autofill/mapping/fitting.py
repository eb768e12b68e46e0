"""What of an answer goes into a question: the option that it means, the day, the number, a file, or nothing.

Pure functions; which answer belongs to which question is `match`'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias

from autofill.mapping.options import match_option
from autofill.mapping.reading import Reading, read
from autofill.mapping.values import day_of, is_figure, number_of, yes_no

QuestionKind: TypeAlias = Literal[
    "text", "long text", "date", "time", "number", "email", "phone", "url", "yes/no", "choice", "choices", "file"
]
Value: TypeAlias = str | tuple[str, ...]


def fitted(value: Value, kind: QuestionKind, options: Sequence[str], words: str = "", *, is_file: bool) -> Value | None:
    """What goes into a question of this kind, in the question's own terms, or None if the answer cannot be one."""
    if is_file or kind == "file":
        return value if is_file and kind == "file" else None
    if kind == "choices":
        found = [match_option(each, options, words).words for each in ((value,) if isinstance(value, str) else value)]
        chosen = tuple(each for each in found if each is not None)
        return chosen if len(chosen) == len(found) == len(set(chosen)) else None
    if not isinstance(value, str):
        return fitted(value[0], kind, options, words, is_file=False) if len(value) == 1 else None
    if kind == "choice":  # what a list offers that opens later is not known
        return match_option(value, options, words).words if options else value
    return _number(value, words) if kind == "number" else _FITS.get(kind, str)(value)


def _number(value: str, words: str) -> str | None:
    """The figures alone, if their unit is the question's, too."""
    named = read(re.sub(r"[\d.,]+", " ", value)).tokens if re.search(r"\d", value) else ()
    asked = read(words)
    known = all(any(unit.same(each) for each in (*asked.tokens, *asked.asides)) for unit in named)
    return number_of(value) if known else None


def _date(text: str) -> str | None:
    day = day_of(text)
    return day.isoformat() if day else None


def _pattern(pattern: str) -> Callable[[str], str | None]:
    return lambda text: text if re.fullmatch(pattern, text.strip(), re.IGNORECASE) else None


_FITS: Final[dict[str, Callable[[str], str | None]]] = {
    "date": _date,
    "yes/no": yes_no,
    "time": _pattern(r"\d{1,2}([:.h]\d{2})?( ?uhr| ?[ap]\.?m\.?)?|.*\d시.*"),
    "email": _pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "phone": _pattern(r"[+(\d][\d\s()./x-]{4,}"),
    "url": _pattern(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)+(/\S*)?"),
}


_NAMES: Final = frozenset({"name", "given", "surname", "fullname"})


def suits(value: Value, kind: QuestionKind, asked: Reading) -> bool:
    """Whether a text can be what such words ask for: names have letters, numbers digits, and neither is a yes or no.

    A text is more than a yes, and a long one than a day or a number.
    """
    text = value if isinstance(value, str) else " ".join(value)
    if (kind == "long text" and (day_of(text) or is_figure(text))) or (kind in {"text", "long text"} and yes_no(text)):
        return False
    sorts = [token.means for token in asked.tokens if token.means]
    if any(means <= _NAMES or (kind == "text" and "name" in means) for means in sorts):
        return bool(re.search(r"[^\W\d_]", text)) and not yes_no(text)
    if any(means <= {"number", "count", "phone", "amount"} for means in sorts):
        return bool(re.search(r"\d", text) or number_of(text))
    return not (yes_no(text) and any(means <= {"date", "time", "email", "address"} for means in sorts))


def tells(value: Value) -> bool:
    """Whether an option of this name is hardly one of another question: it is no figure, letter, yes or no."""
    texts = (value,) if isinstance(value, str) else value
    return any(len(text) > 2 and not is_figure(text) and yes_no(text) is None for text in texts)
