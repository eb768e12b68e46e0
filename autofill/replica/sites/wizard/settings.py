"""The settings that the scripts of a page get: questions, prefilled answers, how controls are built, and faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from autofill.replica.faults.form_faults import PageFaults
from autofill.replica.form import catalog
from autofill.replica.form.fields import ATTACHMENTS, CONTACT_INFORMATION, PROBLEM_DETAILS
from autofill.replica.form.variant import Form, form_of
from autofill.replica.options import ReplicaOptions, Shadow

_ALIASES = {"package": "missing-package"}


def wizard_settings(
    options: ReplicaOptions, first_id: int, prefilled: Mapping[str, str], page_faults: PageFaults
) -> dict[str, object]:
    """The settings of one load of the wizard, ready for JSON.

    Args:
        options: How the controls are built.
        first_id: The number from which this page load counts its ids.
        prefilled: Answers the address brought along.
        page_faults: The faults of this page load.
    """
    form = form_on(options, page_faults)
    return {
        "shadow": options.shadow,
        "star": options.star,
        "errorsFirst": options.errors_first,
        "firstId": first_id,
        "prefilled": dict(prefilled),
        **asdict(form),
        **page_faults.settings("open"),
    }


def form_on(options: ReplicaOptions, page_faults: PageFaults) -> Form:
    """The form as this page load shows it."""
    details = PROBLEM_DETAILS + ((ATTACHMENTS,) if options.attachments else ())
    return form_of(page_faults.altered(details), page_faults.altered(CONTACT_INFORMATION), options.variant)


def prefilled_answers(slug: str, query: Mapping[str, str]) -> dict[str, str]:
    """The answers in an address such as `/s/package-inquiry?trackingNumber=...`.

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


def options_for_one_load(options: ReplicaOptions, query: Mapping[str, str]) -> ReplicaOptions:
    """The options with those that the address names: `?shadow=native&star=0&errors_first=1`."""
    shadows: dict[str, Shadow] = {"flat": "flat", "native": "native"}
    switches = {"0": False, "1": True}
    return replace(
        options,
        shadow=shadows.get(query.get("shadow", ""), options.shadow),
        star=switches.get(query.get("star", ""), options.star),
        errors_first=switches.get(query.get("errors_first", ""), options.errors_first),
    )
