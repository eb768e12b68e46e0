"""A profile while it is written: its answers are set one by one, and all else in its file stays as it is.

The file may be edited elsewhere meanwhile: a save that would undo such an edit is refused, and says so.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from autofill.authoring import words
from autofill.authoring.check import Checked, check, form_for
from autofill.authoring.questions import Question, answer_of, fields_of, questions
from autofill.errors import DiskTrouble, FileMissing, InvalidFile, Misconfigured, Problem
from autofill.forms.catalog import Form
from autofill.inquiry.fields import FILES, Fields, question
from autofill.inquiry.models import Address
from autofill.language import _
from autofill.sources.editing import Keys, YamlText
from autofill.sources.source import MAX_BYTES, YAML_ENDINGS, read_file
from autofill.sources.strict_yaml import Value
from autofill.sources.validation import models_in

NEW = ""
"""The tag of a file that is not there yet."""
# Two pages of the app may save the same file.
_one_at_a_time = threading.Lock()


class ChangedElsewhere(Misconfigured):
    """The file is not as it was when it was read."""


@dataclass(frozen=True)
class Draft:
    """A profile that is being written: its text, the form it is for, and the tag of the file that it was read from.

    `form_name` is the form's name or file where it is not the profile's own.
    """

    path: Path
    text: YamlText
    form: Form
    tag: str = NEW
    form_name: str | None = None

    @property
    def title(self) -> str:
        """What a person calls it: its subject, or else its file's name."""
        return self.text.source.text(("subject",)) or self.path.stem

    @property
    def fields(self) -> Fields:
        """What it says by now, right or wrong."""
        return fields_of(self.text.source, self.form)

    def questions(self) -> tuple[Question, ...]:
        """What the form asks of it."""
        return questions(self.form, self.fields)

    def answer(self, asked: Question) -> str:
        """What is answered by now; empty if nothing is."""
        return answer_of(self.fields, asked)

    def with_answer(self, asked: Question, answer: str) -> Draft:
        """The draft with this answer; without it, if it is empty. What a new topic does not ask becomes a comment.

        Raises:
            InvalidFile: No file can hold it.
        """
        draft = self._with_answer(asked, answer)
        _check_size(str(self.path), str(draft.text).encode(errors="replace"))
        return draft

    def _with_answer(self, asked: Question, answer: str) -> Draft:
        if asked.kind == "files":
            return self._with_files(asked, [file for line in answer.splitlines() if (file := line.strip())])
        keys = self._keys(asked)
        value = _value(asked, answer)
        above = "" if self.text.source.has(keys[:1]) else _above(self.form, keys)
        text = self.text.with_value(keys, value, above) if value else self.text.without(keys)
        if asked.path in {"topic", "sub_topic"}:
            text = self._without_unasked(replace(self, text=text).questions(), text)
        return replace(self, text=text)

    def with_advice_seen(self, name: str) -> Draft:
        """The draft to which this piece of advice need not be given again."""
        seen = self.text.source.data.get("advice_seen", [])
        names: list[Value] = [*seen] if isinstance(seen, list) else []
        return replace(self, text=self.text.with_value(("advice_seen",), [*names, name])) if name not in names else self

    def named(self, path: Path) -> Draft:
        """The same draft, to be kept in another file."""
        return replace(self, path=path, text=self.text.named(str(path)))

    def check(self) -> Checked:
        """What is wrong with it by now, and what is worth knowing."""
        return check(self.text.source, self.path.parent, self.form, self.form_name)

    def save(self) -> Draft:
        """Write the file, if it is still as it was read.

        Raises:
            ChangedElsewhere: It was changed meanwhile; nothing was written.
            DiskTrouble: It cannot be written.
        """
        content = str(self.text).encode()
        with _one_at_a_time:
            if tag_of(self.path) != self.tag:
                raise ChangedElsewhere(
                    _("{file} was changed by another program.").format(file=self.path.name),
                    hint=_("Nothing was overwritten. Open it again to continue with the file as it is now."),
                )
            try:
                _write(self.path, content)
            except OSError as error:
                words_ = _("{file} could not be written: {reason}.").format(file=self.path, reason=error.strerror)
                raise DiskTrouble(words_) from None
        return replace(self, tag=_tag(content))

    def _with_files(self, asked: Question, files: list[str]) -> Draft:
        """The draft with these files for a question, or for none; one alone stands under the question's own words."""
        data, about = self.text.source.data.get("attachments"), asked.keys[1] if asked.path.startswith(FILES) else ""
        given = data if isinstance(data, list) else []
        mine = [each for each in given if question(_for(each)) == question(about)]
        others = [each for each in given if each not in mine]
        keys: Keys = ("attachments",)
        value: Value
        if about and not mine and len(files) < 2:
            keys, value = self._keys(asked), {"file": files[0]} if files else {}
        elif about:
            named: list[Value] = [{"file": each, "for": about} for each in files]
            value = [*others, *named]
        else:
            value = [*files, *others]
        text = self.text.without(self._keys(asked)) if about and keys == ("attachments",) else self.text
        above = "" if text.source.has(keys[:1]) else _above(self.form, keys)
        return replace(self, text=text.with_value(keys, value, above) if value else text.without(keys))

    def _keys(self, asked: Question) -> Keys:
        """Where an answer stands; a question's words count whatever their case and spacing."""
        if asked.keys[0] != "answers":
            return asked.keys
        given = (trail[1] for trail in self.text.source.inside("answers"))
        same = (str(each) for each in given if question(str(each)) == question(asked.keys[1]))
        return ("answers", next(same, asked.keys[1]))

    def _without_unasked(self, now: tuple[Question, ...], text: YamlText) -> YamlText:
        """The text without what was asked before and is not now, or is no choice any more."""
        asked = {each.path: each for each in now}
        for each in self.questions():
            kept, chosen = asked.get(each.path), self.answer(each)
            if kept is None or (each.path == "sub_topic" and chosen and chosen not in kept.choices):
                text = text.without(self._keys(each), as_comment=True)
        return text


def read_draft(path: Path, form: str | None = None) -> Draft:
    """The profile in a file, for the form it names or for another one.

    Raises:
        FileMissing, InvalidFile: It cannot be read, or its form cannot.
    """
    content = read_file(path)
    return replace(_draft(path, content, form), tag=_tag(content))


def new_draft(path: Path, form: str | None = None, like: Path | None = None) -> Draft:
    """A profile that is not there yet, for a form; `like` an earlier one, if there is one.

    Raises:
        FileMissing, InvalidFile: The earlier one or the form cannot be read.
    """
    head = _("An inquiry, written with autofill. Lines that begin with # are comments.")
    made = _draft(path, read_file(like) if like else f"# {head}\n".encode(), form)
    if form is None and made.text.source.has(("form",)):
        return made
    # A map that is not installed has to be named again.
    name = form if form and form.endswith(YAML_ENDINGS) else None
    text = made.text.with_value(("form",), made.form.form_map.id, _above(made.form, ("form",)))
    return replace(made, text=text, form_name=name)


def tag_of(path: Path) -> str:
    """By which a file's content is known; that of a file that is not there is `NEW`."""
    try:
        return _tag(read_file(path))
    except FileMissing:
        return NEW


def _draft(path: Path, content: bytes, form: str | None) -> Draft:
    _check_size(str(path), content)
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = content.decode(errors="surrogateescape")  # the strict reader says where it is no UTF-8
    text = YamlText(decoded, str(path))
    to = form_for(text.source, form)
    return Draft(path, YamlText(decoded, str(path), tuple(_order(to))), to, form_name=form)


def _check_size(name: str, content: bytes) -> None:
    if len(content) > MAX_BYTES:
        words_ = _("is larger than {size} KiB").format(size=MAX_BYTES // 1024)
        raise InvalidFile([Problem.of_file(name, words_)])


def _order(form: Form) -> Iterator[Keys]:
    """In which order fields stand in a profile: what it is about, who writes, about which item, what happened."""
    model = form.organisation.inquiry_model
    groups = tuple(form.organisation.own_fields.groups)
    own = tuple(name for name in form.organisation.own_fields.fields if "." not in name)
    last = tuple(name for name in own if form.organisation.own_fields.fields[name].type == "yes-no")
    matter = ("subject", *(name for name in own if name not in last))
    first = ("form", "topic", "sub_topic", "previous_case", "contact", *groups)
    for name in (*first, *matter, "allow_invisible", "message", "translation", "answers", "attachments", *last):
        yield (name,)
        for inner in models_in(model.model_fields[name].annotation):
            for part, field in inner.model_fields.items():
                yield (name, part)
                for whole in models_in(field.annotation):
                    if issubclass(whole, Address):
                        yield from ((name, part, each) for each in words.ADDRESS)
    yield ("advice_seen",)


def _above(form: Form, keys: Keys) -> str:
    """What is said above a part that is new in a file."""
    own = form.organisation.own_fields
    said = words.ABOVE.get(keys[0]) or own.groups.get(keys[0]) or ""
    if not said and (field := own.fields.get(keys[0])):
        said = field.description
    return _(said)


def _value(asked: Question, answer: str) -> Value:
    """An answer as it stands in a profile; what has lines has a last line end."""
    if asked.kind == "message":
        text = answer.strip("\n")
        return f"{text}\n" if "\n" in text else text
    return answer.strip()


def _for(attachment: Value) -> str:
    """The words of the question that an attachment is for; empty if it is for none."""
    words = attachment.get("for") if isinstance(attachment, Mapping) else None
    return words if isinstance(words, str) else ""


def _tag(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _write(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all: who reads it meanwhile sees the old one or the new one."""
    place = path.resolve()
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o600
    with NamedTemporaryFile(dir=place.parent, prefix=".autofill-", delete=False) as fresh:
        try:
            fresh.write(content)
            fresh.flush()
            os.fsync(fresh.fileno())
            Path(fresh.name).chmod(mode)
            Path(fresh.name).replace(place)
        except OSError:
            with suppress(OSError):
                Path(fresh.name).unlink()
            raise
