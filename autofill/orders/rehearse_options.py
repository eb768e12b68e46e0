"""The options of `autofill rehearse`, which of them go together, and where a rehearsal may go."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from autofill.errors import Misconfigured
from autofill.evidence.archiving.age import configured_recipients
from autofill.language import _
from autofill.orders.given import is_here, must_be_address
from autofill.orders.options import RunOptions
from autofill.page.address import origin_of

if TYPE_CHECKING:
    from autofill.forms.form_map import FormMap

DEFAULT_REPORT: Final = Path("rehearsal")


@dataclass(frozen=True, kw_only=True)
class RehearseOptions:
    """The options of one `autofill rehearse`."""

    profiles: tuple[Path, ...]
    url: str | None = None
    form: str | None = None
    retries: int = 1
    baseline: Path | None = None
    update_baseline: bool = False
    strict_pictures: bool = False
    report: Path = DEFAULT_REPORT
    junit: Path | None = None
    github: bool = False
    browser: str | None = None
    json: bool = False

    def check(self) -> None:
        """Refuse what no rehearsal can do.

        Raises:
            Misconfigured: With what to do instead.
        """
        if configured_recipients():
            raise Misconfigured(
                _("A rehearsal compares screenshots, so it cannot encrypt its recordings. Nothing was opened."),
                hint=_("Write made-up data into the profiles, and unset AUTOFILL_ENCRYPT_TO for this command."),
            )
        must_be_address(self.url)
        if "://" in (self.browser or "") and not (self.url is None or is_here(self.url)):
            raise Misconfigured(
                _("A browser on another computer cannot be kept from the real form. Nothing was opened."),
                hint=_("Use a browser on this computer for a staging site."),
            )
        if self.retries < 0:
            raise Misconfigured(_("--retries must be 0 or more. Nothing was opened."))
        names = Counter(self.baseline_of(profile) for profile in self.profiles)
        if twice := [folder.name for folder, count in names.items() if count > 1]:
            raise Misconfigured(
                _("Several profiles are called {name}, so they would share their saved screenshots.").format(
                    name=", ".join(twice)
                ),
                hint=_("Give each profile a file name of its own, or leave out --baseline."),
            )

    def baseline_of(self, profile: Path) -> Path:
        """Where the saved screenshots of a profile are."""
        return (self.baseline or profile.parent / "baselines") / profile.stem

    def as_run(self, profiles: tuple[Path, ...], ledger: Path) -> RunOptions:
        """The same for runs of some of the profiles, claimed in a ledger of their own."""
        return RunOptions(
            profiles=profiles,
            form=self.form,
            url=self.url,
            recordings=self.report / "recordings",
            ledger=str(ledger),
            browser=self.browser,
            json=self.json,
        )

    def check_place(self, form_map: FormMap) -> None:
        """Refuse every site but this computer's and those that the form map lists for rehearsals.

        Raises:
            Misconfigured: With what to do instead.
        """
        if self.url is None or is_here(self.url):
            return
        if "@" in self.url:
            raise Misconfigured(
                _("--url must not contain a user name. Nothing was opened."), hint=_("Write only https://HOST/PATH.")
            )
        origin = origin_of(self.url)
        if origin in form_map.staging:
            return
        if origin in {*form_map.site.origins, *form_map.site.own_origins}:
            raise Misconfigured(
                _("{origin} is the real form. A rehearsal never uses it. Nothing was opened.").format(origin=origin),
                hint=_("Rehearse on this computer, or on a staging site."),
            )
        raise Misconfigured(
            _("The form map {form} does not list {origin} as a staging site. Nothing was opened.").format(
                form=form_map.id, origin=origin
            ),
            hint=_("If it is your staging site, add it to the form map: staging: [{origin}]").format(origin=origin),
        )
