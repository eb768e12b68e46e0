"""Form maps as files: those of the organisations and those a user names; and the way from two files to a plan.

Reads files; everything it returns was validated.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from autofill.clock import case_now
from autofill.errors import AutofillError, FileMissing, InvalidFile, Misconfigured, Problem
from autofill.forms.form_map import FormMap
from autofill.forms.plan import Plan
from autofill.forms.planning import make_plan, unmet
from autofill.inquiry.attachments import Attachment, read_attachments
from autofill.inquiry.fields import flatten_source, is_field
from autofill.inquiry.geography import US_ISLANDS, country_code
from autofill.inquiry.models import Inquiry
from autofill.inquiry.profile import HINTS, Loaded, check_profile, cut_short
from autofill.language import _
from autofill.organisations import registry
from autofill.organisations.organisation import Organisation
from autofill.sources.source import YAML_ENDINGS, Source, parse_source, read_file, read_source
from autofill.sources.validation import nearest_key, validate_source

# So many form maps are kept as they were read.
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Form:
    """A form map, whose form it is, and what is worth knowing about the map's file."""

    form_map: FormMap
    organisation: Organisation
    warnings: tuple[Problem, ...] = ()

    def about(self, loaded: Loaded, today: date) -> tuple[Problem, ...]:
        """Every warning about a valid inquiry that goes into this form."""
        return self.organisation.warnings(loaded, today, {name for _trail, name in self.form_map.fields()})


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a run needs to know of a profile: what it says, the plan, and the files that go with it."""

    loaded: Loaded
    form: Form
    plan: Plan
    attachments: tuple[Attachment, ...]

    @property
    def organisation(self) -> Organisation:
        """Who is written to."""
        return self.form.organisation


def load_form(name_or_file: str, profile: Source | None = None) -> Form:
    """Load a form map by its name, or from a file when the text ends in .yaml or .yml; for a profile, if there is one.

    Raises:
        FileMissing: there is no such map.
        InvalidFile: the map breaks its schema, or asks for fields that no inquiry to its organisation has.
    """
    path, holder = _found(name_or_file)
    content = read_file(path)
    source, form_map = _map_in(content, str(path))
    if form_map.id != name_or_file and not name_or_file.endswith(YAML_ENDINGS):
        words = _("must be the name of its file, {name}; rename one of the two")
        raise InvalidFile([source.problem(("id",), words.format(name=name_or_file))])
    return _form_in(content, str(path), holder or _owner(form_map, profile))


def form_file(name_or_file: str) -> Path:
    """The file of a form map that is named as for `load_form`.

    Raises:
        FileMissing: there is no such map.
    """
    return _found(name_or_file)[0]


def form_title(form: str) -> str:
    """What people call a form: the title of its map, if that is installed; otherwise its id, as a recording says it."""
    try:
        return load_form(form).form_map.title if form in registry.form_files() else form
    except AutofillError:
        return form


@lru_cache(maxsize=_KEPT)
def _map_in(content: bytes, name: str) -> tuple[Source, FormMap]:
    """The map that a file holds; a thousand profiles for one form are checked against the same."""
    source = parse_source(content, name)
    return source, validate_source(source, FormMap)


@lru_cache(maxsize=_KEPT)
def _form_in(content: bytes, name: str, whose: Organisation) -> Form:
    source, form_map = _map_in(content, name)
    model = whose.inquiry_model
    strange = [(trail, name) for trail, name in form_map.fields() if not is_field(name, model)]
    if strange:
        raise InvalidFile([source.problem(trail, _about_field(name, model)) for trail, name in strange])
    return Form(form_map, whose, (*cut_short(source), *_fragile(form_map, source)))


def add_form(file: str) -> Path:
    """Install a form map of one's own, once it is checked; the file that it is kept in.

    Raises:
        FileMissing: There is no such file.
        InvalidFile: It is no form map, or its name is taken by one that comes with an organisation.
        Misconfigured: It cannot be kept.
    """
    name = load_form(file).form_map.id
    if name in registry.form_files().keys() - registry.own_forms().keys():
        words = _("an organisation has a form map of this name; choose another")
        raise InvalidFile([read_source(Path(file)).problem(("id",), words)])
    kept = registry.own_forms_folder() / f"{name}.yaml"
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, kept)
    except OSError as error:
        words = _("The form map could not be saved: {reason}.").format(reason=error.strerror)
        raise Misconfigured(words, hint=_("Set XDG_CONFIG_HOME to use another folder.")) from None
    return kept


def load_profile(profile: Path | Source, *, form: str | None = None, today: date | None = None) -> tuple[Loaded, Form]:
    """Check one profile, read it if need be, as an inquiry to whom its form belongs, or to whom another `form` does.

    Dates after `today` lie in the future; by default that is this machine's day, or that of AUTOFILL_NOW.

    Raises:
        FileMissing: There is no such file, or no such form map.
        InvalidFile: It cannot be used; carries every problem found, its own and the form's, sorted by line.
    """
    source = profile if isinstance(profile, Source) else read_source(profile)
    return _load(source, form, today or case_now().astimezone().date())


def _load(source: Source, form: str | None, day: date) -> tuple[Loaded, Form]:
    named = source.text(("form",)) or registry.default_form()
    if form is None and not re.fullmatch(r"[a-z0-9-]+", named):
        check_profile(source, Inquiry, day)  # says what is wrong with the name
    to = load_form(form or named, source)
    try:
        loaded = check_profile(source, to.organisation.inquiry_model, day)
    except InvalidFile as invalid:
        problems = (*invalid.problems, *_further(source, to, invalid.problems))
    else:
        return replace(loaded, warnings=(*to.warnings, *to.about(loaded, day))), to
    raise InvalidFile(_hinted(source, each) for each in problems)


def prepare_profile(
    profile: Path, form: str | None = None, reworded: Callable[[Loaded, Organisation], Loaded] | None = None
) -> Prepared:
    """Read a profile and its files, and plan it, for the form it names or another one.

    Args:
        profile: The file.
        form: Name or file of the other form map.
        reworded: Gives what the profile says in the form's own words; the inquiry stays what its writer wrote.

    Raises:
        FileMissing: the profile, one of its files, or the form map is not there.
        InvalidFile: everything that is wrong with either, or keeps the one from going into the other.
    """
    return prepare(read_source(profile), profile.parent, form, reworded)


def prepare(
    source: Source,
    folder: Path,
    form: str | None = None,
    reworded: Callable[[Loaded, Organisation], Loaded] | None = None,
) -> Prepared:
    """Plan a profile that was read, whose files are in `folder`, as `prepare_profile` does.

    Raises:
        FileMissing, InvalidFile: As there.
    """
    loaded, to = _load(source, form, case_now().astimezone().date())
    try:
        read = reworded(loaded, to.organisation) if reworded else loaded
        plan = make_plan(read, to.form_map, to.organisation).model_copy(update={"fields": loaded.fields})
    except InvalidFile as invalid:
        problems = [*(_hinted(source, each) for each in invalid.problems), *cut_short(source)]
    else:
        return Prepared(loaded, to, plan, read_attachments(folder, source))
    raise InvalidFile(problems)


class _WithoutNull(GenerateJsonSchema):
    """A JSON Schema in which nothing is null: what a map does not say is not in it."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchemaValue:
        """Of a short form and a long one, the long one's mistakes at their own place."""
        made = super().union_schema(schema)
        long, *texts = sorted(made.get("anyOf", ()), key=lambda each: "$ref" not in each)
        is_short = len(texts) == 1 and texts[0].get("type") in {"string", "integer"}
        return {"if": {"type": texts[0]["type"]}, "then": texts[0], "else": long} if is_short else made


def form_map_schema() -> str:
    """JSON Schema (2020-12) of form maps, for editors."""
    made = FormMap.model_json_schema(schema_generator=_WithoutNull)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _fragile(form_map: FormMap, source: Source) -> Iterator[Problem]:
    """Controls that are found by what nobody sees and a site changes without notice."""
    for trail in form_map.css():
        yield source.problem(trail, _("is fragile; if possible, use the words on the page"), severity="warning")


def _owner(form_map: FormMap, profile: Source | None) -> Organisation:
    """Whose form it is. A map of somebody who is not known here is one of those to whom the profile was written.

    Where neither the map nor the profile has a field that only they have, it is nobody's.
    """
    owner = registry.organisation_called(form_map.organisation)
    if profile is None or owner is not registry.GENERAL:
        return owner
    names = {name for _trail, name in form_map.fields()}
    names |= set(profile.data) if isinstance(profile.data, dict) else set()
    if all(is_field(name, owner.inquiry_model) or name in owner.inquiry_model.model_fields for name in names):
        return owner
    return registry.organisation_of_form(profile.text(("form",)) or registry.default_form())


def _found(name: str) -> tuple[Path, Organisation | None]:
    found = (Path(name), None) if name.endswith(YAML_ENDINGS) else registry.form_file(name)
    if found is None:
        raise FileMissing(
            _("no form map has this name; there are: {known}").format(known=", ".join(registry.form_files())),
            hint=_("See: autofill forms"),
        )
    return found


def _about_field(name: str, model: type[Inquiry]) -> str:
    trail = tuple(name.split("."))
    if near := nearest_key(model, trail, HINTS):
        return _("unknown field; did you mean {near}?").format(near=".".join((*trail[:-1], near)))
    return _("unknown field; for a question of the form, use `answers.` and the question")


def _hinted(source: Source, problem: Problem) -> Problem:
    """The problem; for a country that is a state of the United States as well, with how it is written then."""
    trail = tuple(problem.field.split("."))
    code = country_code(source.text(trail) or "") if trail[-1] == "country" else None
    if code not in US_ISLANDS:
        return problem
    words = _("{problem}. Or leave the country out, or write US, and write {code} as the state")
    return replace(problem, message=words.format(problem=problem.message, code=code))


def _further(source: Source, to: Form, known: tuple[Problem, ...]) -> list[Problem]:
    """What the form would say of an invalid profile, of fields about which nothing is said yet."""
    model = to.organisation.inquiry_model
    known = tuple(problem for problem in known if problem.severity == "error")
    trails = [tuple(problem.field.split(".")) for problem in known]
    # A misspelled key is one mistake, not one too many and one missing.
    meant = {".".join((*trail[:-1], nearest_key(model, trail, HINTS) or trail[-1])) for trail in trails}
    said = {problem.field for problem in known} | meant
    return [
        problem
        for field, problem in unmet(to.form_map, flatten_source(source.data, model), source)
        if not any(field == each or field.startswith(f"{each}.") or each.startswith(f"{field}.") for each in said)
    ]
