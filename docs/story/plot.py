"""What happens: a parcel is lost, and Maria writes, waits, reminds and is answered; chapter after chapter.

Whatever does not go as told ends the play. Nothing is drawn here.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from autofill.cases.model.case_states import WORDS
from docs.story.readings import business_day, kind_of, letter_in, mail_in, piece_of
from docs.story.stage import Stage, Unexpected
from docs.story.trail import Chapter, Happening, Morning, Paper, Picture, Piece, Trail, Typed

HERE: Final = Path(__file__).parent
_READ: Final = "autofill mail --imap imaps://maria@example.com@127.0.0.1/INBOX"
DRAFT, INQUIRY = "first-draft.yaml", "lost-parcel.yaml"
_ANSWER: Final = """\
Thank you for your patience. I am sorry that nobody answered your first request.

Your box was found at our distribution center in Denver: its label had come off. We knew it by the blue tape and the \
quilt that you described. It has a new label now, and will be delivered tomorrow, December 4.

Robin, Customer Support (practice)"""


def moment(text: str) -> datetime:
    """A moment of the story, all of which is told in the time of the east coast."""
    return datetime.fromisoformat(f"2026-{text}-05:00")


BEGIN: Final = moment("11-25T10:00")


class Play:
    """The story as it is played, on a stage whose clock stands at `BEGIN`; every chapter needs those before it.

    Attributes:
        numbers: The case's numbers so far.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._folder = stage.folder
        self.numbers: list[str] = []

    def whole(self) -> Trail:
        """Play it from the first draft to the last check."""
        for name in (DRAFT, INQUIRY):
            shutil.copy(HERE / name, self._folder)
        chapters = (
            self._advised(),
            self._sent(),
            self._confirmed(),
            self._silence(),
            self._reminded(),
            self._answered(),
            self._resolved(),
        )
        pieces, signer = self._checked()
        return Trail(tuple(self.numbers), chapters, self._history(), pieces, signer)

    def _advised(self) -> Chapter:
        at = moment("11-25T09:30")
        advice = self._stage.autofill(at, "validate", DRAFT).only["problems"]
        mended = self._stage.autofill(at, "validate", INQUIRY).only["problems"]
        return Chapter(
            "advice",
            at,
            "Advice before anything is sent",
            "A quilt was mailed to Maria on November 13 and has not come. Her first draft is angry. autofill gives "
            "the advice of somebody who knows the Postal Service; she writes again, and one piece of advice remains.",
            (_advice(DRAFT, advice), _advice(INQUIRY, mended)),
            "not sent yet",
        )

    def _sent(self) -> Chapter:
        summary = self._run(BEGIN, INQUIRY)
        return Chapter(
            "sent",
            BEGIN,
            "The form is filled and sent",
            "autofill fills in the practice form in a real browser, reads every field back, takes a screenshot of "
            "every step, and sends it once. The site answers with a case number.",
            (Typed(f"autofill run {INQUIRY}", (f"confirmed, case number {self.numbers[0]}",)),),
            self._status(BEGIN),
            (
                self._picture(summary, 2, "Problem Details, as filled in"),
                self._picture(summary, 6, "The confirmation, with the case number"),
            ),
        )

    def _confirmed(self) -> Chapter:
        at = BEGIN + timedelta(minutes=15)
        read, mail = self._read(at, "acknowledged")
        return Chapter(
            "confirmed",
            at,
            "The confirmation mail",
            "The practice site sends its mail by SMTP to Maria's mailbox on an IMAP server. autofill reads it there "
            "without changing anything, checks the mail server's signature, and saves the mail byte for byte.",
            (read,),
            self._status(at),
            papers=(mail,),
        )

    def _silence(self) -> Chapter:
        mornings = tuple(self._morning(BEGIN.date() + timedelta(days=day)) for day in range(8))
        last = mornings[-1]
        _expect([each.is_due for each in mornings] == [False] * 7 + [True], "it is due on the last morning only")
        at = moment("12-02T09:00")
        return Chapter(
            "silence",
            at,
            "Three business days, which take a week",
            "Guides promise an answer within three business days. Thursday is Thanksgiving, then comes a weekend, "
            "so the third day ends on Tuesday night. Every morning Maria checks what is due; on Wednesday it is this "
            "case.",
            (Typed("autofill cases --practice --due", (f"{last.day:%A}: {self._case(at)['next']}",)),),
            last.status,
            mornings=mornings,
        )

    def _reminded(self) -> Chapter:
        at, number = moment("12-02T09:05"), self.numbers[0]
        letter = self._stage.autofill(at, "followup", number, "--new").only["file"]
        again = self._stage.autofill(at + timedelta(minutes=1), "followup", number, "--new", ends_with=(84,))
        _expect(again.only["exit_code"] == 84, "a second letter is refused")
        self._stage.move_clock(at + timedelta(minutes=5))
        summary = self._run(at + timedelta(minutes=5), letter)
        read, mail = self._read(at + timedelta(minutes=20), "acknowledged")
        return Chapter(
            "reminder",
            at,
            "One reminder, with the case number",
            "autofill writes one reminder; a second time it refuses. Maria reads the letter and runs it. The site "
            "knows the first case number, links the two, and gives a second one.",
            (
                Typed(f"autofill followup {number} --new", ("letter saved: CASE-1.yaml",)),
                Typed(
                    f"autofill followup {number} --new", ("refused (exit code 84): the reminder is already written",)
                ),
                Typed("autofill run recordings/letters/CASE-1.yaml", (f"confirmed, case number {self.numbers[1]}",)),
                read,
            ),
            self._status(at + timedelta(minutes=30)),
            (
                self._picture(summary, 2, "The follow-up, as filled in"),
                self._picture(summary, 6, "Its confirmation, with the second number"),
            ),
            (letter_in(self._folder / letter), mail),
        )

    def _answered(self) -> Chapter:
        at = moment("12-03T11:40")
        self._stage.move_clock(at - timedelta(minutes=10))
        self._stage.ask(f"cases/{self.numbers[1]}", {"reply": _ANSWER})
        read, mail = self._read(at, "answered")
        return Chapter(
            "answer",
            at,
            "Somebody answers",
            "The next day an agent writes. The mail names the second case number; autofill adds it to the same case.",
            (read,),
            self._status(at),
            papers=(mail,),
        )

    def _resolved(self) -> Chapter:
        at, number = moment("12-04T16:00"), self.numbers[0]
        self._stage.autofill(at, "cases", number, "--mark", "resolved")
        return Chapter(
            "resolved",
            at,
            "The quilt is there",
            "Only Maria can know that, so she marks the case as resolved, by either number.",
            (Typed(f"autofill cases {number} --mark resolved", (self._case(at)["next"],)),),
            self._status(at),
        )

    def _checked(self) -> tuple[tuple[Piece, ...], str]:
        names = self._case(moment("12-04T16:05"))["recordings"]
        folders = [Path("recordings") / name for name in sorted(names)]
        answers = self._stage.autofill(moment("12-04T16:10"), "verify", *folders)
        (signer,) = {answer["signed_by"] for answer in answers}
        pieces = tuple(piece_of(self._folder / answer["recording"], answer) for answer in answers)
        _expect(all(piece.ok and piece.public_tool_ok for piece in pieces), "every piece is as it was sealed")
        return pieces, signer

    def _history(self) -> tuple[Happening, ...]:
        history = self._case(moment("12-04T16:05"))["history"]
        return tuple(
            Happening(
                datetime.fromisoformat(each["at"]).astimezone(BEGIN.tzinfo),
                WORDS[each["kind"]],
                "a mail" if each.get("evidence") else "Maria" if each.get("who") else "a run",
                each.get("evidence", ""),
            )
            for each in history
        )

    def _run(self, at: datetime, profile: str) -> dict[str, Any]:
        summary = self._stage.run(at, profile).only
        _expect(
            summary["verdict"] == "confirmed" and summary["signed"], "the inquiry is confirmed, its recording signed"
        )
        self.numbers.append(summary["case_number"])
        return summary

    def _read(self, at: datetime, kind: str) -> tuple[Typed, Paper]:
        """Read the mailbox, in which one mail is new."""
        mails: list[dict[str, Any]] = self._stage.read_mail(at).only["mails"]
        fresh = [mail for mail in mails if mail["became"] != "known"]
        _expect([(mail["kind"], mail["signature"]) for mail in fresh] == [(kind, "good")], f"one good mail: {kind}")
        known = f"; already known: {len(mails) - 1}" if mails[1:] else ""
        return Typed(_READ, (f"1 mail saved: {kind}, signature good{known}",)), mail_in(
            self._folder / fresh[0]["recording"]
        )

    def _picture(self, summary: dict[str, Any], step: int, words: str) -> Picture:
        shot = next(each["screenshot"] for each in summary["steps"] if each["n"] == step)
        return Picture(str(self._folder / summary["recording"] / shot), words)

    def _morning(self, day: date) -> Morning:
        at = datetime.combine(day, BEGIN.timetz().replace(hour=9 if day > BEGIN.date() else 17))
        due = self._stage.autofill(at, "cases", "--practice", "--due", ends_with=(0, 3)).only
        return Morning(
            day,
            kind_of(day) if day > BEGIN.date() else "day it was sent",
            business_day(day, BEGIN),
            self._status(at),
            bool(due["due"]),
        )

    def _case(self, at: datetime) -> dict[str, Any]:
        return self._stage.autofill(at, "cases", self.numbers[0]).only

    def _status(self, at: datetime) -> str:
        return WORDS[self._case(at)["status"]]


def _advice(profile: str, problems: list[dict[str, Any]]) -> Typed:
    return Typed(f"autofill validate {profile}", tuple(f"line {each['line']}: {each['message']}" for each in problems))


def _expect(so: bool, words: str) -> None:
    if not so:
        raise Unexpected(f"the story does not go as told: {words}")
