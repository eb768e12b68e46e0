"""Where the program starts, with the language: it is chosen before anything that has texts is imported.

Nothing else may live here.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from autofill.language import LANGUAGES, _, choose


def main() -> NoReturn:
    """Run the program; the process ends here."""
    wanted = language_wanted(sys.argv)
    known = wanted is None or wanted in LANGUAGES
    choose(wanted if known else None)
    if not known:
        from autofill import console  # noqa: PLC0415 - has texts
        from autofill.errors import ExitCode  # noqa: PLC0415

        console.tell(_("--lang takes one of these: {languages}").format(languages=", ".join(LANGUAGES)))
        sys.exit(ExitCode.USAGE)
    from autofill.cli.app import main as run  # noqa: PLC0415

    run()


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
    main()
