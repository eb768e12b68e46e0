"""The calls the wizard makes to its server, one function an action, as the genuine platform bundles them.

HTTP is in app.py; what is remembered is in desk.py.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from autofill.replica.desk import Desk
from autofill.replica.faults.table import Fault
from autofill.replica.form import catalog
from autofill.replica.form.mailpiece import find_mailpiece
from autofill.replica.office.records import Upload
from autofill.replica.sites.wizard import submission

Reply = dict[str, object]
"""One answered action, in the shape of the genuine platform: state, returnValue, error."""


def answer(desk: Desk, message: Mapping[str, Any], faults: Sequence[Fault] = ()) -> Reply:
    """Answer every action of one message; `faults` can spoil the answer to a submission.

    Raises:
        KeyError, TypeError, ValueError: The message is not one that the page writes.
    """
    return {"actions": [_answer_one(desk, action, faults) for action in message["actions"]]}


def _answer_one(desk: Desk, action: Mapping[str, Any], faults: Sequence[Fault]) -> Reply:
    name = action["descriptor"].rpartition("$")[2]
    return {"id": action["id"], **_ACTIONS[name](desk, action["params"], faults)}


def _get_sub_topics(_: Desk, params: Mapping[str, Any], __: Sequence[Fault]) -> Reply:
    return _success(list(catalog.SUB_TOPICS[params["topic"]].items()))


def _get_tracking_data(_: Desk, params: Mapping[str, Any], __: Sequence[Fault]) -> Reply:
    return _success(asdict(find_mailpiece(params["trackingNumber"])))


def _submit_inquiry(desk: Desk, params: Mapping[str, Any], faults: Sequence[Fault]) -> Reply:
    answers = {str(name): str(value) for name, value in params["answers"].items()}
    files = [Upload.from_bytes(file["name"], base64.b64decode(file["content"])) for file in params["files"]]
    outcome = submission.submit(desk, answers, files, faults)
    if outcome is None:
        return _success(None)
    if isinstance(outcome, tuple):
        return _success({"caseNumber": outcome[0] if len(outcome) == 1 else outcome})
    return {"state": "ERROR", "returnValue": None, "error": [asdict(error) for error in outcome]}


def _success(value: object) -> Reply:
    return {"state": "SUCCESS", "returnValue": value, "error": []}


_ACTIONS: Mapping[str, Callable[[Desk, Mapping[str, Any], Sequence[Fault]], Reply]] = {
    "getSubTopics": _get_sub_topics,
    "getTrackingData": _get_tracking_data,
    "submitInquiry": _submit_inquiry,
}
