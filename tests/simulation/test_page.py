"""The page of a simulation holds the figures, nobody's id, and nothing that must be fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from doudi.simulation.charts import charts
from doudi.simulation.comparison import Comparison
from doudi.simulation.page import write_page
from doudi.simulation.tables import heading, tables


@pytest.fixture(scope="module")
def raised(reform: Callable[..., Comparison]) -> Comparison:
    """The rural standard raised."""
    return reform(dibao__standard__rural="700")


def test_the_page_needs_nothing_else_and_names_nobody(raised: Comparison, tmp_path: Path):
    text = write_page(raised, None, tmp_path / "simulation.html").read_text("utf-8")
    plain = text.partition("<script>")[0]
    assert not re.search(r"(src|href)=", plain)
    for ids in (raised.register.ids["household"], raised.register.ids["person"]):
        assert ids[0] not in plain
    for words in ("560.00 元/人·月 → 700.00 元/人·月", "不是决定", "悬崖在哪里", "中央"):
        assert words in plain
    told = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert told is not None
    assert json.loads(told[1]) == charts(raised)


def test_what_is_drawn_is_what_the_tables_say(raised: Comparison):
    drawn, (coverage, cost, *_) = charts(raised), tables(raised, "zh")
    persons = {row[0]: (row[1], row[3]) for row in coverage.rows}
    for name, one, two in zip(drawn["coverage"]["names"], *drawn["coverage"]["sides"], strict=True):
        assert persons[name] == (f"{one:,}", f"{two:,}")
    whole = next(row for row in cost.rows if row[0] == "合计")
    for place, column in ((0, 1), (1, 2)):
        assert f"{sum(level['sides'][place] for level in drawn['cost']):,.1f}" == whole[column]


def test_every_table_is_told_in_english_too(raised: Comparison):
    told = [*heading(raised, None, "en")]
    for zh, en in zip(tables(raised, "zh"), tables(raised, "en"), strict=True):
        assert (
            [len(row) for row in zh.rows] == [len(row) for row in en.rows] == [len(en.heads)] * len(en.rows)
        )
        told += [*en.heads, *en.notes, *(row[0] for row in en.rows)]
    assert not [text for text in told if re.search(r"[一-鿿]", text)]
