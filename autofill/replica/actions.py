"""The calls the wizard makes to its server, one function an action, as the genuine platform bundles them.

HTTP is in app.py; what is remembered is in desk.py.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from autofill.replica import catalog
from autofill.replica.desk import Desk, Upload
from autofill.replica.mailpiece import find_mailpiece

SUBMIT = "submitInquiry"

Reply = dict[str, object]
"""One answered action, in the shape of the genuine platform: state, returnValue, error."""


def answer(desk: Desk, message: Mapping[str, Any]) -> Reply:
    """Answer every action of one message.

    Raises:
        KeyError, TypeError, ValueError: The message is not one that the page writes.
    """
    return {"actions": [_answer_one(desk, action) for action in message["actions"]]}


def _answer_one(desk: Desk, action: Mapping[str, Any]) -> Reply:
    name = action["descriptor"].rpartition("$")[2]
    return {"id": action["id"], **_ACTIONS[name](desk, action["params"])}


def _get_sub_topics(_: Desk, params: Mapping[str, Any]) -> Reply:
    return _success(list(catalog.SUB_TOPICS[params["topic"]].items()))


def _get_tracking_data(_: Desk, params: Mapping[str, Any]) -> Reply:
    return _success(asdict(find_mailpiece(params["trackingNumber"])))


def _submit_inquiry(desk: Desk, params: Mapping[str, Any]) -> Reply:
    answers = {str(name): str(value) for name, value in params["answers"].items()}
    files = [Upload.from_bytes(file["name"], base64.b64decode(file["content"])) for file in params["files"]]
    outcome = desk.submit(answers, files)
    if isinstance(outcome, str):
        return _success({"caseNumber": outcome})
    return {"state": "ERROR", "returnValue": None, "error": [asdict(error) for error in outcome]}


def _success(value: object) -> Reply:
    return {"state": "SUCCESS", "returnValue": value, "error": []}


_ACTIONS: Mapping[str, Callable[[Desk, Mapping[str, Any]], Reply]] = {
    "getSubTopics": _get_sub_topics,
    "getTrackingData": _get_tracking_data,
    SUBMIT: _submit_inquiry,
}
