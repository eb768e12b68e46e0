"""The next letter of a case, in the organisation's language: its words, as a mail that answers theirs, as a profile.

Pure: no file, no database, no clock. What a letter says of the past comes from the case, never from memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.policy import SMTP, compat32
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any, Final

from autofill.cases.model.business_days import WorkCalendar
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind, Status
from autofill.cases.model.case_status import CaseStatus
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.inquiry.fields import Fields, trail_of
from autofill.organisations.organisation import Organisation

# Where it is the person's turn, a letter says something new instead of asking for news.
_YOUR_TURN: Final = frozenset({Status.ANSWERED, Status.WAITING_FOR_YOU})
_REPLY_MARK: Final = re.compile(r"^(\s*(re|aw|fwd?)\s*:)+\s*", re.IGNORECASE)
_LONGEST_SUBJECT: Final = 150
# A follow-up is about the same matter, but these are its own or not sent twice.
_NOT_AGAIN: Final = {"problem_date", "attachments", "files"}
_PLAIN_KEY: Final = re.compile(r"[a-z][a-z_]*")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter is made from: where the case stands, what was asked first, and the person's own words, if any."""

    case_status: CaseStatus
    inquiry: InquiryCopy
    organisation: Organisation
    calendar: WorkCalendar
    own_words: str | None = None

    @property
    def text(self) -> str:
        """The letter, from its salutation to its signature."""
        parts = ["Dear Customer Support,", self._opening(), "\n".join(self.facts)]
        parts += [self.own_words] if self.own_words else []
        if self.case_status.settled not in _YOUR_TURN:
            parts.append("Could you please tell me what has been found so far, and when I can expect your answer?")
        return "\n\n".join([*parts, f"Kind regards,\n{self.writer}".rstrip()])

    @property
    def writer(self) -> str:
        """The person's name, or if there is none, their e-mail address."""
        told = self.inquiry.first
        both = f"{told('contact.first_name')} {told('contact.last_name')}".strip()
        return both or told("contact.name") or told("contact.email")

    @property
    def facts(self) -> tuple[str, ...]:
        """What the organisation needs to find the matter, a line each."""
        case, first = self.case_status.case, self.inquiry.first
        own = self.organisation.own_fields.fields
        newest, *earlier = case.numbers[::-1] or ("",)
        lines = {
            "Case number": newest,
            "Earlier case numbers": ", ".join(earlier[::-1]),
            **{own[name].label or name: first(name) for name in self.organisation.data.mail.quotes if name in own},
            "Subject of my inquiry": first("subject"),
            "First sent on": self._day(case.runs[0].at),
            "Reminders sent on": ", ".join(map(self._day, self._reminded())),
        }
        return tuple(f"{name}: {value}" for name, value in lines.items() if value)

    def _opening(self) -> str:
        days = {kind: self._day(time) for kind in (Kind.QUESTION, Kind.ANSWERED) for time in self._times(kind)}
        match self.case_status.settled:
            case Status.WAITING_FOR_YOU if Kind.QUESTION in days:
                return f"Thank you for your message of {days[Kind.QUESTION]}. Here is my answer to it."
            case Status.WAITING_FOR_YOU:
                return "I have to come back to the following matter."
            case Status.ANSWERED:
                return f"Thank you for your answer of {days[Kind.ANSWERED]}. It does not settle the matter yet."
        if self.case_status.days_late:
            return "I wrote to you about the following matter and have not been answered yet."
        return "I would like to ask how the following matter stands."

    def _reminded(self) -> Iterator[datetime]:
        """When reminders went; a letter that is a further inquiry went with the run that sent it, if one did."""
        for event in self.case_status.case.happened:
            if event.kind is Kind.SENT or (event.kind is Kind.FOLLOWED_UP and event.detail != "new"):
                yield event.at

    def _times(self, kind: Kind) -> Iterator[datetime]:
        return (event.at for event in self.case_status.case.events if event.kind is kind)

    def _day(self, moment: datetime) -> str:
        day: date = self.calendar.day_of(moment)
        return f"{day:%B} {day.day}, {day.year}"


def as_reply(letter: Letter, theirs: bytes, now: datetime) -> bytes:
    """The letter as a mail that answers one of theirs, ready to be opened and sent (RFC 5322).

    Args:
        letter: What it says.
        theirs: The raw mail it answers.
        now: The time for its Date.

    Raises:
        ValueError: Their mail names nobody who could be answered.
    """
    email = letter.inquiry.first("contact.email")
    answered = message_from_bytes(theirs, policy=compat32)
    # ASCII throughout, unless the person's own address cannot be written in it (RFC 6532).
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit", utf8=not email.isascii()))
    local, _, domain = email.rpartition("@")
    if domain:  # otherwise the mail program that opens the draft fills in the sender
        mail["From"] = Address(letter.writer, local, domain)
        mail["Message-ID"] = make_msgid(domain=domain)
    mail["To"] = _answers_go_to(answered)
    mail["Subject"] = _subject(answered, letter)
    mail["Date"] = format_datetime(now)
    if known := _ids(answered, "Message-ID")[:1]:
        mail["In-Reply-To"] = known[0]
        mail["References"] = " ".join([*_ids(answered, "References")[-10:], known[0]])
    # Mail programs open what is marked like this as a draft.
    mail["X-Unsent"] = "1"
    mail.set_content(letter.text + "\n")
    return mail.as_bytes()


def as_profile(letter: Letter) -> bytes:
    """The letter as a new inquiry with the case's number, for `autofill run`; all else is the first one's."""
    first, number = letter.inquiry, letter.case_status.case.numbers[-1]
    changed: Fields = {
        "form": first.form,
        **_reason(letter),
        "subject": f"Case {number}: {first.first('subject') or 'follow-up'}",
        "message": letter.text,
        "previous_case": number,
    }
    left_out = _NOT_AGAIN | changed.keys()
    fields = {**changed, **{name: text for name, text in first.fields.items() if name.split(".")[0] not in left_out}}
    head = (
        "# A follow-up, written by `autofill followup`.",
        "# Read it before you run it: it speaks in your name, and says that it is true.",
    )
    return "\n".join((*head, *_yaml(_nested(fields), ""), "")).encode()


def _reason(letter: Letter) -> dict[str, str]:
    """Topic and sub-topic of a follow-up in the organisation's words; without any, those of the first inquiry stay."""
    rules = letter.organisation.data.follow_up
    reasons = {Status.ANSWERED: rules.not_solved, Status.WAITING_FOR_YOU: rules.new_information}
    words = {"topic": rules.topic, "sub_topic": reasons.get(letter.case_status.settled, rules.unanswered)}
    return {name: text for name, text in words.items() if text}


def last_mail(events: tuple[CaseEvent, ...]) -> CaseEvent | None:
    """The latest mail of the organisation that was kept, if there is one; any that may be anybody's comes after it."""
    kinds = {Kind.ACKNOWLEDGED, Kind.REVIEWED, Kind.ANSWERED, Kind.QUESTION}
    mails = [event for event in reversed(events) if event.kind in kinds and event.detail]
    return min(mails, key=lambda mail: mail.is_doubtful, default=None)


def _answers_go_to(mail: Message) -> Address:
    """Where they want answers, if that is at the sender's own domain; a stranger's address in a mail proves nothing."""
    sender = parseaddr(str(mail["From"] or ""))[1]
    wanted = parseaddr(str(mail["Reply-To"] or ""))[1]
    same = wanted.rpartition("@")[2].casefold() == sender.rpartition("@")[2].casefold()
    try:
        return Address(addr_spec=wanted if same and wanted else sender)
    except (HeaderParseError, ValueError, IndexError):
        raise ValueError("the mail names no sender who could be answered") from None


def _subject(mail: Message, letter: Letter) -> str:
    try:
        words = str(make_header(decode_header(str(mail["Subject"] or ""))))
    except (HeaderParseError, LookupError, ValueError):
        words = ""
    words = _REPLY_MARK.sub("", " ".join(words.split()))[:_LONGEST_SUBJECT]
    words = words or letter.inquiry.first("subject") or "My inquiry"
    number = (letter.case_status.case.numbers or ("",))[-1]
    return f"Re: {words}" if number in words else f"Re: {words} [case {number}]"


def _ids(mail: Message, header: str) -> list[str]:
    return re.findall(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>", str(mail[header] or ""))


def _nested(fields: Fields) -> dict[str, Any]:
    """Dotted names as a tree; a name that others continue is derived from them and left out."""
    paths = {name: trail_of(name) for name in fields}
    derived = {path[:length] for path in paths.values() for length in range(1, len(path))}
    tree: dict[str, Any] = {}
    for name, path in paths.items():
        if path not in derived:
            inside = tree
            for branch in path[:-1]:
                inside = inside.setdefault(branch, {})
            inside[path[-1]] = fields[name]
    return tree


def _yaml(tree: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in tree.items():
        name = key if _PLAIN_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
        match value:
            case Mapping():
                yield f"{indent}{name}:"
                yield from _yaml(value, f"{indent}  ")
            case str() if key == "message":
                yield f"{indent}{name}: |2"
                yield from (f"{indent}  {line}".rstrip() for line in value.splitlines())
            case _:
                # A text in JSON's quotes is one in YAML's, whatever it holds.
                yield f"{indent}{name}: {json.dumps(value, ensure_ascii=False)}"
