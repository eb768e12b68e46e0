"""Forms that nobody has described, drafted by several runs at once."""

from __future__ import annotations

from pathlib import Path

from autofill.orders.audience import Audience
from autofill.orders.drafting import drafted
from autofill.orders.options import RunOptions
from tests.replay.conftest import served
from tests.replay.forms import PAGE, PROFILE

NAME = "<p><label>Name <input name=n></label>"
MESSAGE = "<p><label>Message <textarea name=m></textarea></label>"
MAIL = "<p><label>E-mail <input name=e type=email></label>"


def test_two_forms_of_one_title_do_not_take_each_others_place(tmp_path: Path) -> None:
    """Between reading a form and planning for it, another run may draft another."""
    profile = tmp_path / "inquiry.yaml"
    profile.write_text(PROFILE.partition("answers:")[0], encoding="utf-8")
    with served() as site:
        forms = [
            drafted(RunOptions(profiles=(profile,), url=site.show(PAGE.format(inside=inside), path=path)), Audience())
            for path, inside in (("/support", NAME + MESSAGE), ("/press", MAIL + MESSAGE))
        ]

    plans = [form.prepare(profile).plan for form in forms if form]
    assert [plan.start_url.rpartition("/")[2] for plan in plans] == ["support", "press"]
    assert [[entry.control.name for entry in plan.entries] for plan in plans] == [
        ["Name", "Message"],
        ["E-mail", "Message"],
    ]
