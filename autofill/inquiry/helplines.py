"""Whom to turn to when a form is not the right way: names, numbers, hours, pages.

Facts with their sources; when to turn to whom is in `advice_rules`. Names of offices are not translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from autofill.language import _, gettext_noop

Mark: TypeAlias = Literal["seen", "inferred", "unknown"]
"""How a fact is known, as in form maps: read in the source, following from it, or looked for and not found."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """An office that people can turn to. What is not known in public is left empty."""

    name: str
    source: str
    mark: Mark = "seen"
    phone: str = ""
    hours: str = ""
    page: str = ""

    def __str__(self) -> str:
        """One line for people, in their language."""
        return ", ".join(filter(None, (self.name, self.phone, self.hours and _(self.hours), self.page)))


CUSTOMER_CARE: Final = Helpline(
    "USPS (ASK-USPS)",
    "USPS Web Tools general API developer guide v4.8 (2025-08-25); that Sundays and holidays are closed: a guide",
    phone="1-800-275-8777",
    hours=gettext_noop("Monday to Friday 8:00-20:30, Saturday 8:00-18:00 Eastern Time"),
)
TECHNICAL_SUPPORT: Final = Helpline(
    "USPS technical support",
    "Postal Service statement on Informed Delivery accounts, nonprofitmailers.org (2018)",
    phone="1-800-344-7779",
)
CHAT: Final = Helpline(
    "USPS chat",
    "Public capture of usps.com's tag manager (Live Agent settings)",
    hours=gettext_noop("Monday to Saturday, 12:00 to 00:31 UTC"),
    page="www.usps.com/help/contact-us.htm",
)
DIRECT_MESSAGE: Final = Helpline(
    "@USPSHelp", "Guides; its hours were looked for and not found, and answers are slow (uspsoig.gov)", "unknown"
)
PASSPORTS: Final = Helpline(
    "National Passport Information Center", "Form DS-86, as shown by formspal.com", phone="1-877-487-2778"
)
INSPECTORS: Final = Helpline(
    "Postal Inspection Service",
    "Postal Regulatory Commission, prc.gov/consumer-assistance; hours: City of Bellflower",
    phone="1-877-876-2455",
    hours=gettext_noop("option 5, 8:00-16:30"),
    page="www.uspis.gov/report",
)
INSPECTOR_GENERAL: Final = Helpline(
    "USPS Office of Inspector General",
    'A copy of the PRC\'s consumer page; wikiHow "File a Complaint"',
    phone="1-888-877-7644",
)
CLAIMS: Final = Helpline(
    "USPS claims", "Address in public copies of the usps.com header", page="www.usps.com/help/claims.htm"
)
REFUNDS: Final = Helpline(
    "USPS refunds", "Address in public copies of the usps.com header", page="www.usps.com/help/refunds.htm"
)
MISSING_MAIL: Final = Helpline(
    "USPS missing mail search", "Mozilla's fixes for this site; copies of USPS's pages", page="missingmail.usps.com"
)
CONSUMER_CONTACT: Final = Helpline(
    "Consumer & Industry Contact office of the district", "support.postagewizard.com, article a2136"
)
REGULATOR: Final = Helpline(
    "Postal Regulatory Commission",
    "prc.gov/consumer-assistance, which names 45 days",
    page="prc.gov/consumer-assistance",
)
