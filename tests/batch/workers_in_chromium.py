"""`make workers-test`: three workers over two hundred inquiries, killed at random, their database cut off once.

Usage: workers_in_chromium.py [--rows N] [--workers N] [--kills N] [--seed N]
The form is live, on this machine, with a pace of a second. Prints every promise broken: nothing is lost or doubled,
each recording is in the store and as it was sealed, the form is opened no oftener than it allows.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from tests.batch.firm import Firm, Form, doubled, oftener_than
from tests.cases.postgresql import Server, server


def main() -> int:
    options = argparse.ArgumentParser()
    for name, number in (("rows", 200), ("workers", 3), ("kills", 8), ("seed", 1)):
        options.add_argument(f"--{name}", type=int, default=number)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="autofill-workers-") as folder, server() as database, Form() as form:
        threading.Thread(target=form.serve_forever, daemon=True).start()
        subprocess.run(["psql", f"{database.address}/postgres", "-qc", "CREATE DATABASE ledger"], check=True)
        firm = Firm(Path(folder) / "firm", form.url, f"{database.address}/ledger", str(Path(folder) / "store"))
        firm.open(given.rows)
        waiting = firm.enqueue()
        assert Counter(row["state"] for row in waiting.values()) == {"waiting": given.rows}
        names = [f"worker-{number}" for number in range(given.workers)]
        for name in names:
            firm.hire(name)
        _disturb(firm, database, form, given)
        ended = firm.wait()
        rows = firm.enqueue()
        broken = list(_broken(firm, form, rows, given.rows))
        broken += [f"{name} ended with {code}: {told}{firm.said[name]}" for name, (code, told) in ended.items() if code]
        print(Counter(row["state"] for row in rows.values()), {name: code for name, (code, _told) in ended.items()})
        print(f"{given.rows} inquiries, {len(form.arrived)} arrived, {given.kills} workers killed, one cut")
        print("\n".join(broken) or "no promise broken")
        form.shutdown()
    return 1 if broken else 0


def _disturb(firm: Firm, database: Server, form: Form, given: argparse.Namespace) -> None:
    """Kill workers at random moments, and start others; once, cut the database off for a while."""
    chance = random.Random(given.seed)
    every = given.rows / (given.kills + 2)
    for number in range(given.kills + 1):
        _wait_for(form, round(every * (number + 1)), chance.random())
        if number == given.kills // 2:
            database.cut_off()
            time.sleep(5)
            database.start()
        else:
            name = chance.choice(sorted(firm.running))
            firm.kill(name)
            firm.hire(name)
            print(f"{len(form.arrived)} arrived, {name} killed", file=sys.stderr, flush=True)


def _wait_for(form: Form, arrivals: int, seconds: float) -> None:
    while len(form.arrived) < arrivals:
        time.sleep(0.05)
    time.sleep(seconds)


def _broken(firm: Firm, form: Form, rows: dict[str, dict[str, object]], count: int) -> list[str]:
    """Every promise broken."""
    said = [f"{order}: sent twice" for order in doubled(form.arrived)]
    said += [f"{order}: {row}" for order, row in rows.items() if row["state"] not in {"sent", "sent before", "unknown"}]
    sent = {order for order, row in rows.items() if row["state"] in {"sent", "sent before"}}
    said += [f"{order}: said to be sent, and did not arrive" for order in sent - set(form.arrived)]
    said += [f"{order}: arrived, and nobody knows" for order in set(form.arrived) - set(rows)]
    said += ["rows are missing"] * (len(rows) != count)
    said += [f"opened too often at {at:.1f}" for at in oftener_than(form.opened, firm.pace, 3)]
    kept = [str(row["recording"]) for row in rows.values()]
    verified = firm.say("verify", *kept)
    said += [verified.stdout, verified.stderr] * (verified.returncode != 0)
    left = [str(each) for name in firm.running for each in (firm.folder / name).iterdir() if each.is_dir()]
    return [*said, *(f"left behind: {each}" for each in left)]


if __name__ == "__main__":
    sys.exit(main())
