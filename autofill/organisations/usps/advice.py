"""The rules of advice for inquiries to the Postal Service: when each applies, what it says, what to do instead.

A table, and doubts about single values; the conditions are in `conditions` and `item_checks`, the offices in
`organisation.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from autofill.language import _, gettext_noop
from autofill.organisations.common.rule import Doubt, Rule
from autofill.organisations.common.text import Reading
from autofill.organisations.usps import conditions, item_checks
from autofill.organisations.usps.tracking import tracking_doubt
from autofill.organisations.usps.zip_areas import lies_in

_MISSING_MAIL_PAGE: Final = "Copies of USPS's page on missing mail (uspsmover.com/help, tracktrace.onl)"
_CLAIMS_TABLE: Final = "Copies of the claims table (uspstrackingpoint.com; muzzleloadingforum.com, post 2771562)"
_REFUNDS: Final = "support.ordoro.com, claims for Priority Mail Express labels"
_GUIDES: Final = "Guides on writing to the Postal Service, which ask for short, polite letters with all facts"
_ADDRESSES: Final = ("contact.address", "item.sender_address", "item.recipient_address")


def doubts(reading: Reading) -> Iterator[Doubt]:
    """What is doubtful about tracking number and ZIP codes."""
    number = reading.get("item.tracking_number")
    if number and (doubt := tracking_doubt(number)):
        yield ("item", "tracking_number"), doubt
    for address in _ADDRESSES:
        country, state, code = (reading.get(f"{address}.{part}") for part in ("country", "state", "postal_code"))
        if country == "US" and state and code and not lies_in(code, state):
            words = _("is not known to lie in this state; one of the two may be mistyped")
            yield (*address.split("."), "postal_code"), words


RULES: Final = (
    Rule(
        id="passport",
        when=conditions.passport,
        says=gettext_noop("Whether a passport was lost in the mail is looked into by those who issued it as well."),
        instead=gettext_noop(
            "After 14 days of waiting, and within 90 days of its issue, report it by phone and form DS-86:"
        ),
        mark="seen",
        office="passports",
    ),
    Rule(
        id="urgent-express",
        when=conditions.urgent_express,
        says=gettext_noop("An answer to a form takes days, and an Express item is urgent."),
        instead=gettext_noop("Ask at a Post Office or by phone first:"),
        mark="inferred",
        source="Follows from what Express is; no public rule was found",
        office="customer-care",
    ),
    Rule(
        id="papers",
        when=conditions.papers,
        says=gettext_noop(
            "Papers for which an office or a court waits should not depend on a form; no public rule was found."
        ),
        instead=gettext_noop("Go to the Post Office with the receipt or call, and tell whoever waits for them:"),
        mark="unknown",
        source="No public rule was found; the guides advise it",
        office="customer-care",
    ),
    Rule(
        id="misconduct",
        when=conditions.misconduct,
        says=gettext_noop(
            "What an employee did against the law is looked into by the Inspector General, not by customer care."
        ),
        instead=gettext_noop("Report it there:"),
        mark="seen",
        office="inspector-general",
    ),
    Rule(
        id="theft",
        when=conditions.theft,
        says=gettext_noop("Stolen mail is a crime, and postal inspectors look into it."),
        instead=gettext_noop("Report it to them, beside or instead of this inquiry:"),
        mark="seen",
        office="inspectors",
    ),
    Rule(
        id="claim-early",
        when=conditions.claim_early,
        says=gettext_noop("An insured item that is lost is paid for by a claim, which can be filed from {day} on."),
        instead=gettext_noop("Until then an inquiry is right; keep receipt and proof of value for the claim:"),
        mark="seen",
        source=_CLAIMS_TABLE,
        office="claims",
    ),
    Rule(
        id="claim-open",
        when=conditions.claim_open,
        says=gettext_noop("An insured item that is lost or damaged is paid for by a claim, not by an inquiry."),
        instead=gettext_noop(
            "If money is what you want, file the claim by {day}, with receipt and proof of value; it needs an account:"
        ),
        mark="seen",
        source=_CLAIMS_TABLE,
        office="claims",
    ),
    Rule(
        id="claim-late",
        when=conditions.claim_late,
        says=gettext_noop(
            "An insured item that is lost or damaged is paid for by a claim, and the time for it ended on {day}."
        ),
        instead=gettext_noop("If you claimed in time, give the claim's number; if not, ask what can still be done:"),
        mark="seen",
        source=_CLAIMS_TABLE,
        office="customer-care",
    ),
    Rule(
        id="refund-early",
        when=conditions.refund_early,
        says=gettext_noop("Postage of a late Express item is paid back from {day} on, not before."),
        instead=gettext_noop("Wait until then and use the page for refunds, or ask at a Post Office:"),
        mark="seen",
        source=_REFUNDS,
        office="refunds",
    ),
    Rule(
        id="refund-open",
        when=conditions.refund_open,
        says=gettext_noop(
            "Postage of a late Express item is paid back on request, and an inquiry is not that request."
        ),
        instead=gettext_noop("By {day}, use the page for refunds or go to a Post Office with the receipt:"),
        mark="seen",
        source=_REFUNDS,
        office="refunds",
    ),
    Rule(
        id="refund-late",
        when=conditions.refund_late,
        says=gettext_noop("The time in which postage of a late Express item is paid back ended on {day}."),
        instead=gettext_noop(
            "If you asked in time, say when and where; if not, ask at a Post Office, without much hope."
        ),
        mark="seen",
        source=_REFUNDS,
    ),
    Rule(
        id="search-early",
        when=conditions.search_early,
        says=gettext_noop("A missing mail search is taken seven business days after an inquiry, so not before {day}."),
        instead=gettext_noop("Send the inquiry first. The search has a page of its own and needs an account:"),
        mark="seen",
        source=_MISSING_MAIL_PAGE,
        office="missing-mail",
    ),
    Rule(
        id="search-due",
        when=conditions.search_due,
        says=gettext_noop(
            "If seven business days have passed since you first asked, the next step is a missing mail search."
        ),
        instead=gettext_noop(
            "It needs an account, both addresses, size and kind of the container, and what was in it:"
        ),
        mark="seen",
        source=_MISSING_MAIL_PAGE,
        office="missing-mail",
    ),
    Rule(
        id="sender-abroad",
        when=conditions.sender_abroad,
        says=gettext_noop("For an item that left the United States, only the sender there can open an inquiry."),
        instead=gettext_noop("Ask the sender to do so; the number of 13 letters and digits is needed for it."),
        mark="seen",
        source="A guide to USPS claims (biyoterapi.com)",
    ),
    Rule(
        id="subject-without-number",
        when=item_checks.subject_without_number,
        says=gettext_noop("The subject fits many inquiries."),
        instead=gettext_noop("Say what is wrong with the item, or add the tracking number."),
        mark="inferred",
        source=_GUIDES,
    ),
    Rule(
        id="several-problems",
        when=item_checks.several_problems,
        says=gettext_noop("The message seems to be about more than one item or problem, and gets one case number."),
        instead=gettext_noop("Write one inquiry for each, so that none is closed with another."),
        mark="inferred",
        source=_GUIDES,
    ),
    Rule(
        id="no-date",
        when=item_checks.no_date,
        says=gettext_noop("Nothing says when this was mailed or happened."),
        instead=gettext_noop("Give item.mailing_date or problem_date; a best guess is better than none."),
        mark="inferred",
        source="The form asks for a date or a best guess (walkthrough of 2026-03-06)",
    ),
    Rule(
        id="no-number",
        when=item_checks.no_number,
        says=gettext_noop("Without a tracking number there is little to look up."),
        instead=gettext_noop("Receipt, label or the sender's mail has it; if there is none, say so in the message."),
        mark="inferred",
        source="The form asks first for a tracking number (wikiHow; refund guides)",
    ),
    Rule(
        id="no-description",
        when=item_checks.no_description,
        says=gettext_noop("Nobody can find an item without knowing what it looks like and what is in it."),
        instead=gettext_noop("Say kind, size and colour of the container, and what it holds."),
        mark="seen",
        source=_MISSING_MAIL_PAGE,
    ),
)
