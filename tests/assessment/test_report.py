"""The report needs nothing but itself, says what the summary says, and points to nobody."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest

from doudi.assessment.report import embedded, render
from doudi.assessment.report.content import LEAST_SHOWN, content, parameters
from doudi.assessment.run import RunResult, run_register
from doudi.population import generate, write

DAY = date(2026, 8, 1)
NASTY = "</script><script>alert(1)</script>村"
SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    folder = tmp_path_factory.mktemp("register")
    tables = generate(3_000, seed=7)
    households = tables["households"].with_columns(
        village=pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit(NASTY)).otherwise("village")
    )
    write({**tables, "households": households}, folder)
    return run_register(folder, "999901", DAY, folder / "out", files=("report",))


@pytest.fixture(scope="module")
def page(result: RunResult) -> str:
    return result.written["report"][0].read_text(encoding="utf-8")


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text outside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self.text.append(data)


def test_nothing_is_fetched_from_anywhere(page: str) -> None:
    for tag, attributes in Elements(page).found:
        assert tag not in ("link", "iframe", "object", "embed", "img", "base")
        assert not {"src", "href", "srcset", "action", "data"} & attributes.keys()
    own = SCRIPT.sub("", page)
    assert "http:" not in own
    assert "https:" not in own
    assert "@import" not in own
    assert "url(" not in own
    policy = next(
        attributes["content"] for tag, attributes in Elements(page).found if attributes.get("http-equiv")
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_texts_of_the_register_cannot_become_markup(page: str) -> None:
    assert "alert(1)</script>" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page
    assert len(re.findall("<script", page)) == 3


def test_embedded_data_comes_back_as_it_was() -> None:
    data = {"text": "</script> & <!-- \u2028 \u2029 村", "number": [1, 2.5, None]}
    text = str(embedded(data))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == data


def test_nobody_is_named(result: RunResult, page: str) -> None:
    shown = " ".join(Elements(page).text)
    names = result.register.texts["name"].unique().to_list()
    assert not any(name in shown for name in names if len(name) > 2)
    for ids in (result.register.ids["household"], result.register.ids["person"]):
        assert not any(one in page for one in ids)


def test_small_counts_of_villages_are_not_shown(result: RunResult) -> None:
    told = content(result)
    small = [each for each in result.summary.villages if 0 < each.new < LEAST_SHOWN]
    assert small
    for each in told["villages"]:
        for count in each.values():
            assert not (count.isdigit() and 0 < int(count) < LEAST_SHOWN)
    first = next(each for each in told["villages"] if each["name"] == small[0].name)
    assert first["new"] == f"<{LEAST_SHOWN}"


def test_each_chart_has_its_table(page: str) -> None:
    elements = Elements(page).found
    charts = [attributes for _, attributes in elements if "chart" in (attributes.get("class") or "").split()]
    assert {chart["id"] for chart in charts} == {
        "chart-tiers", "chart-missed", "chart-cost",
        "chart-dibao_income", "chart-low_margin_income", "chart-rigid_share", "chart-dibao_money",
    }  # fmt: skip
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    figures = re.findall(r"<figure>.*?</figure>", page, re.DOTALL)
    assert len(figures) == len(charts)
    assert all("<details>" in figure and "<table>" in figure for figure in figures)


def test_it_says_what_the_summary_says(result: RunResult, page: str) -> None:
    summary = result.summary
    text = re.sub(r"\s+", "", "".join(Elements(page).text))
    for tier in summary.tiers:
        assert f"{tier.zh}{tier.households:,}{tier.persons:,}{tier.share_of_persons * 100:.2f}%" in text
    assert f"合计{summary.total.households:,}{summary.total.monthly:,.2f}{summary.total.yearly:,.2f}" in text
    for needed in (
        "截止日期2026-08-01",
        "演示县",
        "999901",
        "统计口径",
        content(result)["version"],
        "未核实",
    ):
        assert needed in text


def test_parameters_nobody_verified_are_listed(result: RunResult) -> None:
    found = parameters(result.statute)
    names = {row["name"] for row in found["unverified"]}
    assert 0 < len(names) <= found["used"]
    for name in names:
        source = result.statute.resolved.source(name)
        assert source is None or not source.verified


def test_a_place_without_figures_has_a_report_too(tmp_path: Path) -> None:
    write(generate(60, seed=1), tmp_path / "r")
    result = run_register(tmp_path / "r", "000000", DAY, tmp_path / "out", files=())
    assert "待补充的信息" in render(result)
