"""What the first version made of its example profiles: the same is made of them now, to the letter."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from autofill.cases.model.inquiry_key import first_versions_key
from autofill.forms.catalog import load_profile
from autofill.forms.planning import make_plan
from autofill.inquiry.fields import content_of

TESTS = Path(__file__).parents[1]
# Planned by the first version on 2026-11-28, keyed with a salt of 32 zero bytes at the form's own origin.
PLANNED: dict[str, Any] = json.loads((TESTS / "data/first-version/profiles.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PLANNED)
def test_profiles_plan_as_before(name: str) -> None:
    """The same words under the same names, so the same key in a ledger: what was sent is known as sent."""
    before = PLANNED[name]

    loaded, form = load_profile(TESTS.parent / "profiles" / name, today=date(2026, 11, 28))
    plan = make_plan(loaded, form.form_map, form.organisation)

    assert content_of(plan.fields) == before["said"]
    assert first_versions_key(bytes(32), plan.form, "https://www.usps.com", content_of(plan.fields)) == before["key"]
    assert [[entry.control.id, entry.text] for entry in plan.entries] == before["entries"]
    warnings = [[each.line, each.column, each.field, each.message] for each in plan.warnings]
    assert warnings == before["warnings"]
