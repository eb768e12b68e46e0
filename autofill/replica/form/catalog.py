"""The choices of the form, slug to words, in the order they are shown.

No control, no rule about when a choice is offered, and no state.
"""

from __future__ import annotations

TOPICS: dict[str, str] = {
    "missing-package": "Where is my package?",
    "track-package": "Track a package",
    "mail-delivery": "Mail delivery problem",
    "claim": "File a claim",
    "refund": "Request a refund",
    "feedback": "Feedback or complaint",
    "general-question": "General question",
    "technical-support": "Technical support",
    "follow-up": "Follow up on an earlier request",
}

FOLLOW_UP = "follow-up"
EXAMPLE_CASE = "00482913"
"""The number of a case that every practice site has, so that the examples can follow it up."""

ITEM_TOPICS = ("missing-package", "track-package", "mail-delivery", "claim", "refund")
"""The topics that are about one mailpiece."""

SUB_TOPICS: dict[str, dict[str, str]] = {
    "missing-package": {
        "not-received": "Package not received",
        "says-delivered": "Tracking says delivered",
        "stuck-in-transit": "Package stuck in transit",
        "missing-contents": "Contents missing",
        "damaged": "Package damaged",
    },
    "track-package": {
        "no-updates": "No tracking updates",
        "wrong-status": "Tracking status is wrong",
        "cannot-find-number": "Cannot find my tracking number",
    },
    "mail-delivery": {
        "not-delivered": "Mail not delivered",
        "late": "Mail delivered late",
        "misdelivered": "Mail delivered to the wrong address",
        "hold-or-forward": "Hold or forward mail",
    },
    "claim": {
        "lost-insured": "Insured item lost",
        "damaged-insured": "Insured item damaged",
        "claim-status": "Status of a claim",
    },
    "refund": {
        "postage": "Refund of postage",
        "late-express": "Express item delivered late",
        "online-label": "Label bought online",
    },
    "feedback": {
        "compliment": "Compliment",
        "complaint-employee": "Complaint about an employee",
        "complaint-post-office": "Complaint about a Post Office",
        "suggestion": "Suggestion",
    },
    "general-question": {
        "rates": "Prices and rates",
        "international": "International mail",
        "hours": "Opening hours",
        "services": "Services",
    },
    "technical-support": {
        "website": "Website problem",
        "account": "Account or sign-in",
        "click-n-ship": "Click-N-Ship",
        "informed-delivery": "Informed Delivery",
    },
    "follow-up": {
        "no-answer": "I have not been answered",
        "not-solved": "The answer did not solve it",
        "new-information": "I have new information",
    },
}

MAIL_CLASSES: dict[str, str] = {
    "priority-mail": "Priority Mail",
    "priority-mail-express": "Priority Mail Express",
    "ground-advantage": "USPS Ground Advantage",
    "first-class-mail": "First-Class Mail",
    "media-mail": "Media Mail",
    "first-class-package-international": "First-Class Package International Service",
    "priority-mail-international": "Priority Mail International",
    "priority-mail-express-international": "Priority Mail Express International",
    "other": "Other or not sure",
}

EXTRA_SERVICES: dict[str, str] = {
    "certified-mail": "Certified Mail",
    "registered-mail": "Registered Mail",
    "insured-mail": "Insured Mail",
    "signature-confirmation": "Signature Confirmation",
    "return-receipt": "Return Receipt",
    "collect-on-delivery": "Collect on Delivery",
}

YES_NO: dict[str, str] = {"yes": "Yes", "no": "No"}

REPLY_BY: dict[str, str] = {"email": "Email", "phone": "Phone"}


def read_pairs(text: str) -> dict[str, str]:
    """The pairs in lines of the form `CODE Name`."""
    return {line[:2]: line[3:] for line in text.strip().splitlines()}


COUNTRIES: dict[str, str] = read_pairs("""
US United States
AR Argentina
AU Australia
AT Austria
BD Bangladesh
BE Belgium
BR Brazil
BG Bulgaria
CA Canada
CL Chile
CN China
CO Colombia
HR Croatia
CZ Czechia
DK Denmark
EG Egypt
EE Estonia
FI Finland
FR France
DE Germany
GR Greece
HK Hong Kong
HU Hungary
IS Iceland
IN India
ID Indonesia
IE Ireland
IL Israel
IT Italy
JP Japan
KE Kenya
LV Latvia
LT Lithuania
LU Luxembourg
MY Malaysia
MX Mexico
MA Morocco
NL Netherlands
NZ New Zealand
NG Nigeria
NO Norway
PK Pakistan
PE Peru
PH Philippines
PL Poland
PT Portugal
QA Qatar
RO Romania
SA Saudi Arabia
SG Singapore
SK Slovakia
SI Slovenia
ZA South Africa
KR South Korea
ES Spain
LK Sri Lanka
SE Sweden
CH Switzerland
TW Taiwan
TH Thailand
TR Turkey
UA Ukraine
AE United Arab Emirates
GB United Kingdom
VN Vietnam
""")

# Publication 28, appendix B: 50 states, DC, 8 territories and freely associated states, 3 armed forces "states".
STATES: dict[str, str] = read_pairs("""
AL Alabama
AK Alaska
AS American Samoa
AZ Arizona
AR Arkansas
AA Armed Forces Americas
AE Armed Forces Europe
AP Armed Forces Pacific
CA California
CO Colorado
CT Connecticut
DE Delaware
DC District of Columbia
FM Federated States of Micronesia
FL Florida
GA Georgia
GU Guam
HI Hawaii
ID Idaho
IL Illinois
IN Indiana
IA Iowa
KS Kansas
KY Kentucky
LA Louisiana
ME Maine
MH Marshall Islands
MD Maryland
MA Massachusetts
MI Michigan
MN Minnesota
MS Mississippi
MO Missouri
MT Montana
NE Nebraska
NV Nevada
NH New Hampshire
NJ New Jersey
NM New Mexico
NY New York
NC North Carolina
ND North Dakota
MP Northern Mariana Islands
OH Ohio
OK Oklahoma
OR Oregon
PW Palau
PA Pennsylvania
PR Puerto Rico
RI Rhode Island
SC South Carolina
SD South Dakota
TN Tennessee
TX Texas
UT Utah
VT Vermont
VI Virgin Islands
VA Virginia
WA Washington
WV West Virginia
WI Wisconsin
WY Wyoming
""")
