"""The page about feeds names every contract and every remark."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.feeds import contracts
from doudi.feeds.report import REMARKS

PAGE = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(contracts()))
def test_a_contract_is_on_the_page_as_it_is(name: str):
    made = contracts()[name]
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    assert made.zh in line
    assert ", ".join(made.key) in line
    assert str(made.due_days if made.due_days is not None else "–") in line


@pytest.mark.parametrize("code", sorted(REMARKS))
def test_a_remark_is_on_the_page(code: str):
    assert f"| `{code}` |" in PAGE
