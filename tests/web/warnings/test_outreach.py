"""Households that the monthly list points at become warnings, once, and tell a visitor what to ask and what may be brought."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from doudi.web.database.scope import acting_as, system
from doudi.web.warnings.errors import NightError
from doudi.web.warnings.models import Warning
from doudi.web.warnings.selectors.preparing import preparation
from doudi.web.warnings.services.outreach import take_in_outreach
from doudi.web.warnings.words import SILENT, sentence
from tests.web.people import HERE, People
from tests.web.warnings.making import home

DAY = date(2026, 8, 1)
SAID, SAID_EN = "全户为特困：符合。", "all are tekun: holds."


def lay_down(folder: Path, *households: str, priority: int = 1) -> Path:
    """A list of households."""
    row = {
        "village": "村", "priority": priority, "clues_zh": "", "heads": 2, "tier": "tekun", "tier_zh": "特困人员",
        "monthly": Decimal("900.00"), "sentence": SAID, "sentence_en": SAID_EN, "certain": False, "sources": "residents", "presumed": "wage",
        "asks": "authorisation,kin,money", "asks_zh": "", "bring_zh": "",
    }  # fmt: skip
    path = folder / "outreach.parquet"
    pl.DataFrame([{"household_id": number, **row} for number in households]).write_parquet(path)
    return path


def test_a_household_is_pointed_at_once_and_the_visitor_knows_what_to_ask(people: People, tmp_path: Path):
    with acting_as(system()):
        household = home(people)
        table = lay_down(tmp_path, "h1", "nobody")
        assert take_in_outreach(table, HERE, DAY) == (1, 0, 1)
        assert take_in_outreach(table, HERE, DAY) == (0, 1, 1)
        found = Warning.objects.get(indicator=SILENT)
        assert (found.level, found.spells, found.case.stage) == ("yellow", 1, "raised")
        assert [sentence(SILENT, found.sides(), language) for language in ("zh", "en")] == [SAID, SAID_EN]
        told = preparation(household, [found])
        assert [ask.name for ask in told.questions] == ["authorisation", "kin", "money"]
        assert [ask.name for ask in told.bring] == ["authorisation", "kin"], "banks tell of money"


def test_later_priorities_can_be_left_out_and_another_file_is_refused(people: People, tmp_path: Path):
    with acting_as(system()):
        home(people)
        assert take_in_outreach(lay_down(tmp_path, "h1", priority=3), HERE, DAY, most=2) == (0, 0, 0)
        with pytest.raises(NightError):
            take_in_outreach(tmp_path / "none.parquet", HERE, DAY)
