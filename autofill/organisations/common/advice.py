"""The rules of advice for any letter: tone, length, clarity, language."""

from __future__ import annotations

from typing import Final

from autofill.language import gettext_noop
from autofill.organisations.common import message_checks
from autofill.organisations.common.rule import Rule

_GUIDES: Final = "Guides on writing to customer services, which ask for short, polite letters with all facts"

RULES: Final = (
    Rule(
        id="subject-unclear",
        when=message_checks.subject_unclear,
        says=gettext_noop("The subject does not say what this is about."),
        instead=gettext_noop("Name the item, what is wrong with it, and its number if it has one."),
        mark="inferred",
        source=_GUIDES,
    ),
    Rule(
        id="shouting",
        when=message_checks.shouting,
        says=gettext_noop("Capitals and rows of exclamation marks read like shouting."),
        instead=gettext_noop("The same words in small letters are read more gladly."),
        mark="inferred",
        source=_GUIDES,
    ),
    Rule(
        id="rude",
        when=message_checks.rudeness,
        says=gettext_noop("Some words here insult the person who reads them, who is seldom the one at fault."),
        instead=gettext_noop("Say what happened and what you ask for."),
        mark="inferred",
        source=_GUIDES,
    ),
    Rule(
        id="long",
        when=message_checks.too_long,
        says=gettext_noop("The message is long, and clerks read many."),
        instead=gettext_noop("Begin with item, day and request; leave out what does not help to find or to decide."),
        mark="inferred",
        source='wikiHow "File a Complaint": a form takes 4,000 characters; that half of it is long is our measure',
    ),
    Rule(
        id="several-problems",
        when=message_checks.several_problems,
        says=gettext_noop("The message seems to be about more than one item or problem, and gets one case number."),
        instead=gettext_noop("Write one inquiry for each, so that none is closed with another."),
        mark="inferred",
        source=_GUIDES,
    ),
    Rule(
        id="emoji",
        when=message_checks.beyond_the_plane,
        says=gettext_noop(
            "Emoji and rare letters are cut or refused by some forms, and nobody knows whether by this one."
        ),
        instead=gettext_noop("Write it without them."),
        mark="unknown",
        source="How forms count and keep them was looked for and not found",
    ),
    Rule(
        id="not-english",
        when=message_checks.other_language,
        says=gettext_noop("The message does not seem to be in English, which is what the organisation reads."),
        instead=gettext_noop(
            "Send it in English, and keep your own words beside it under `translation`, which is never sent."
        ),
        mark="inferred",
        source="The organisation's form, pages and public guides are in English",
    ),
)
