"""A program in this process, with what it says to Playwright's driver, and when; for the profile.

Usage: python -m benchmarks.traced OUT [--functions] (autofill | SCRIPT.py) ARGUMENTS ...

OUT gets a JSON of marks: when each began, how long it took (ms since the time in BEGAN, an environment variable), and
what it was. With `--functions` it gets the CPU time of every function instead: looking at that slows everything else.
"""

from __future__ import annotations

import asyncio
import cProfile
import json
import os
import runpy
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

_BEGAN = float(os.environ.get("BEGAN") or time.time())
MARKS: list[tuple[float, float, str]] = []


def note(what: str, began: float) -> None:
    """Keep what has ended now, and began then (seconds since the epoch)."""
    MARKS.append(((began - _BEGAN) * 1000, (time.time() - began) * 1000, what))


def watch_messages(module: ModuleType) -> None:
    """Note every message to the driver, and when its answer came."""
    send = module.Connection.send_message_to_server

    def noted(self: Any, target: Any, method: str, params: Any, options: dict[str, Any]) -> asyncio.Future[Any]:
        began, inner = time.time(), f" {params['method']}" if method == "send" else ""
        answer: asyncio.Future[Any] = send(self, target, method, params, options)
        answer.add_done_callback(lambda _answer: note(f"message {method}{inner}", began))
        return answer

    module.Connection.send_message_to_server = noted


def watch_evidence(module: ModuleType) -> None:
    """Note how long the recorder keeps the run waiting, for each event."""
    keep: Callable[[Any, Any], Awaitable[None]] = module.Recorder.see

    async def noted(self: Any, event: Any) -> None:
        began = time.time()
        await keep(self, event)
        note(f"evidence {type(event).__name__}", began)

    module.Recorder.see = noted


def watch_seal(module: ModuleType) -> None:
    """Note how long the seal takes."""
    finish = module.Run.finish

    def noted(self: Any) -> Any:
        began = time.time()
        try:
            return finish(self)
        finally:
            note("seal", began)

    module.Run.finish = noted


class Hooks(PathFinder):
    """Watches modules as soon as somebody imports them: when that is must not change."""

    WATCHED: ClassVar[dict[str, Callable[[ModuleType], None]]] = {
        "playwright._impl.connection": watch_messages,
        "autofill.evidence.recorder": watch_evidence,
        "autofill.running.run": watch_seal,
    }

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The module as ever, and watched."""
        watch = cls.WATCHED.get(fullname)
        spec = PathFinder.find_spec(fullname, path, target) if watch else None
        if spec is None or spec.loader is None or watch is None:
            return None
        execute = spec.loader.exec_module

        def executed(module: ModuleType) -> None:
            execute(module)
            watch(module)

        spec.loader.exec_module = executed  # type: ignore[method-assign]
        return spec


class Functions:
    """CPU time of every function, in all threads."""

    def __init__(self) -> None:
        self._profiles: list[cProfile.Profile] = []
        run = threading.Thread.run

        def watched(thread: threading.Thread) -> None:
            self.watch()
            run(thread)

        setattr(threading.Thread, "run", watched)  # noqa: B010 - as no program should

    def watch(self) -> None:
        """Watch this thread from now on."""
        profile = cProfile.Profile(time.thread_time)
        self._profiles.append(profile)
        profile.enable()

    def told(self) -> list[tuple[float, int, str]]:
        """Own milliseconds, calls and place of each function, most first."""
        sums: dict[str, list[float]] = defaultdict(lambda: [0, 0])
        for profile in self._profiles:
            for entry in profile.getstats():
                code = entry.code
                place = code if isinstance(code, str) else f"{code.co_filename}:{code.co_name}"
                sums[place][0] += entry.inlinetime * 1000
                sums[place][1] += entry.callcount
        return sorted(((own, int(calls), place) for place, (own, calls) in sums.items()), reverse=True)


def main() -> None:
    out, *words = sys.argv[1:]
    functions = Functions() if words[0] == "--functions" else None
    words = words[1:] if functions else words
    sys.argv = words
    if functions:
        functions.watch()
    else:
        sys.meta_path.insert(0, Hooks)
    with suppress(SystemExit):
        if words[0] == "autofill":
            from autofill.__main__ import main as run  # noqa: PLC0415 - as the program itself does

            run()
        else:
            runpy.run_path(words[0], run_name="__main__")
    found: Any = functions.told() if functions else MARKS
    Path(out).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
