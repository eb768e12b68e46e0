"""What is kept of a form's pages: what could be filled there, how it was called, and how a map finds it. Data only.

It says what a form was like before anything was typed, so that a later look can tell what has changed. Nothing that a
person enters is part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Sort: TypeAlias = Literal["text", "long text", "choice", "yes-no", "file"]
"""What sort of thing goes into a control."""

Person: TypeAlias = Literal["captcha", "sign-in"]
"""What a page can want a person for."""

_SORTS: Final[Mapping[str, Sort]] = MappingProxyType(
    {
        "textarea": "long text", "radio": "choice", "checkbox": "yes-no", "switch": "yes-no", "file": "file",
        "select": "choice", "select-one": "choice", "select-multiple": "choice", "combobox": "choice",
        "listbox": "choice", "choice": "choice", "yes-no": "yes-no",
    }
)  # fmt: skip
# What can only take what it offers; other lists may take what is typed.
_CLOSED: Final = frozenset({"select-one", "select-multiple", "radio", "checkbox"})


class _Print(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ControlPrint(_Print):
    """One control as it was seen; the buttons of one question are one control, and their words its options.

    `words` are what a person reads as its label. `meanings` are what recognition made of it, best first, and `sure`
    says that it would fill it without asking. `finds` is how a map finds it, by the map's keys. `aside` says that it is
    no part of the form: a search, a newsletter. What map and inquiry say is never kept: further names (`also`), what
    of the inquiry goes in (`field`), whether anything does (`needed`), and the words of it (`chosen`).
    """

    words: str
    role: str = ""
    type: str = ""
    html_name: str = ""
    html_id: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    limit: int | None = None
    frame: str = ""
    legend: str = ""
    meanings: tuple[tuple[str, float], ...] = ()
    sure: bool = False
    finds: tuple[tuple[str, str], ...] = ()
    aside: bool = False
    also: tuple[str, ...] = Field(default=(), exclude=True)
    field: str = Field(default="", exclude=True)
    needed: bool = Field(default=False, exclude=True)
    chosen: tuple[str, ...] = Field(default=(), exclude=True, repr=False)

    @property
    def sort(self) -> Sort | None:
        """What sort of thing goes in; none where only its page could say."""
        if self.options and self.type in {"", "checkbox"}:
            return "choice"
        return _SORTS.get(self.type) or _SORTS.get(self.role, "text") if self.type else None

    @property
    def is_closed(self) -> bool:
        """Whether nothing can go in but what it offers."""
        return bool(self.options) and self.type in _CLOSED

    @property
    def seems(self) -> str:
        """What it seems to take, as recognition calls it; nothing where nobody knows."""
        return next((kind for kind, _score in self.meanings), "")

    @property
    def called(self) -> str:
        """What people call it, or else what its page does."""
        return self.words or self.html_name or self.html_id


class PagePrint(_Print):
    """One page as it was seen, or as its map describes it.

    `slug` is its step's in the plan. `person` says what on it wants a person. `whole` says that it was seen, so that
    there was nothing else; a map may leave out much. `leads` are the words of the button that the map presses.
    """

    slug: str
    heading: str = ""
    controls: tuple[ControlPrint, ...] = ()
    buttons: tuple[str, ...] = ()
    person: tuple[Person, ...] = ()
    whole: bool = True
    leads: tuple[str, ...] = Field(default=(), exclude=True)


class FormPrint(_Print):
    """The pages of a form at one place, as a run saw them.

    `place` is the origin, `made` when it was seen, `chosen` what tells the choices that decide what is asked.
    """

    form: str
    place: str
    made: AwareDatetime
    chosen: str = ""
    pages: tuple[PagePrint, ...] = ()

    @property
    def content(self) -> bytes:
        """It as JSON, for a file."""
        return f"{self.model_dump_json(indent=1)}\n".encode()

    @classmethod
    def read(cls, content: bytes) -> FormPrint:
        """The form that a file's content says.

        Raises:
            ValueError: it is damaged, or was not written by this version.
        """
        return cls.model_validate_json(content)

    def page(self, slug: str) -> PagePrint | None:
        """The page of a step, if it was seen."""
        return next((page for page in self.pages if page.slug == slug), None)
