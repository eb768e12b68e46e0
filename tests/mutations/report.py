"""The page that compares runs on mutants with the script that codegen makes: benchmarks/MUTATIONS.md."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from tests.mutations.tally import OURS, SCRIPT, Result, by_kind, side_by_side

_TEXT: Final = """\
# When the form has changed, measured

`python -m tests.mutations.in_chromium --first {first} --seeds {many} --report benchmarks/MUTATIONS.md` measures anew
and writes this page; `make mutation-test` does the same for autofill alone.
Measured with autofill {autofill}, Playwright {playwright} and {browser}, seeds {first} to {last}.

Three contact forms of one or two screens and 9 to 13 controls are changed as redesigns change forms: one to four
changes at once, which a seed decides ([kinds.py](../tests/mutations/kinds.py)).
Each form was filled once as it was: by autofill with a form map, and by a person whom Playwright's codegen watched.
Then both meet the changed form with what they have.
The form's server keeps what arrives, and what made the change knows which control takes what.

{both}
- **Sent right**: everything that the form asks and the inquiry has an answer for arrived once, and is what a person
  would have sent; nothing is in a trap.
- **Found again**: the same, where a control was no longer where the map says and was recognised without a rival.
- **Stopped, named**: exit code 76, nothing was sent, and the message names something that has changed.
- **Failed**: the script ended with an error, and nothing was sent.
- **An answer left out**: it was sent without an answer that the form wants, or that the inquiry has, and nobody was
  told.

On half of the forms the page itself lets nobody go on while a required control is empty; on the others only a person
at the site would notice.

## The script

It is what codegen writes, recorded by codegen's own recorder in a browser without a window: the recorder of
`playwright codegen`, asked for its lines instead of shown in its window, while every control was filled and every
button pressed.
Nothing in it was changed, but that it waits 2 seconds instead of 30 for what is not there.

{script}
## autofill

{ours}
A form with several changes counts in the row of each.
"""


def report(ours: Sequence[Result], script: Sequence[Result], first: int, browser: str) -> str:
    """The page."""
    return _TEXT.format(
        first=first,
        last=first + len(ours) - 1,
        many=len(ours),
        autofill=version("autofill"),
        playwright=version("playwright"),
        browser=browser,
        both=side_by_side(ours, script),
        script=by_kind(script, SCRIPT),
        ours=by_kind(ours, OURS),
    )
