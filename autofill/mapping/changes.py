"""Changes of a form's page: what is other than it was, in words, and whether a run may go on by itself."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from autofill.language import _, gettext_noop
from autofill.mapping.prints import ControlPrint

ChangeKind: TypeAlias = Literal[
    "renamed", "removed", "added", "options-removed", "options-added", "required", "optional", "limit", "kind",
    "button", "heading", "person",
]  # fmt: skip

_SAYS: Final = MappingProxyType(
    {
        "renamed": gettext_noop("“{old}” is now “{new}”."),
        "removed": gettext_noop("“{old}” is gone."),
        "added": gettext_noop("“{new}” is new."),
        "options-removed": gettext_noop("“{old}” no longer offers {detail}."),
        "options-added": gettext_noop("“{old}” now also offers {detail}."),
        "required": gettext_noop("“{new}” is now required."),
        "optional": gettext_noop("“{new}” is no longer required."),
        "limit": gettext_noop("“{new}” now takes {detail} characters."),
        "kind": gettext_noop("“{new}” is now another kind of control."),
        "button": gettext_noop("The button “{detail}” is gone."),
        "heading": gettext_noop("The page is now headed “{detail}”."),
    }
)
_DOUBTFUL: Final = gettext_noop("“{old}” may now be “{new}”, but that is not certain.")
_PERSON: Final = MappingProxyType(
    {
        "captcha": gettext_noop("The page now shows a CAPTCHA."),
        "sign-in": gettext_noop("The page now asks for a login."),
    }
)
_NO_ANSWER: Final = gettext_noop("“{new}” does not offer your answer.")
_NEEDED: Final = gettext_noop("“{new}” is new, and it is required.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """One change as it is told: what the control was called and is, and whether it is `required` now."""

    kind: ChangeKind
    old: str = ""
    new: str = ""
    detail: str = ""
    required: bool = False
    stops: bool = False

    def says(self) -> str:
        """It as a sentence for people."""
        if self.kind == "person":
            return _(_PERSON[self.detail])
        words = _SAYS[self.kind]
        if self.kind == "added" and self.required:
            words = _NEEDED
        elif self.kind == "renamed" and self.stops:
            # What may be it now may have no name that could be told.
            words = _SAYS["removed"] if self.new == self.old else _DOUBTFUL
        elif self.kind == "options-removed" and not self.detail:
            words = _NO_ANSWER
        return _(words).format(old=self.old, new=self.new, detail=self.detail)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a page; `stops` says that a run must not go on by itself."""

    kind: ChangeKind
    old: ControlPrint | None = None
    new: ControlPrint | None = None
    detail: str = ""
    stops: bool = False

    @property
    def told(self) -> ToldChange:
        """It without what nobody needs to know who hears of it."""
        old, new = (each.called if each else "" for each in (self.old, self.new))
        return ToldChange(
            kind=self.kind,
            old=old or new,
            new=new or old,
            detail=self.detail,
            required=bool(self.new and self.new.required),
            stops=self.stops,
        )

    def says(self) -> str:
        """It as a sentence for people."""
        return self.told.says()
