"""A run at an address where no form map is named: the form is read, drafted, and answered from the profile."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from autofill.errors import AutofillError, FormChanged, Misconfigured
from autofill.forms.catalog import Prepared, load_profile, prepare_profile
from autofill.forms.element import slug
from autofill.jobs.exploration import explore
from autofill.language import _
from autofill.mapping.answering import answered
from autofill.mapping.drafted import Draft
from autofill.mapping.survey import survey
from autofill.orders.audience import Audience
from autofill.orders.options import LEAVE_OUT_URL, REAL_ADDRESS, RunOptions
from autofill.running.job import is_site
from autofill.sources.source import read_source


@dataclass(frozen=True, slots=True)
class Drafted:
    """A form that nobody has described, as it was read just now, the file that its map is in, and what is for it."""

    draft: Draft
    file: Path
    profiles: tuple[Path, ...]

    def prepare(self, profile: Path) -> Prepared:
        """Plan a profile for it.

        Raises:
            InvalidFile: the form needs what the profile does not clearly say; all of it is listed.
        """
        return prepare_profile(
            profile, str(self.file), lambda loaded, whose: answered(self.draft, loaded, whose.own_fields)
        )


def _leaves_open(profile: Path) -> bool:
    """Whether a profile names no form; no browser need start for one that is not valid."""
    try:
        if read_source(profile).text(("form",)):
            return False
        load_profile(profile)
    except AutofillError:  # is said where all profiles are read
        return False
    return True


def drafted(options: RunOptions, audience: Audience) -> Drafted | None:
    """Read the form at `--url`, which no `--form` describes, if any profile leaves open which form it is for.

    Raises:
        Misconfigured: another profile names a form, whose map has the real address; or the draft cannot be kept.
        SiteUnavailable, FormChanged: the page does not open, shows no form, or does not go on.
        InvalidFile: a page that leads to a further one needs what the profile does not clearly say.
        NoBrowser: there is no browser to open it in.
    """
    assert options.url is not None
    profiles = tuple(filter(_leaves_open, options.profiles))
    if options.live and len(profiles) < len(options.profiles):
        raise Misconfigured(REAL_ADDRESS, hint=LEAVE_OUT_URL)
    if not profiles:
        return None
    # A practice site's front page, as a browser writes its address, leads to its forms.
    is_front = not options.live and is_site(options.url)
    try:
        draft = asyncio.run(survey(options.url, options.browser, follows=not is_front))
    except FormChanged:
        if not is_front:
            raise
        return None
    if draft.goes_on or (draft.unfolds and len(profiles) == 1):
        if len(profiles) > 1:
            words = _("The form continues after “{button}”. Such a form takes one profile at a time. Nothing was sent.")
            raise Misconfigured(
                words.format(button=draft.pages[-1].button),
                hint=_("Run each profile by itself, or install the map: autofill forms add FILE"),
            )
        draft = explored(draft, profiles[0], options.browser)
    file = _kept(draft)
    audience.note(_("No form map was given. autofill read the form and drafted one: {file}").format(file=file))
    return Drafted(draft, file, profiles)


def explored(draft: Draft, profile: Path, browser: str | None) -> Draft:
    """All pages of a form whose first one was drafted: which there are, and what they ask, depends on the answers.

    Raises: as `explore`; and `Misconfigured`, if what is drafted so far cannot be kept.
    """
    return explore(draft, lambda so_far: Drafted(so_far, _kept(so_far), (profile,)).prepare(profile), browser)


def _kept(draft: Draft) -> Path:
    """The file of a draft. Many forms have one title: a run beside this one must not put its map in this place."""
    name = f"{slug(draft.title) or 'form'}-{hashlib.sha256(draft.text.encode()).hexdigest()[:8]}"
    file = user_cache_path("autofill") / "drafts" / f"{name}.yaml"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(draft.text, encoding="utf-8")
    except OSError as error:
        words = _("The draft of the form map could not be saved: {reason}.").format(reason=error.strerror)
        raise Misconfigured(words, hint=_("Set XDG_CACHE_HOME to use another folder.")) from None
    return file
