"""The entry point: it chooses the language before anything that has texts is imported.

Nothing else may live here.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn

from autofill.language import LANGUAGES, _, choose
from autofill.visible import open_streams


def program() -> NoReturn:
    """Run the program, and end the process: what ends with it anyway is not taken apart, which would take 10 ms.

    Everything is written by then. Where a thread is still at work, the process waits for it as usual.
    """
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int | None) or threading.active_count() > 1:
            raise
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(end.code or 0)
    except KeyboardInterrupt:  # while modules are imported: nothing has begun
        sys.exit(130)


def main() -> NoReturn:
    """Run the program; the process ends here."""
    # Importing makes a hundred thousand objects that live until the end: looking through them for garbage again and
    # again would take a fifth of a second. Long sessions turn the collector on again.
    gc.disable()
    open_streams()
    wanted = language_wanted(sys.argv)
    if sys.argv[1:2] == ["run"]:
        from autofill.page.ahead import start_ahead  # noqa: PLC0415 - `--help` need not wait for it

        start_ahead()
    known = wanted is None or wanted in LANGUAGES
    if choose(wanted if known else None) == "en" and wanted is None:
        tell_unknown(os.environ.get("AUTOFILL_LANG", ""))
    if not known:
        from autofill import console  # noqa: PLC0415 - has texts
        from autofill.errors import ExitCode  # noqa: PLC0415

        words = _("--lang must be one of: {languages}").format(languages=", ".join(LANGUAGES))
        console.tell(words)
        if "--json" in sys.argv:
            console.say_error(words, ExitCode.USAGE)
        sys.exit(ExitCode.USAGE)
    from autofill.cli.app import main as run  # noqa: PLC0415

    run()


def tell_unknown(asked: str) -> None:
    """Warn if AUTOFILL_LANG names a language that is not supported; the other variables are about the system."""
    if asked and not asked.casefold().startswith("en"):
        print(f"AUTOFILL_LANG must be one of: {', '.join(LANGUAGES)}", file=sys.stderr)  # noqa: T201


def language_wanted(arguments: list[str]) -> str | None:
    """Take `--lang CODE` out of the program's arguments, wherever it stands; the last one counts.

    Returns:
        None if it is not there, and no language's code if it lacks one.
    """
    wanted = None
    words = iter(arguments.copy())
    arguments.clear()
    for word in words:
        name, equals, code = word.partition("=")
        if name == "--lang":
            wanted = code if equals else next(words, "")
        else:
            arguments.append(word)
        if word == "--":
            break
    arguments.extend(words)
    return wanted


if __name__ == "__main__":
    program()
