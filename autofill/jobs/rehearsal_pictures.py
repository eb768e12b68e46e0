"""Screenshots of a rehearsal: masked, compared with the baseline, and written beside the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autofill.errors import DiskTrouble, ExitCode, Misconfigured
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sharing.baseline import Baseline, Compared
from autofill.evidence.sharing.comparison import Difference
from autofill.evidence.sharing.masked import MaskedPicture, masked_pictures
from autofill.jobs.rehearsal import PictureFinding, PictureState, Rehearsed, exit_code_of
from autofill.language import _


@dataclass(frozen=True, slots=True)
class PictureCheck:
    """The comparison of one command: where the report is, whether it saves, and whether a changed picture fails."""

    report: Path
    update: bool
    strict: bool

    def rehearsed(self, run: RunSummary, tries: int, number: int, baseline: Path) -> Rehearsed:
        """The rehearsal of the so-many-th profile, with its screenshots beside those in the folder `baseline`.

        Raises:
            DiskTrouble: Screenshots cannot be written.
        """
        pictures: tuple[PictureFinding, ...] = ()
        trouble = None
        try:
            pictures = tuple(self._findings(run, f"pictures/{number}", baseline))
        except Damage as damage:
            trouble = str(damage)
        except Misconfigured as error:
            trouble = f"{error} {error.hint}"
        code = exit_code_of(run, pictures, strict=self.strict)
        if trouble and self.strict and not code:
            code = ExitCode.MISCONFIGURED
        return Rehearsed(run=run, tries=tries, pictures=pictures, picture_trouble=trouble, exit_code=code)

    def _findings(self, run: RunSummary, place: str, folder: Path) -> Iterator[PictureFinding]:
        if run.recording is None:
            return
        pictures = masked_pictures(Path(run.recording))
        reached = [each for each in pictures if not each.stopped]
        baseline, whole = Baseline.at(folder), not run.exit_code
        compared = list(baseline.compare(reached, whole=whole))
        saves = self.update and whole
        if saves:
            _save(baseline, reached, compared, browser=run.browser)
        for each in compared:
            yield self._finding(each, place, saved=saves and each.state in {"changed", "new"}, whole=whole)
        for picture in pictures:
            if picture.stopped:
                now = self._written(f"{place}/{picture.file}", picture.picture)
                yield PictureFinding(file=picture.file, step=picture.name, state="stopped", now=now)

    def _finding(self, compared: Compared, place: str, *, saved: bool, whole: bool) -> PictureFinding:
        stem = f"{place}/{compared.file.removesuffix('.png')}"
        other, state = compared.state in {"changed", "gone"}, compared.state
        found = compared.difference
        return PictureFinding(
            file=compared.file,
            step=compared.name,
            state="saved" if saved else state,
            words=_words("saved" if saved else state, found, whole=whole),
            share=found.share if found else 0,
            now=self._written(f"{stem}.png", compared.now),
            kept=self._written(f"{stem}.saved.png", compared.kept if other else None),
            difference=self._written(f"{stem}.changed.png", found.picture if found else None),
        )

    def _written(self, name: str, picture: bytes | None) -> str | None:
        if picture is None:
            return None
        file = self.report / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(picture)
        except OSError as error:
            raise DiskTrouble(
                _("{name} could not be written: {reason}.").format(name=name, reason=error.strerror),
                hint=_("Free some space."),
            ) from None
        return name


def _save(baseline: Baseline, pictures: Sequence[MaskedPicture], compared: Sequence[Compared], browser: str) -> None:
    """Save what is not as it was; nothing is written if all is."""
    same = frozenset(each.file for each in compared if each.state == "same")
    if len(same) < len(compared):
        baseline.save(pictures, browser, same)


def _words(state: PictureState, found: Difference | None, *, whole: bool) -> str:
    match state:
        case "changed" if found is not None:
            share = _("This page looks different: {percent} % of it changed.")
            said = [share.format(percent=_percent(found.share))]
            if found.before != found.after:
                size = _("It is {width} × {height} pixels, and was {old_width} × {old_height}.")
                (old_width, old_height), (width, height) = found.before, found.after
                said.append(size.format(width=width, height=height, old_width=old_width, old_height=old_height))
            return " ".join(said)
        case "new":
            saving = _("No screenshot is saved for this page. To save it: --update-baseline")
            return saving if whole else _("No screenshot is saved for this page. Only a run that ends well saves one.")
        case "gone":
            return _("This page is saved, but the run did not come to it.")
        case "withheld":
            return _("Not compared: this screenshot may show something personal.")
        case "saved":
            return _("Saved. The next rehearsals are compared with it.")
    return ""


def _percent(share: float) -> str:
    return f"{share * 100:.0f}" if share >= 0.01 else f"{max(share * 100, 0.01):.2g}"
