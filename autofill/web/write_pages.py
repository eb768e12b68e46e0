"""The pages of an inquiry before it is sent: begun, written, its files added, and checked.

The file is the truth: every save goes into it, and an edit made elsewhere is never overwritten.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from autofill.authoring.profile_file import ChangedElsewhere, Draft, new_draft, read_draft
from autofill.authoring.questions import Question
from autofill.errors import AutofillError, DiskTrouble, InvalidFile
from autofill.evidence.keeping.folder import RECORDING_NAME
from autofill.forms.catalog import load_form, prepare_profile
from autofill.inquiry.attachments import MAX_BYTES
from autofill.inquiry.fields import text_of
from autofill.language import _
from autofill.organisations import registry
from autofill.sources.source import MAX_BYTES as PROFILE_BYTES
from autofill.sources.source import YAML_ENDINGS
from autofill.web.context import AppContext, inquiry_name
from autofill.web.own_saves import OwnSaves, Sender
from autofill.web.pages import page
from autofill.web.posted import PostedFile, keep_file, number_in, posted, posted_file
from autofill.web.write_view import ANSWER, WriteView, file_lines, past_runs

_FIELDS: Final = 400
# A file's worth of answers in which each byte is three, and as much for names.
_LARGEST: Final = 4 * PROFILE_BYTES
_TOPICS: Final = ("topic", "sub_topic")


class WritePages:
    """The handlers."""

    def __init__(self, context: AppContext) -> None:
        self._context, self._root = context, context.root
        self._folder = context.profiles
        self._saves, self._one_at_a_time = OwnSaves(), threading.Lock()

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/new", self.choose),
            Route("/new", self.begin, methods=["POST"]),
            Route("/i/{name}", lambda request: self._to(request.path_params["name"])),
            Route("/i/{name}/write", self.write),
            Route("/i/{name}/write", self.save, methods=["POST"]),
            Route("/i/{name}/files", self.add_file, methods=["POST"]),
            Route("/i/{name}/check", self.check),
        ]

    def choose(self, _request: Request) -> Response:
        """The forms there are, and the topics of each."""
        forms = [load_form(name).form_map for name in sorted(registry.form_files(), key=_default_first)]
        topics = {each.id: _topics(new_draft(self._folder / "new.yaml", each.id)) for each in forms}
        return page("new.html.j2", root=self._root, forms=forms, topics=topics, folder=self._folder)

    async def begin(self, request: Request) -> Response:
        """Make the file of a new inquiry."""
        said = await posted(request)
        form, _colon, topic = said.get("begin", "").partition(":")
        if form not in registry.form_files():
            raise HTTPException(400)
        return self._to(await run_in_threadpool(self._begin, form, topic))

    def write(self, request: Request) -> Response:
        """The page on which an inquiry is written."""
        file = self._file(request.path_params["name"])
        try:
            view = WriteView(read_draft(file), shows_missing="check" in request.query_params)
        except InvalidFile as invalid:
            return self._unreadable(file, invalid)
        return self._page(view)

    async def save(self, request: Request) -> Response:
        """Save what was changed on the page, and say what is wrong with it by now."""
        said = await posted(request, _FIELDS, _LARGEST)
        return await run_in_threadpool(self._save, self._file(request.path_params["name"]), said)

    async def add_file(self, request: Request) -> Response:
        """Put a file into the inquiry's folder, and its name into the inquiry."""
        file = self._file(request.path_params["name"])
        return await run_in_threadpool(self._add_file, file, await posted_file(request, MAX_BYTES))

    def check(self, request: Request) -> Response:
        """What the organisation will read: each question of the form, and the answer to it."""
        file = self._file(request.path_params["name"])
        try:
            prepared = prepare_profile(file)
        except AutofillError:
            return RedirectResponse(f"{self._root}/i/{quote(inquiry_name(file))}/write?check=1", status_code=303)
        draft = read_draft(file)
        fields = WriteView(draft).fields
        # A whole address begins with its first part.
        ids = {each.asked.whole: each.id for each in reversed(fields)} | {each.asked.path: each.id for each in fields}
        return page(
            "check.html.j2",
            root=self._root,
            name=inquiry_name(file),
            title=draft.title,
            plan=prepared.plan,
            whom=prepared.organisation.data.title if prepared.organisation.folder else "",
            checked=draft.check(),
            ids=ids,
            past=past_runs(self._context, file),
            left=[each.asked.asked for each in fields if each.asked.asked and not each.value and not each.asked.whole],
            translation=text_of(draft.fields, "translation"),
        )

    def _begin(self, form: str, topic: str) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = topic if RECORDING_NAME.fullmatch(topic) else form
        names = (name, *(f"{name}-{number}" for number in range(2, 10_000)))
        free = next(name for name in names if not any((self._folder / (name + each)).exists() for each in YAML_ENDINGS))
        draft = new_draft(self._folder / f"{free}.yaml", form)
        asked = draft.questions()[0]
        if topic in asked.choices:
            draft = draft.with_answer(asked, topic)
        draft.save()
        return free

    def _save(self, file: Path, said: Mapping[str, str]) -> Response:
        with self._one_at_a_time:
            return self._saved(file, said)

    def _saved(self, file: Path, said: Mapping[str, str]) -> Response:
        try:
            draft = read_draft(file)
        except InvalidFile as invalid:
            return self._unreadable(file, invalid)
        sender = Sender(said.get("page", ""), number_in(said.get("n", "")), said.get("tag", ""))
        if self._saves.is_outdated(file, sender):
            return self._page(WriteView(draft))
        answers = ((name.removeprefix(ANSWER), text) for name, text in said.items() if name.startswith(ANSWER))
        typed = {path: re.sub(r"\r\n?", "\n", text).rstrip("\n") for path, text in answers}
        path, _equals, fix = said.get("use", "").partition("=")
        typed |= {path: fix} if path else {}
        missing, changed, now = "check" in said, typed, _all_shown(draft)
        if sender.tag != draft.tag:
            before = self._saves.before(file, sender)
            changed = {each: text for each, text in typed.items() if text != before.get(each)}
            if any(now.get(each) not in {text, before.get(each)} for each, text in changed.items()):
                return self._page(WriteView(draft, typed=changed, theirs=True, shows_missing=missing), 409)
        draft, refused = _with_answers(draft, changed, fixed=path)
        if seen := said.get("seen"):
            draft = draft.with_advice_seen(seen)
        try:
            draft = draft.save()
        except ChangedElsewhere:  # in this very moment
            return self._page(WriteView(read_draft(file), typed=changed, theirs=True, shows_missing=missing), 409)
        kept = {path: typed[path] for path in refused}
        self._saves.note(file, sender, {each: text for each, text in typed.items() if each not in kept})
        merged = any(now.get(each, text) != text for each, text in typed.items() if each not in changed)
        return self._page(WriteView(draft, typed=kept, refused=refused, shows_missing=missing, is_merged=merged))

    def _add_file(self, file: Path, sent: PostedFile) -> Response:
        try:
            draft = read_draft(file)
        except InvalidFile as invalid:
            return self._unreadable(file, invalid)
        asked = next((each for each in draft.questions() if each.path == sent.field and each.kind == "files"), None)
        if asked is None:
            raise HTTPException(400)
        try:
            free = keep_file(self._folder, sent)
        except (InvalidFile, DiskTrouble) as error:
            return self._page(WriteView(draft, refused={sent.field: str(error)}), 422)
        draft.with_answer(asked, f"{draft.answer(asked)}\n{free}").save()
        return self._to(inquiry_name(file))

    def _file(self, name: str) -> Path:
        file = self._context.file_of(name)
        if file is None:
            raise HTTPException(404)
        return file

    def _page(self, view: WriteView, status: int = 200) -> Response:
        self._saves.show(view.draft.path, view.draft.tag, _all_shown(view.draft))
        return page("write.html.j2", root=self._root, status=status, view=view, whom=view.draft.form)

    def _unreadable(self, file: Path, invalid: InvalidFile) -> Response:
        text = file.read_bytes().decode(errors="replace")
        lines = file_lines(text, {each.line: "wrong" for each in invalid.problems})
        what = {"file": file, "name": inquiry_name(file), "problems": invalid.problems, "lines": lines}
        return page("unreadable.html.j2", root=self._root, status=422, **what)

    def _to(self, name: str) -> Response:
        return RedirectResponse(f"{self._root}/i/{quote(name)}/write", status_code=303)


def _with_answers(draft: Draft, typed: Mapping[str, str], fixed: str) -> tuple[Draft, dict[str, str]]:
    """The draft with what was changed on the page or was `fixed` by a button, and what no file can hold, with why.

    The topic comes last: what was typed beside it is kept as a comment where the new one does not ask for it.
    """
    refused = {}
    for each in sorted(draft.questions(), key=lambda each: each.path in _TOPICS):
        answer = typed.get(each.path)
        if answer is None or (each.path != fixed and answer == _shown(draft, each)):
            continue
        now = next((one for one in draft.questions() if one.path == each.path), None)
        if now is None or (each.path == "sub_topic" and answer not in now.choices):
            continue
        try:
            draft = draft.with_answer(each, answer)
        except InvalidFile as invalid:
            refused[each.path] = " ".join(problem.message for problem in invalid.problems)
    return draft, refused


def _all_shown(draft: Draft) -> Mapping[str, str]:
    return {each.path: _shown(draft, each) for each in draft.questions()}


def _shown(draft: Draft, asked: Question) -> str:
    """An answer as a browser sends it back if nobody has touched it."""
    answer = draft.answer(asked).rstrip("\n")
    if asked.kind == "yes-no":
        return "yes" if answer == "yes" else "no"
    return answer.replace("\n", "") if asked.kind in {"line", "day"} else answer


def _topics(draft: Draft) -> Mapping[str, str]:
    first = next((each for each in draft.questions() if each.path == "topic"), None)
    return first.choices if first else {"": _("Begin")}


def _default_first(name: str) -> tuple[bool, str]:
    return name != registry.default_form(), name
