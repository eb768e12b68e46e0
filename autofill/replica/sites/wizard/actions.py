"""The actions of the wizard's server, one function each, called in messages as on the genuine platform (Aura).

HTTP is in site.py; what happens to a submission is in submission.py.
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
from autofill.replica.sites.wizard.submission import submit

Reply = dict[str, object]
"""The reply to one action, in the shape of the genuine platform: state, returnValue, error."""


def answer(desk: Desk, message: Mapping[str, Any], faults: Sequence[Fault] = ()) -> Reply:
    """The replies to every action of one message; `faults` can change the reply to a submission.

    Raises:
        KeyError, TypeError, ValueError: The message is none that the wizard sends.
    """
    return {"actions": [_reply_to(desk, action, faults) for action in message["actions"]]}


def _reply_to(desk: Desk, action: Mapping[str, Any], faults: Sequence[Fault]) -> Reply:
    name = action["descriptor"].rpartition("$")[2]
    return {"id": action["id"], **_ACTIONS[name](desk, action["params"], faults)}


def _get_sub_topics(_: Desk, params: Mapping[str, Any], __: Sequence[Fault]) -> Reply:
    return _success(list(catalog.SUB_TOPICS[params["topic"]].items()))


def _get_tracking_data(_: Desk, params: Mapping[str, Any], __: Sequence[Fault]) -> Reply:
    return _success(asdict(find_mailpiece(params["trackingNumber"])))


def _submit_inquiry(desk: Desk, params: Mapping[str, Any], faults: Sequence[Fault]) -> Reply:
    answers = {str(name): str(value) for name, value in params["answers"].items()}
    files = [Upload.from_bytes(file["name"], base64.b64decode(file["content"])) for file in params["files"]]
    result = submit(desk, answers, files, faults)
    if result is None:
        return _success(None)
    if isinstance(result, tuple):
        return _success({"caseNumber": result[0] if len(result) == 1 else result})
    return {"state": "ERROR", "returnValue": None, "error": [asdict(error) for error in result]}


def _success(value: object) -> Reply:
    return {"state": "SUCCESS", "returnValue": value, "error": []}


_ACTIONS: Mapping[str, Callable[[Desk, Mapping[str, Any], Sequence[Fault]], Reply]] = {
    "getSubTopics": _get_sub_topics,
    "getTrackingData": _get_tracking_data,
    "submitInquiry": _submit_inquiry,
}
