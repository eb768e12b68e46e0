"""The rules of advice: when each applies, what it says, what to do instead, and how that is known.

A table and nothing else: the conditions are in `situations` and `wording`, the offices in `helplines`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from autofill.inquiry import helplines, situations, wording
from autofill.inquiry.helplines import Helpline, Mark
from autofill.inquiry.reading import Found, Reading
from autofill.inquiry.tongues import seems_english
from autofill.language import _, gettext_noop

_LADDER: Final = "Copies of USPS's page on missing mail (uspsmover.com/help, tracktrace.onl)"
_TABLE: Final = "Copies of the claims table (uspstrackingpoint.com; muzzleloadingforum.com, post 2771562)"
_REFUNDS: Final = "support.ordoro.com, claims for Priority Mail Express labels"
_GUIDES: Final = "Guides on writing to the Postal Service, which ask for short, polite letters with all facts"


@dataclass(frozen=True, slots=True)
class Rule:
    """One piece of advice.

    `says` may name the `{day}` that was found. `instead` is what to do, `whom` the office for it.
    """

    id: str
    when: Callable[[Reading], Found | None]
    says: str
    instead: str
    mark: Mark
    source: str
    whom: Helpline | None = None

    def advice(self, found: Found) -> str:
        """What people read, in their language, with the rule's name at the end."""
        day = found.day.isoformat() if found.day else ""
        office = str(self.whom or "")
        parts = (_(self.says).format(day=day), _(self.instead).format(day=day), office, f"[{self.id}]")
        return " ".join(filter(None, parts))


def _not_english(reading: Reading) -> Found | None:
    return None if seems_english(reading.inquiry.message) else Found(("message",))


RULES: Final = (
    Rule(
        "passport",
        situations.passport,
        gettext_noop("Whether a passport was lost in the mail is looked into by those who issued it as well."),
        gettext_noop("After 14 days of waiting, and within 90 days of its issue, report it by phone and form DS-86:"),
        "seen",
        helplines.PASSPORTS.source,
        helplines.PASSPORTS,
    ),
    Rule(
        "urgent-express",
        situations.urgent_express,
        gettext_noop("An answer to a form takes days, and an Express item is urgent."),
        gettext_noop("Ask at a Post Office or by phone first:"),
        "inferred",
        "Follows from what Express is; no public rule was found",
        helplines.CUSTOMER_CARE,
    ),
    Rule(
        "papers",
        situations.papers,
        gettext_noop(
            "Papers for which an office or a court waits should not depend on a form; no public rule was found."
        ),
        gettext_noop("Go to the Post Office with the receipt or call, and tell whoever waits for them:"),
        "unknown",
        "No public rule was found; the guides advise it",
        helplines.CUSTOMER_CARE,
    ),
    Rule(
        "misconduct",
        situations.misconduct,
        gettext_noop(
            "What an employee did against the law is looked into by the Inspector General, not by customer care."
        ),
        gettext_noop("Report it there:"),
        "seen",
        helplines.INSPECTOR_GENERAL.source,
        helplines.INSPECTOR_GENERAL,
    ),
    Rule(
        "theft",
        situations.theft,
        gettext_noop("Stolen mail is a crime, and postal inspectors look into it."),
        gettext_noop("Report it to them, beside or instead of this inquiry:"),
        "seen",
        helplines.INSPECTORS.source,
        helplines.INSPECTORS,
    ),
    Rule(
        "claim-early",
        situations.claim_early,
        gettext_noop("An insured item that is lost is paid for by a claim, which can be filed from {day} on."),
        gettext_noop("Until then an inquiry is right; keep receipt and proof of value for the claim:"),
        "seen",
        _TABLE,
        helplines.CLAIMS,
    ),
    Rule(
        "claim-open",
        situations.claim_open,
        gettext_noop("An insured item that is lost or damaged is paid for by a claim, not by an inquiry."),
        gettext_noop(
            "If money is what you want, file the claim by {day}, with receipt and proof of value; it needs an account:"
        ),
        "seen",
        _TABLE,
        helplines.CLAIMS,
    ),
    Rule(
        "claim-late",
        situations.claim_late,
        gettext_noop(
            "An insured item that is lost or damaged is paid for by a claim, and the time for it ended on {day}."
        ),
        gettext_noop("If you claimed in time, give the claim's number; if not, ask what can still be done:"),
        "seen",
        _TABLE,
        helplines.CUSTOMER_CARE,
    ),
    Rule(
        "refund-early",
        situations.refund_early,
        gettext_noop("Postage of a late Express item is paid back from {day} on, not before."),
        gettext_noop("Wait until then and use the page for refunds, or ask at a Post Office:"),
        "seen",
        _REFUNDS,
        helplines.REFUNDS,
    ),
    Rule(
        "refund-open",
        situations.refund_open,
        gettext_noop("Postage of a late Express item is paid back on request, and an inquiry is not that request."),
        gettext_noop("By {day}, use the page for refunds or go to a Post Office with the receipt:"),
        "seen",
        _REFUNDS,
        helplines.REFUNDS,
    ),
    Rule(
        "refund-late",
        situations.refund_late,
        gettext_noop("The time in which postage of a late Express item is paid back ended on {day}."),
        gettext_noop("If you asked in time, say when and where; if not, ask at a Post Office, without much hope."),
        "seen",
        _REFUNDS,
    ),
    Rule(
        "search-early",
        situations.search_early,
        gettext_noop("A missing mail search is taken seven business days after an inquiry, so not before {day}."),
        gettext_noop("Send the inquiry first. The search has a page of its own and needs an account:"),
        "seen",
        _LADDER,
        helplines.MISSING_MAIL,
    ),
    Rule(
        "search-due",
        situations.search_due,
        gettext_noop(
            "If seven business days have passed since you first asked, the next step is a missing mail search."
        ),
        gettext_noop("It needs an account, both addresses, size and kind of the container, and what was in it:"),
        "seen",
        _LADDER,
        helplines.MISSING_MAIL,
    ),
    Rule(
        "sender-abroad",
        situations.sender_abroad,
        gettext_noop("For an item that left the United States, only the sender there can open an inquiry."),
        gettext_noop("Ask the sender to do so; the number of 13 letters and digits is needed for it."),
        "seen",
        "A guide to USPS claims (biyoterapi.com)",
    ),
    Rule(
        "subject-unclear",
        wording.subject_unclear,
        gettext_noop("The subject does not say what this is about."),
        gettext_noop("Name the item, what is wrong with it, and its tracking number if it has one."),
        "inferred",
        _GUIDES,
    ),
    Rule(
        "subject-without-number",
        wording.subject_without_number,
        gettext_noop("The subject fits many inquiries."),
        gettext_noop("Say what is wrong with the item, or add the tracking number."),
        "inferred",
        _GUIDES,
    ),
    Rule(
        "shouting",
        wording.shouting,
        gettext_noop("Capitals and rows of exclamation marks read like shouting."),
        gettext_noop("The same words in small letters are read more gladly."),
        "inferred",
        _GUIDES,
    ),
    Rule(
        "rude",
        wording.rudeness,
        gettext_noop("Some words here insult the person who reads them, who is seldom the one at fault."),
        gettext_noop("Say what happened and what you ask for."),
        "inferred",
        _GUIDES,
    ),
    Rule(
        "long",
        wording.too_long,
        gettext_noop("The message is long, and clerks read many."),
        gettext_noop("Begin with item, day and request; leave out what does not help to find or to decide."),
        "inferred",
        'wikiHow "File a Complaint": the form takes 4,000 characters; that half of it is long is our measure',
    ),
    Rule(
        "several-problems",
        wording.several_problems,
        gettext_noop("The message seems to be about more than one item or problem, and gets one case number."),
        gettext_noop("Write one inquiry for each, so that none is closed with another."),
        "inferred",
        _GUIDES,
    ),
    Rule(
        "no-date",
        wording.no_date,
        gettext_noop("Nothing says when this was mailed or happened."),
        gettext_noop("Give item.mailing_date or problem_date; a best guess is better than none."),
        "inferred",
        "The form asks for a date or a best guess (walkthrough of 2026-03-06)",
    ),
    Rule(
        "no-number",
        wording.no_number,
        gettext_noop("Without a tracking number there is little to look up."),
        gettext_noop("Receipt, label or the sender's mail has it; if there is none, say so in the message."),
        "inferred",
        "The form asks first for a tracking number (wikiHow; refund guides)",
    ),
    Rule(
        "no-description",
        wording.no_description,
        gettext_noop("Nobody can find an item without knowing what it looks like and what is in it."),
        gettext_noop("Say kind, size and colour of the container, and what it holds."),
        "seen",
        _LADDER,
    ),
    Rule(
        "emoji",
        wording.beyond_the_plane,
        gettext_noop("Emoji and rare letters are cut or refused by some forms, and nobody knows whether by this one."),
        gettext_noop("Write it without them."),
        "unknown",
        "How the form counts and keeps them was looked for and not found",
    ),
    Rule(
        "not-english",
        _not_english,
        gettext_noop("The message does not seem to be in English, which is what the organisation reads."),
        gettext_noop("Send it in English, and keep your own words beside it under `translation`, which is never sent."),
        "inferred",
        "The form, its pages and its public guides are in English",
    ),
)
