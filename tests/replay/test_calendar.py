"""Days that can only be clicked are turned to, clicked and read back; any other day, or none, stops the run."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.forms.plan import Entry
from autofill.replay.controls import fill, leave, read_back
from tests.replay import calendars
from tests.replay.test_behaviours import entered


@pytest.fixture(scope="module", autouse=True)
def impatient(shared: Page) -> None:
    shared.set_default_timeout(5_000)


def a_day(name: str, day: str, kind: str | None = "date") -> Entry:
    """A day as profiles have it; how a form writes it in its calendar is its own affair."""
    return entered(day, name=name, kind=kind, date_format="YYYY-MM-DD", day=day)


@pytest.mark.parametrize(
    ("html", "name", "days"),
    [
        # The same number is there twice; a leap day; by years, and by lists.
        pytest.param(calendars.GERMAN, "Datum", {"2026-11-02": "02.11.2026", "2026-12-31": "31.12.2026",
            "2027-03-01": "01.03.2027"}, id="German table"),
        pytest.param(calendars.KOREAN, "날짜", {"2026-11-30": "2026년 11월 30일",
            "2024-02-29": "2024년 2월 29일"}, id="Korean grid"),
        pytest.param(calendars.LISTS, "Lost on", {"2026-11-01": "Nov 1, 2026", "1962-02-28": "Feb 28, 1962"},
            id="lists"),
    ],
)  # fmt: skip
async def test_a_day_is_clicked_and_read_back(shared: Page, html: str, name: str, days: dict[str, str]) -> None:
    await shared.set_content(html)
    for day, written in days.items():
        planned = a_day(name, day)
        assert not (await read_back(shared, planned)).matches

        await fill(shared, planned, {})
        await leave(shared)

        found = await read_back(shared, planned)
        field = shared.locator("#f")
        assert (found.matches, found.found) == (True, day)
        assert written == await field.evaluate("each => each.value || each.textContent")
        await shared.get_by_role("button", name="Send").click(trial=True)  # nothing lies over it


@pytest.mark.parametrize(
    ("html", "name", "day", "says"),
    [
        pytest.param(
            calendars.KOREAN, "날짜", "2026-11-12", "does not offer the planned day", id="day that is not open"
        ),
        pytest.param(
            calendars.LISTS, "Lost on", "2026-07-31", "does not offer the planned day", id="month without days"
        ),
        pytest.param(calendars.KOREAN, "날짜", "2027-04-01", "does not come to the planned month", id="month too late"),
        pytest.param(
            calendars.SENDS, "날짜", "2026-12-01", "does not come to the planned month", id="arrows that send"
        ),
        pytest.param(calendars.GERMAN, "Frist", "2026-11-02", "no calendar opens when it is clicked", id="no calendar"),
        pytest.param(calendars.WRONG, "Lost on", "2026-11-02", "does not show the planned day", id="another day"),
    ],
)
async def test_what_no_calendar_takes_stops_the_run(shared: Page, html: str, name: str, day: str, says: str) -> None:
    await shared.set_content(html)

    with pytest.raises(FormChanged, match=says):
        await fill(shared, a_day(name, day), {})

    assert await shared.title() != "sent"
    await shared.get_by_role("button", name="Send").click(trial=True)


async def test_a_calendar_over_a_field_that_was_typed_in_is_closed(shared: Page) -> None:
    await shared.set_content(calendars.STAYS)
    planned = a_day("Lost on", "2026-11-02")

    await fill(shared, planned, {})

    assert (await read_back(shared, planned)).matches
    await shared.get_by_role("button", name="Send").click(trial=True)


async def test_a_field_that_takes_keys_and_opens_nothing_is_typed_into(shared: Page) -> None:
    await shared.set_content("<label>Lost on <input inputmode=none></label>")
    planned = a_day("Lost on", "2026-11-02")

    await fill(shared, planned, {})

    assert (await read_back(shared, planned)).matches


async def test_a_field_that_keeps_no_keys_is_clicked(shared: Page) -> None:
    await shared.set_content(calendars.NO_KEYS)
    planned = a_day("Datum", "2026-12-24")

    await fill(shared, planned, {})

    assert (await read_back(shared, planned)).matches
    assert await shared.locator("#f").input_value() == "24.12.2026"


async def test_a_day_in_numbers_that_can_be_read_either_way_is_not_believed_where_it_was_typed(shared: Page) -> None:
    """Others are, in whatever way the form writes them."""
    await shared.set_content(
        "<label>Day <input onchange=\"value = value === '2026-11-02' ? '02/11/2026' : 'Nov 20, 2026'\">"
    )
    matches = []
    for day in ("2026-11-02", "2026-11-20"):
        await fill(shared, a_day("Day", day), {})
        matches.append((await read_back(shared, a_day("Day", day))).matches)

    assert matches == [False, True]


async def test_a_map_need_not_say_that_it_is_a_day(shared: Page) -> None:
    await shared.set_content(calendars.GERMAN)
    planned = a_day("Datum", "2026-11-02", kind=None)

    await fill(shared, planned, {})

    assert (await read_back(shared, planned)).found == "2026-11-02"
    assert await shared.locator("#f").input_value() == "02.11.2026"
