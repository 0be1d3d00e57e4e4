"""The part of the calculation sheet that says what would change the result."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from doudi.documents import Paragraph, Points
from doudi.web.cases.papers.calculation import what_would_change_it
from tests.assessment.families import WITH_A_VAN, determined


def test_the_sheet_says_whether_the_search_was_cut_short(monkeypatch: pytest.MonkeyPatch):
    draft = SimpleNamespace(determination=determined(WITH_A_VAN))
    (points,) = what_would_change_it(draft).blocks
    assert isinstance(points, Points)
    monkeypatch.setattr("doudi.assessment.counterfactual.CALLS", 0)
    nothing, caveat = what_would_change_it(draft).blocks
    assert isinstance(nothing, Paragraph)
    assert isinstance(caveat, Paragraph)
    assert "没有找到" in nothing.text
    assert "没有试完" in caveat.text


def test_without_a_calculation_nothing_is_found():
    (nothing,) = what_would_change_it(SimpleNamespace(determination=None)).blocks
    assert isinstance(nothing, Paragraph)
