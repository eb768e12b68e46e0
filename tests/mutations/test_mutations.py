"""A share of what `make mutation-test` runs, and what its judge is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from playwright.async_api import Browser

from tests.mutations.codegen import played, recorded
from tests.mutations.forms import BASES, RIGHT, Field, Form, base
from tests.mutations.in_chromium import try_seeds
from tests.mutations.kinds import KINDS
from tests.mutations.mutate import Mutant, mutant
from tests.mutations.runs import wrongs
from tests.mutations.site import serving

pytestmark = pytest.mark.long

# A new question that needs an answer, other words, another language, merged and split parts, choices renamed, gone and
# under other numbers, and traps; on 24, 132, 168 and 260 what codegen writes sends something wrong.
SEEDS = (24, 39, 45, 48, 64, 75, 78, 81, 114, 132, 168, 260)


async def test_forms_that_have_changed(browser: Browser) -> None:
    tally = await try_seeds(browser, SEEDS)

    assert tally.findings == []
    assert len(tally.ours) == len(SEEDS)


async def test_what_codegen_writes_fills_the_form_as_it_was_and_misses_what_was_added(browser: Browser) -> None:
    with serving(base(0)) as site:
        script = await recorded(browser, site)
        same = Mutant(0, base(0), ())
        (page,) = base(0).pages
        new = Field("", "Customer number", "text", "customer", "customer", required=True)
        more = Form((replace(page, fields=(*page.fields, new)),), strict=False)

        assert (await played(browser, site, script, same))[0] == "right"
        assert await played(browser, site, script, Mutant(0, more, ())) == ("left out", "Customer number")


def test_a_mutant_can_be_had_again() -> None:
    assert [mutant(seed) for seed in range(100)] == [mutant(seed) for seed in range(100)]


def test_every_kind_of_change_comes_and_changes_something() -> None:
    mutants = [mutant(seed) for seed in range(300)]
    found = Counter(kind for each in mutants for kind in each.kinds)

    assert found.keys() == KINDS.keys()
    assert min(found.values()) >= 5
    assert [each.kinds for each in mutants if replace(each.form, strict=True) == each.before] == []


@pytest.mark.parametrize("number", range(BASES))
def test_the_judge_knows_what_is_right_and_what_is_wrong(number: int) -> None:
    form = base(number)
    good = {field.id: _answer(field) for field in form.fields}

    assert list(wrongs(form, [good])) == []
    assert [what for what, _ in wrongs(form, [good, good])] == ["twice"]
    assert [what for what, _ in wrongs(form, [good | {"message": "Something else"}])] == ["wrong value"]
    assert [what for what, _ in wrongs(form, [good | {"phone": ""}])] == ["left out"]
    trapped = Field("", "Website", "text", "website", "website", trick="off-screen")
    caught = replace(form, pages=(replace(form.pages[0], fields=(*form.pages[0].fields, trapped)), *form.pages[1:]))
    assert [what for what, _ in wrongs(caught, [good | {"website": "x"}])] == ["trap filled"]
    assert Mutant(number, caught, ()).unanswerable == ()


def _answer(field: Field) -> str:
    right = RIGHT[field.key]
    return next((option.value for option in field.options if option.means == right), right)
