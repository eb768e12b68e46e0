"""The two pages of the desk as HTML: the hub, and the shell in which the wizard draws itself.

The wizard's screens are drawn in static/; its questions are in fields.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from pathlib import Path
from string import Template

from autofill.replica.faults.form_faults import PageFaults
from autofill.replica.form import catalog
from autofill.replica.form.fields import ATTACHMENTS, CONTACT_INFORMATION, PROBLEM_DETAILS
from autofill.replica.options import ReplicaOptions

STATIC = Path(__file__).with_name("static")
_NOT_THE_WIZARD = {"faults.js", "page_faults.js"}
_SETTING = '<script type="application/json" id="setting">{json}</script>'
_FAULTS = '<script type="module" src="/static/faults.js"></script>'
_ALIASES = {"package": "missing-package"}


def hub_page(trouble: PageFaults) -> str:
    """Draw the page that offers phone, chat and e-mail; faults that the address asks for follow to the wizard."""
    wizard = f"/s/?{trouble.query}" if trouble.query else "/s/"
    content = _template("hub.html").substitute(wizard=escape(wizard))
    script = _SETTING.format(json=_as_script(trouble.setting("hub"))) + _FAULTS
    return framed("Contact Us", content, head=script if trouble.is_in_page else "")


def wizard_page(options: ReplicaOptions, first_id: int, prefilled: Mapping[str, str], trouble: PageFaults) -> str:
    """Draw the shell of the wizard.

    Args:
        options: How the controls are built.
        first_id: The number from which this page load counts its ids.
        prefilled: Answers the address brought along.
        trouble: What is wrong with this load.
    """
    details = PROBLEM_DETAILS + ((ATTACHMENTS,) if options.attachments else ())
    setting = {
        "shadow": options.shadow,
        "star": options.star,
        "errorsFirst": options.errors_first,
        "firstId": first_id,
        "prefilled": dict(prefilled),
        "problemDetails": [asdict(field) for field in trouble.altered(details)],
        "contactInformation": [asdict(field) for field in trouble.altered(CONTACT_INFORMATION)],
        **trouble.setting("open"),
    }
    modules = sorted(path.name for path in STATIC.glob("*.js") if path.name not in _NOT_THE_WIZARD)
    preloads = "\n".join(f'<link rel="modulepreload" href="/static/{name}">' for name in modules)
    script = "faults.js" if trouble.is_in_page else "wizard.js"
    title = catalog.TOPICS.get(prefilled.get("topic", ""), "Email Us")
    content = _template("wizard.html").substitute(setting=_as_script(setting), script=script, title=escape(title))
    return framed("Email Us", content, head=preloads)


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


def framed(title: str, content: str, head: str = "") -> str:
    """Put the desk's banner, head and foot around a page."""
    return _template("frame.html").substitute(title=title, content=content, head=head)


def _as_script(setting: Mapping[str, object]) -> str:
    return json.dumps(setting).replace("<", "\\u003c")


def _template(name: str) -> Template:
    return Template(STATIC.joinpath(name).read_text("utf-8"))
