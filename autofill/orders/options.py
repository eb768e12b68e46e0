"""The options of an order, and which of them go together. Nothing is carried out here."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from autofill.errors import Misconfigured
from autofill.evidence.archiving.age import configured_recipients
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS, as_words, is_here, must_be_address
from autofill.sources.source import YAML_ENDINGS
from autofill.visible import without_password

REAL_ADDRESS = _("The real form's address is in its form map. Nothing was sent.")
LEAVE_OUT_URL = _("Use --live without --url.")


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """The options of one order, named as those of `autofill run`; `alone`, nobody is asked anything."""

    profiles: tuple[Path, ...]
    live: bool = False
    dry_run: bool = False
    confirm_live: str | None = None
    until: Literal["review", "submit"] | None = None
    form: str | None = None
    url: str | None = None
    recordings: Path = DEFAULT_RECORDINGS
    ledger: str | None = None
    at_once: int = 1
    again: bool = False
    because: str | None = None
    browser: str | None = None
    headed: bool = False
    no_sandbox: bool = False
    debug_trace: bool = False
    debug_video: bool = False
    json: bool = False
    events: bool = False
    alone: bool = False

    def check(self) -> None:
        """Refuse options that contradict each other or are not allowed.

        Raises:
            Misconfigured: with what to do instead.
        """
        if self.live and self.dry_run:
            raise Misconfigured(_("--live and --dry-run cannot be combined."), hint=_("Choose one."))
        if self.again != bool(self.because and self.because.strip()):
            raise Misconfigured(_("--again and --because TEXT go together."), hint=_("Add a reason with --because."))
        if self.live:
            must_be_address(self.url)
        if self.url is not None and self.live and self.form is not None:
            raise Misconfigured(REAL_ADDRESS, hint=LEAVE_OUT_URL)
        if self.url is not None and not self.live and not is_here(self.url):
            raise Misconfigured(
                _("--url takes only addresses on this computer (http://127.0.0.1:PORT). Nothing was sent."),
                hint=_("A form on the web without a form map needs --live and your confirmation."),
            )
        if self.events and len(self.profiles) > 1:
            raise Misconfigured(_("--events takes one profile."), hint=_("Start one command for each profile."))
        configured_recipients()  # better now than after the inquiry was sent
        if self.live:
            self._check_live()

    def _check_live(self) -> None:
        from autofill.page.browser import is_root  # noqa: PLC0415 - loads the browser's library

        if self.form is not None and self.form.endswith(YAML_ENDINGS):
            raise Misconfigured(
                _("The real form works only with an installed form map. Nothing was sent."),
                hint=_("See: autofill forms"),
            )
        if self.debug_trace or self.debug_video:
            raise Misconfigured(
                _("A trace changes the pages it watches, so it is for practice only. Nothing was sent."),
                hint=_("Leave out --debug-trace and --debug-video, or --live."),
            )
        if self.browser is not None and "://" in self.browser:
            raise Misconfigured(
                _("A browser on another computer cannot be kept from contacting other sites. Nothing was sent."),
                hint=_("Use a browser on this computer for --live."),
            )
        if is_root() and not self.no_sandbox:
            raise Misconfigured(
                _("As root, Chromium runs without its sandbox. Nothing was sent."),
                hint=_("Run as another user. If you accept the risk, use --no-sandbox."),
            )
        asked = not self.alone and (self.events or sys.stdin.isatty())
        if self.confirm_live is None and self.until is None and not asked:
            raise Misconfigured(
                _("You must confirm the filled form, and there is no terminal to ask in. Nothing was sent."),
                hint=_("Run in a terminal, or use --confirm-live https://HOST with the form's own host."),
            )

    def names_a_page(self) -> bool:
        """Whether `--url` may be a form that nobody has described; without a path it is another site of one that is."""
        return self.form is None and self.url is not None and (self.live or urlsplit(self.url).path != "")

    def given(self) -> tuple[str, ...]:
        """The options that the same run at an open window needs again; nothing secret, as they are kept and shown."""
        given: dict[str, str | bool | None] = {
            "--live": self.live,
            "--confirm-live": self.confirm_live,
            "--until": self.until,
            "--form": self.form,
            "--url": self.url,
            "--recordings": None if self.recordings == DEFAULT_RECORDINGS else str(self.recordings),
            "--ledger": self.ledger and without_password(self.ledger),
            "--again": self.again,
            "--because": self.because,
            "--browser": None if "://" in (self.browser or "") else self.browser,
            "--no-sandbox": self.no_sandbox,
            "--debug-trace": self.debug_trace,
            "--debug-video": self.debug_video,
        }
        return as_words(given)


def check_enqueueing(options: RunOptions) -> None:
    """Refuse what cannot be left to workers.

    Raises:
        Misconfigured: With what to do instead.
    """
    if options.again or options.headed or options.debug_trace or options.debug_video:
        raise Misconfigured(
            _("Workers send only what was not sent before, and show no window."),
            hint=_("Leave out --again and --headed, or --enqueue."),
        )
    if options.form is not None and options.form.endswith(YAML_ENDINGS):
        raise Misconfigured(
            _("Workers need the name of an installed form map. Nothing was sent."),
            hint=_("On each computer, run: autofill forms add FILE. Then use --form NAME."),
        )
    if options.live and options.confirm_live is None and options.until is None:
        raise Misconfigured(
            _("A worker has nobody to confirm the filled form. Nothing was sent."),
            hint=_("Use --confirm-live https://HOST with the form's own host."),
        )
