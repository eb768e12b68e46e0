"""The results of `autofill rehearse`: on the terminal, as a page, as JUnit XML, and as annotations for GitHub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autofill import console
from autofill.jobs.annotations import annotation
from autofill.jobs.rehearsal import Rehearsed
from autofill.jobs.rehearsal_junit import message_of, write_junit
from autofill.jobs.rehearsal_page import PICTURES, tally, write_page
from autofill.language import _, plural
from autofill.orders.rehearse_options import RehearseOptions

# Said once for all pages.
_TOLD_TOGETHER = {"saved", "new"}
_COLOURS = {"good": "green", "bad": "red", "doubt": "yellow", "due": "yellow", "still": "bold"}


@dataclass(frozen=True, slots=True)
class RehearseResults:
    """Where the results of one command go."""

    options: RehearseOptions

    def write(self, rehearsed: Sequence[Rehearsed]) -> None:
        """Write the page and what was asked for besides.

        Raises:
            DiskTrouble: One of them cannot be written.
        """
        options = self.options
        page = write_page(options.report, rehearsed, options.url or "")
        if options.junit is not None:
            write_junit(options.junit, rehearsed, options.report)
        if options.github:
            for line in annotations_of(rehearsed):
                console.tell(line)
        if not options.json:
            for tone, words in tally(rehearsed):
                console.say(console.Painted(words, _COLOURS[tone]))
            console.say(_("Results: {page}").format(page=page))


def tell(each: Rehearsed, *, json: bool) -> None:
    """What one profile came to: one JSON line, or for people its run, and every screenshot that is not as saved."""
    if json:
        console.say_json(each)
        return
    console.show_summary(each.run, json=False)
    if each.tries > 1:
        console.say("  " + plural("After {n} try", "After {n} tries", each.tries).format(n=each.tries))
    for picture in each.pictures:
        if picture.words and picture.state not in _TOLD_TOGETHER:
            tone, _words = PICTURES[picture.state]
            console.say("  ", console.Painted(picture.step, _COLOURS[tone]), f"  {picture.words}")
    counted = Counter(picture.state for picture in each.pictures)
    if count := counted["saved"]:
        console.say("  " + plural("{n} screenshot saved", "{n} screenshots saved", count).format(n=count))
    if (count := counted["new"]) and each.run.exit_code:
        words = plural(
            "{n} page has no saved screenshot. Only a run that ends well saves one.",
            "{n} pages have no saved screenshot. Only a run that ends well saves them.",
            count,
        )
        console.say("  " + words.format(n=count))
    elif count:
        words = plural(
            "{n} page has no saved screenshot. To save it: --update-baseline",
            "{n} pages have no saved screenshot. To save them: --update-baseline",
            count,
        )
        console.say("  " + words.format(n=count))
    if each.picture_trouble:
        console.say(f"  {each.picture_trouble}")


def annotations_of(rehearsed: Sequence[Rehearsed]) -> Iterator[str]:
    """Workflow commands: an error for what failed, a warning for what has changed, nothing for what is as it was."""
    for each in rehearsed:
        file, badge = each.run.profile, each.outcome.badge
        if each.exit_code:
            yield annotation("error", message_of(each), title=badge, file=file)
        for fault in each.changes:
            yield annotation("warning", fault, title=badge, file=file)
        for picture in each.changed_pictures:
            yield annotation("warning", f"{picture.step}: {picture.words}", title=badge, file=file)
        if each.picture_trouble:
            yield annotation("warning", each.picture_trouble, title=badge, file=file)
