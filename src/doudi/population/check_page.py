"""The page on which a county is held against its targets: one HTML file that needs nothing else, for screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2
import polars as pl
from markupsafe import Markup

from doudi.population.measures import Measures
from doudi.population.plots import Row, bars, gauge, lines, pyramid
from doudi.population.targets import Finding
from doudi.population.world import World
from doudi.rules.files import put_text

_FOLDER = Path(__file__).parent
_AGE_STEP, _OLDEST = 5, 95
_SIZES = 7
_INCOME_STEP, _INCOME_STEPS = 5_000, 16
_UNITS = {"percent": "%", "yuan": " 元", "number": ""}


def write_page(world: World, findings: Sequence[Finding], path: Path, seed: int) -> Path:
    """Writes the page and returns its path. Nobody's name or number is in it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    measures = Measures(world)
    sources = list(dict.fromkeys((each.target.source_zh, each.target.source_en) for each in findings))
    charts = [(title, Markup(svg)) for title, svg in _charts(world, measures)]
    rows = [_row(finding, sources) for finding in findings]
    page = environment.get_template("check.html").render(
        region=world.region, begins=world.begins, ends=world.ends, seed=seed, persons=f"{measures.people.height:,}",
        missed=sum(not finding.holds for finding in findings), count=len(findings), rows=rows, sources=sources,
        charts=charts,
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    put_text(path, page)
    return path


def shown(value: float, unit: str) -> str:
    """A figure with its unit, as it is written in tables."""
    digits = 0 if unit == "yuan" else 3 if abs(value) < 1 else 2
    return f"{value:,.{digits}f}{_UNITS[unit]}"


def _row(finding: Finding, sources: Sequence[tuple[str, str]]) -> dict[str, object]:
    target = finding.target
    low, high = target.value - target.tolerance, target.value + target.tolerance
    return {
        "target": target,
        "source": 1 + sources.index((target.source_zh, target.source_en)),
        "value": shown(target.value, target.unit),
        "tolerance": shown(target.tolerance, target.unit),
        "found": shown(finding.found, target.unit),
        "holds": finding.holds,
        "gauge": Markup(gauge(low, high, target.value, finding.found)),
    }


def _charts(world: World, measures: Measures) -> list[tuple[str, str]]:
    return [
        ("人口年龄结构 Ages", _ages(measures)),
        ("家庭规模 Size of households", _sizes(measures)),
        ("人均可支配收入（年，千元） Income per head and year, thousand yuan", _incomes(measures)),
        ("每月变动 What happened by month", _events(world)),
        ("每月救助变动 Aid granted and ended by month", _aid(world)),
    ]


def _ages(measures: Measures) -> str:
    bands = list(range(0, _OLDEST + 1, _AGE_STEP))
    band = pl.col("age").clip(upper_bound=_OLDEST) // _AGE_STEP * _AGE_STEP
    counted = measures.people.group_by("sex", band=band.cast(pl.Int64)).len()
    share = {(sex, low): 100 * count / measures.people.height for sex, low, count in counted.rows()}
    names = [f"{low}+" if low == _OLDEST else f"{low}" for low in bands]
    men, women = ([share.get((sex, low), 0.0) for low in bands] for sex in ("male", "female"))
    return pyramid(names, Row("男 men", men), Row("女 women", women))


def _sizes(measures: Measures) -> str:
    sizes = list(range(1, _SIZES + 1))
    rows = []
    for name, area in (("城镇 town", "urban"), ("农村 country", "rural")):
        homes = measures.homes.filter(pl.col("area") == area)
        counted = dict(homes.group_by(pl.col("size").clip(upper_bound=_SIZES)).len().rows())
        rows.append(Row(name, [100 * counted.get(size, 0) / max(1, homes.height) for size in sizes]))
    return bars([str(size) for size in sizes], rows, "%")


def _incomes(measures: Measures) -> str:
    steps = list(range(_INCOME_STEPS))
    step = (pl.col("income") // _INCOME_STEP).clip(0, _INCOME_STEPS - 1).cast(pl.Int64)
    rows = []
    for name, area in (("城镇 town", "urban"), ("农村 country", "rural")):
        homes = measures.homes.filter(pl.col("area") == area)
        counted = dict(homes.group_by(step.alias("step")).agg(pl.col("size").sum()).rows())
        persons = max(1, homes["size"].sum())
        rows.append(Row(name, [100 * counted.get(place, 0) / persons for place in steps]))
    return bars([f"{place * _INCOME_STEP // 1000}—" for place in steps], rows, "%")


def _months(world: World) -> list[str]:
    first = pl.date_range(world.begins, world.ends, "1mo", eager=True)
    return first.dt.strftime("%y-%m").to_list()


def _by_month(world: World, name: str, days: pl.Series) -> Row:
    """How many of the days fall into each month of the history."""
    within = days.filter(days.is_between(world.begins, world.ends))
    counted = dict(within.dt.strftime("%y-%m").value_counts().rows())
    return Row(name, [float(counted.get(month, 0)) for month in _months(world)])


def _events(world: World) -> str:
    memberships = world["memberships"]

    def of(column: str, how: str, day: str) -> pl.Series:
        return memberships.filter(pl.col(column) == how)[day].drop_nulls()

    return lines(
        _months(world),
        [
            _by_month(world, "出生 births", of("began", "birth", "since")),
            _by_month(world, "死亡 deaths", world["persons"]["died_on"].drop_nulls()),
            _by_month(world, "迁入 moved in", of("began", "move_in", "since")),
            _by_month(world, "迁出 moved out", of("ended", "move_out", "until")),
            _by_month(world, "结婚 marriages", of("began", "marriage", "since")),
        ],
    )


def _aid(world: World) -> str:
    spans = (
        world["holdings"]
        .group_by("holding_id")
        .agg(pl.col("since").min(), pl.col("until").max(), open=pl.col("until").null_count())
    )
    return lines(
        _months(world),
        [
            _by_month(world, "新批准 granted", spans["since"]),
            _by_month(world, "终止 ended", spans.filter(pl.col("open") == 0)["until"]),
            _by_month(world, "临时救助 temporary aid", world["temporary_aid"]["granted_on"]),
        ],
    )
