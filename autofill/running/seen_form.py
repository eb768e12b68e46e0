"""What a run saw of its form, understood when no browser is needed any more: for the recording, and for later runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from autofill.mapping.fingerprint import PagePrint, page_print, ways_of
from autofill.running.changed_page import cleaned, lasting_ways, not_mapped
from autofill.running.form_watch import FormWatch
from autofill.running.known_forms import FoundAgain, KnownForm, KnownForms


def seen_by(watch: FormWatch, file: KnownForms) -> tuple[KnownForm, tuple[str, ...]]:
    """The form as this run saw it, and what a person should know of a form that no run saw before, in words."""
    known = watch.known
    pages: dict[str, dict[str, Any]] = {}
    said: list[str] = []
    for slug, inventory in watch.inventories.items():
        if known is not None and known.looks.get(slug) == watch.looks[slug]:
            pages[slug] = next(page for page in known.pages if page["slug"] == slug)
            continue
        seen = cleaned(page_print(inventory, slug), watch.typed)
        pages[slug] = seen.model_dump(mode="json")
        said += _unknown(watch, seen) if known is None else ()
    form = KnownForm(
        form=file.form,
        place=file.place,
        made=datetime.now(UTC),
        chosen=file.chosen,
        looks=watch.looks,
        pages=tuple(pages.values()),
        repaired=tuple(_corrections(watch)),
    )
    return form, tuple(said)


def worth_keeping(seen: KnownForm, known: KnownForm | None) -> KnownForm | None:
    """What the next run compares with: the pages that the map fits, and of the others what was known of them before."""
    moved = {each.page for each in seen.repaired}
    before = {page["slug"]: page for page in known.pages} if known else {}
    pages = [before.get(page["slug"]) if page["slug"] in moved else page for page in seen.pages]
    kept = tuple(filter(None, pages))
    looks = {
        slug: look if slug not in moved else known.looks.get(slug, "") if known else ""
        for slug, look in seen.looks.items()
    }
    slugs = {page["slug"] for page in kept}
    fitting = {slug: look for slug, look in looks.items() if slug in slugs}
    return seen.model_copy(update={"pages": kept, "looks": fitting, "repaired": ()}) if kept else None


def _corrections(watch: FormWatch) -> Iterator[FoundAgain]:
    for slug, old, new in watch.found_again:
        finds = lasting_ways(new, watch.typed)
        yield FoundAgain(page=slug, id=old.id, name=old.name, finds=finds, was=ways_of(old))


def _unknown(watch: FormWatch, seen: PagePrint) -> tuple[str, ...]:
    steps = (step for step in watch.plan.filled if step.slug == seen.slug)
    return tuple(words for step in steps for words in not_mapped(step, seen))
