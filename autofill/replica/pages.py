"""The two pages of the desk as HTML: the hub, and the shell in which the wizard draws itself.

The wizard's screens are drawn in static/; its questions are in fields.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from string import Template

from autofill.replica import catalog
from autofill.replica.fields import ATTACHMENTS, CONTACT_INFORMATION, PROBLEM_DETAILS
from autofill.replica.options import ReplicaOptions

STATIC = Path(__file__).with_name("static")
_ALIASES = {"package": "missing-package"}


def hub_page() -> str:
    """Draw the page that offers phone, chat and e-mail."""
    return _frame("Contact Us", _template("hub.html").substitute())


def wizard_page(options: ReplicaOptions, first_id: int, prefilled: Mapping[str, str]) -> str:
    """Draw the shell of the wizard.

    Args:
        options: How the controls are built.
        first_id: The number from which this page load counts its ids.
        prefilled: Answers the address brought along.
    """
    details = PROBLEM_DETAILS + ((ATTACHMENTS,) if options.attachments else ())
    setting = {
        "shadow": options.shadow,
        "star": options.star,
        "errorsFirst": options.errors_first,
        "firstId": first_id,
        "prefilled": dict(prefilled),
        "problemDetails": [asdict(field) for field in details],
        "contactInformation": [asdict(field) for field in CONTACT_INFORMATION],
    }
    modules = sorted(path.name for path in STATIC.glob("*.js") if path.name != "hub.js")
    preloads = "\n".join(f'<link rel="modulepreload" href="/static/{name}">' for name in modules)
    script = json.dumps(setting).replace("<", "\\u003c")
    return _frame("Email Us", _template("wizard.html").substitute(setting=script), head=preloads)


def prefilled_answers(slug: str, query: Mapping[str, str]) -> dict[str, str]:
    """Read the answers out of an address such as `/s/package-inquiry?trackingNumber=...`.

    An unknown topic is left for the person to choose.
    """
    topic = slug.removesuffix("-inquiry")
    topic = _ALIASES.get(topic, topic)
    if topic not in catalog.TOPICS:
        return {}
    number = query.get("trackingNumber", "")
    if not number or topic not in catalog.ITEM_TOPICS:
        return {"topic": topic}
    return {"topic": topic, "has_tracking_number": "yes", "tracking_number": number}


def _frame(title: str, content: str, head: str = "") -> str:
    return _template("frame.html").substitute(title=title, content=content, head=head)


def _template(name: str) -> Template:
    return Template(STATIC.joinpath(name).read_text("utf-8"))
