"""A register comes out household by household as each household does alone, to the fen; and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.assessment.anything import Anything

from doudi.assessment.determination import Determination, assess
from doudi.assessment.discretion import discretion
from doudi.assessment.register_reasons import HOLDING, REASONS, TOLD_BY, reasons_in
from doudi.assessment.results import DETERMINATIONS, PERSONS
from doudi.assessment.run import RunResult, run_register
from doudi.assessment.sentences import sentence
from doudi.facts.vocabulary import Vocabulary
from doudi.population import generate, write
from doudi.rules.errors import FactError

DAY = date(2026, 8, 1)
REGION, ZHOUZHI = "999901", "610124"
TABLES = ("tables",)
AMOUNTS = {
    "dibao": "dibao_amount", "supplements": "supplements", "single_dibao": "single_amounts", "tekun": "tekun_amounts",
    "reductions": "refusal_reductions", "grace": "grace_amount", "monthly_total": "monthly_total",
    "income_per_head": "income_per_head", "dibao_standard": "dibao_standard", "low_margin_line": "low_margin_line",
}  # fmt: skip
PERSON_AMOUNTS = {
    "supplement": "supplement", "single_dibao": "single_dibao_amount",
    "tekun_basic": "tekun_basic_amount", "tekun_care": "tekun_care_amount",
}  # fmt: skip
UNKNOWN = ("wage", "born", "illness", "disability_grade", "can_eat", "relation", "duty_of_support")


def doubtful(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The same tables with many more gaps, in every table."""
    found = dict(tables)
    for name, columns in {
        "persons": UNKNOWN, "assets": ("value",), "supporters": ("family_income", "consents"), "holdings": ("monthly",),
        "expenses": ("amount",), "households": ("area", "safe_water", "urgent_event"),
    }.items():  # fmt: skip
        frame = found[name].with_row_index("place")
        for number, column in enumerate(columns):
            gap = (pl.col("place") * 7 + number * 5) % 41 == 0
            if column == "relation":
                gap &= pl.col("relation") != "head"
            frame = frame.with_columns(pl.when(~gap).then(pl.col(column)).alias(column))
        found[name] = frame.drop("place")
    return found


@dataclass
class Case:
    folder: Path
    region: str
    result: RunResult

    @cached_property
    def alone(self) -> list[tuple[dict[str, object], Determination]]:
        """Each row, and what its household alone comes out as."""
        return list(each(self.result))


@pytest.fixture(
    scope="module", params=["whole", "gaps", "without tables", "anything", "anything, in a place with gaps"]
)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Registers of every sort; the last two of households in which every fact takes any value."""
    folder = tmp_path_factory.mktemp("register")
    if "anything" in request.param:
        region = ZHOUZHI if "gaps" in request.param else REGION
        write(Anything(seed=7, doubt=0.004).tables(150), folder)
        return Case(folder, region, run_register(folder, region, DAY, folder / "out", files=TABLES))
    tables = generate(300, seed=5)
    if request.param == "gaps":
        tables = doubtful(tables)
    if request.param == "without tables":
        tables = {name: tables[name] for name in ("households", "persons", "expenses")}
        tables["persons"] = tables["persons"].select(
            "person_id", "household_id", "relation", "born", "wage", "pension"
        )
    write(tables, folder)
    return Case(folder, REGION, run_register(folder, REGION, DAY, folder / "out", files=TABLES))


def yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100


def each(result: RunResult) -> Iterator[tuple[dict[str, object], Determination]]:
    for place, row in enumerate(result.results.determinations.iter_rows(named=True)):
        yield row, assess(result.register.household(place), result.statute)


def test_households_come_out_as_each_does_alone(case: Case) -> None:
    for row, alone in case.alone:
        assert row["household_id"] == alone.household.id
        assert row["village"] == alone.household.village
        assert row["tier"] == alone.tier
        assert (row["tier_least"], row["tier_greatest"]) == ((None, None) if alone.tier else alone.tier_range)
        assert row["missing"] == (",".join(alone.missing) or None)
        assert row["heads"] == alone.trace.value("heads")
        for column, name in AMOUNTS.items():
            assert row[column] == yuan(alone.amount(name)), column
        for column in ("missed", "missed_cause"):
            assert row[column] == alone.trace.code(column)


def test_persons_come_out_as_each_does_alone(case: Case) -> None:
    rows = iter(case.result.results.persons.to_dicts())
    for _, alone in case.alone:
        for place, person in enumerate(alone.household.ids["person"]):
            row = next(rows)
            assert (row["person_id"], row["household_id"]) == (person, alone.household.id)
            assert row["tier"] == alone.trace.code("person_tier", place)
            for column, name in PERSON_AMOUNTS.items():
                assert row[column] == yuan(alone.trace.value(name, place)), column
    assert next(rows, None) is None


def test_tests_come_out_as_each_does_alone(case: Case) -> None:
    tests = case.result.results.tests.to_dicts()
    for row, (_, alone) in zip(tests, case.alone, strict=True):
        for name, truth in row.items():
            if name == "household_id":
                continue
            if "." in name:
                base, side = name.split(".")
                found = getattr(alone.trace.test(base), side)
                scale = 10_000 if base == "rigid_share" else 100
                assert truth == (None if found is None else Decimal(found) / scale), name
            else:
                assert truth == alone.trace.test(name).truth, name


def test_the_reason_is_told_in_the_words_of_one_household(case: Case) -> None:
    for row, alone in case.alone:
        if alone.tier is None:
            assert row["reason"] == "missing"
            continue
        assert row["reason"] in REASONS
        truth = alone.tier in HOLDING
        found = alone.trace.test(str(row["reason"]))
        assert found.truth is truth
        told_by = TOLD_BY.get(found.name, found.name)
        assert row["sentence"] == sentence(alone, alone.trace.test(told_by))


def on_the_lines(folder: Path) -> Path:
    """Heads who live alone on nothing but ``other_income``: on both lines, and a fen a year to each side."""
    incomes = ["6720.00", "6719.99", "6720.01", "10080.00", "10079.99", "10080.01"]
    ids = [f"h{place}" for place in range(len(incomes))]
    stated = {name: [True] * len(ids) for name in ("assets_stated", "expenses_stated", "supporters_stated")}
    none = {
        fact.column: ["0.00"] * len(ids)
        for fact in Vocabulary.load().entities["person"].engine_facts()
        if fact.group == "income"
    }
    folder.mkdir()
    write_csv({"household_id": ids, "area": ["rural"] * len(ids), **stated}, folder / "households.csv")
    about = {
        "person_id": ids,
        "household_id": ids,
        "relation": ["head"] * len(ids),
        "born": ["1975-03-05"] * len(ids),
    }
    write_csv({**about, **none, "other_income": incomes}, folder / "persons.csv")
    return folder


def write_csv(columns: Mapping[str, list[object]], path: Path) -> None:
    pl.DataFrame(columns).write_csv(path)


def test_on_a_line_and_a_fen_beside_it_the_words_are_those_of_one_household(tmp_path: Path) -> None:
    result = run_register(on_the_lines(tmp_path / "register"), REGION, DAY, tmp_path / "out", files=TABLES)
    told = []
    for row, alone in each(result):
        found = alone.trace.test(str(row["reason"]))
        assert row["sentence"] == sentence(alone, found)
        (english,) = reasons_in(result.results.findings, "en", [len(told)])
        assert english == sentence(alone, found, "en")
        told.append((row["tier"], row["sentence"]))
    assert [tier for tier, _ in told] == ["low_margin", "dibao", "low_margin", "none", "low_margin", "none"]
    assert told[0][1] == "家庭月人均收入 560.00 元，等于低保标准 560.00 元，未低于：未满足。"
    assert told[1][1] == "家庭月人均收入 559.999 元，低于低保标准 560.00 元（差 0.001 元）：符合。"
    assert told[5][1] == "家庭月人均收入 840.001 元，高于低保边缘标准 840.00 元（差 0.001 元）：未满足。"


def test_the_distance_is_the_line_less_the_income(case: Case) -> None:
    found = case.result.results.determinations
    known = found.drop_nulls(["income_per_head", "dibao_standard", "low_margin_line"])
    assert (known["dibao_distance"] == known["dibao_standard"] - known["income_per_head"]).all()
    assert (known["low_margin_distance"] == known["low_margin_line"] - known["income_per_head"]).all()


def test_blocks_of_any_size_give_the_same(case: Case, tmp_path: Path) -> None:
    whole = case.result.results
    for block in (1, 7, 50):
        found = run_register(case.folder, case.region, DAY, tmp_path, files=(), block=block).results
        assert_frame_equal(found.determinations, whole.determinations)
        assert_frame_equal(found.persons, whole.persons)
        assert_frame_equal(found.tests, whole.tests)


def test_the_columns_are_those_written_down(case: Case) -> None:
    out = case.folder / "out"
    assert pl.read_parquet(out / "determinations.parquet").columns == [
        column.name for column in DETERMINATIONS
    ]
    assert pl.read_parquet(out / "persons.parquet").columns == [column.name for column in PERSONS]
    assert_frame_equal(pl.read_parquet(out / "tests.parquet"), case.result.results.tests)


def test_a_register_in_which_all_is_known_has_no_open_tier(tmp_path: Path) -> None:
    from tests.facts.registers import good
    from tests.facts.registers import write as write_small

    result = run_register(write_small(tmp_path / "r", good()), REGION, DAY, tmp_path / "out", files=())
    assert result.findings.open.tolist() == [tier is None for tier in result.results.determinations["tier"]]


def test_settings_and_overlay_are_those_of_one_household(case: Case, tmp_path: Path) -> None:
    overlay = tmp_path / "999901-own.yaml"
    overlay.write_text(
        "region: '999901'\nzh: 演示县\nen: Demonstration County\nlevel: county\nparameters:\n  single.share:\n"
        "    - {from: 2021-07-01, value: 0.5, reference: demo-rules, verified: false}\n",
        encoding="utf-8",
    )
    settings = {"dibao.standard.rural": "900", "dibao.standard.urban": "1200"}
    result = run_register(case.folder, REGION, DAY, tmp_path, settings=settings, overlay=overlay, files=())
    assert result.statute.resolved.at("single.share") == 5_000
    for row, alone in each(result):
        assert row["tier"] == alone.tier
        assert row["monthly_total"] == yuan(alone.amount())
    assert set(result.results.determinations["dibao_standard"].drop_nulls()) <= {Decimal(900), Decimal(1200)}


def test_a_place_without_figures_leaves_tiers_open(case: Case, tmp_path: Path) -> None:
    result = run_register(case.folder, "000000", DAY, tmp_path, files=())
    for row, alone in islice(each(result), 40):
        assert row["tier"] == alone.tier
        assert (row["tier_least"], row["tier_greatest"]) == ((None, None) if alone.tier else alone.tier_range)
        assert row["missing"] == (",".join(alone.missing) or None)


def test_discretion_is_a_tier_that_turns_at_an_end(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    write(generate(3_000, seed=3), folder)
    result = run_register(folder, REGION, DAY, tmp_path / "out", files=())
    found = result.results.determinations
    marked = found.with_row_index("place").filter("discretionary")
    assert marked.height
    ends = [
        result.statute.with_resolved(
            result.statute.resolved.replace(
                {f"property.vehicle_cap.{line}": value for line, value in choice.items()}
            )
        )
        for choice in ({"dibao": "40000", "low_margin": "40000"}, {"dibao": "60000", "low_margin": "60000"})
    ]
    for row in marked.to_dicts():
        household = result.register.household(row["place"])
        alone = discretion(assess(household, result.statute))
        assert alone.discretionary
        assert alone.best.tier == row["tier_favourable"]
        assert [assess(household, end).tier for end in ends] == [
            row["tier_unfavourable"],
            row["tier_favourable"],
        ]
    plain = found.filter(~pl.col("discretionary") & pl.col("tier").is_not_null())
    assert (plain["tier_unfavourable"] == plain["tier"]).all()
    assert (plain["tier_favourable"] == plain["tier"]).all()


def test_what_is_held_is_set_against_what_is_due(case: Case) -> None:
    for row, alone in case.alone:
        held, due = alone.trace.value("holds_basic_aid"), alone.trace.value("is_in_basic_aid")
        grace = alone.trace.value("is_in_grace")
        if held is None or due is None or grace is None:
            assert row["change"] == "open"
        else:
            lost = "grace" if grace else "ends" if held else "none"
            assert row["change"] == ("same" if held and due else "new" if due else lost)
        day = alone.statute.context["today"]
        running = [
            one
            for one in alone.household.facts["holding"]
            if not one["holding_paid_on"] and (not one["holding_until"] or one["holding_until"] >= day)
        ]
        basic = [one["holding_monthly"] for one in running if one["holding_programme"] in (0, 1, 2)]
        assert row["held_monthly"] == (None if None in basic else yuan(sum(basic)))


def test_households_with_faulty_rows_are_set_aside_and_the_counts_add_up(tmp_path: Path) -> None:
    tables = generate(200, seed=9)
    persons = tables["persons"].with_columns(pl.col("wage").cast(pl.String))
    ids = tables["households"]["household_id"]
    bad = pl.col("household_id").is_in([ids[3], ids[8]]) & (pl.col("relation") == "head")
    persons = persons.with_columns(wage=pl.when(bad).then(pl.lit("many")).otherwise(pl.col("wage")))
    write({**tables, "persons": persons}, tmp_path / "register")
    result = run_register(tmp_path / "register", REGION, DAY, tmp_path / "out", files=("tables", "summary"))
    assert result.had_set_aside
    for count in result.counts.values():
        assert count["read"] == count["assessed"] + count["set_aside"]
    assert result.counts["households"]["set_aside"] == 2
    assert result.results.determinations.height == len(ids) - 2
    aside = pl.read_parquet(tmp_path / "out" / "set_aside" / "households.parquet")
    assert sorted(aside["household_id"]) == sorted([ids[3], ids[8]])
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["counts"] == result.counts


def test_a_register_at_fault_throughout_has_results_without_rows(tmp_path: Path) -> None:
    tables = generate(30, seed=1)
    write({**tables, "persons": tables["persons"].with_columns(wage=pl.lit("many"))}, tmp_path / "register")
    result = run_register(tmp_path / "register", REGION, DAY, tmp_path / "out")
    assert result.counts["persons"] == {"read": 30, "assessed": 0, "set_aside": 30}
    assert result.results.determinations.height == 0
    assert (tmp_path / "out" / "report.html").exists()


def test_a_later_run_leaves_nothing_of_the_earlier_one(tmp_path: Path) -> None:
    tables, out = generate(60, seed=1), tmp_path / "out"
    write({**tables, "persons": tables["persons"].with_columns(wage=pl.lit("many"))}, tmp_path / "bad")
    write(tables, tmp_path / "good")
    run_register(tmp_path / "bad", REGION, DAY, out)
    assert (out / "set_aside" / "persons.parquet").exists()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    result = run_register(tmp_path / "good", REGION, DAY, out, files=TABLES)
    assert not result.had_set_aside
    assert not list((out / "set_aside").iterdir())
    assert {path.name for path in out.iterdir() if path.is_file()} == {
        "determinations.parquet", "persons.parquet", "tests.parquet", "notes.txt",
    }  # fmt: skip


def test_rows_set_aside_and_mended_are_not_overwritten_by_their_own_results(tmp_path: Path) -> None:
    mended = tmp_path / "out" / "set_aside"
    write(generate(30, seed=1), mended)
    with pytest.raises(FactError) as caught:
        run_register(mended, REGION, DAY, tmp_path / "out")
    assert [problem.code for problem in caught.value.problems] == ["run.out_holds_register"]
    assert (mended / "persons.parquet").exists()


def test_progress_reaches_the_number_of_households(case: Case, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    run_register(
        case.folder, REGION, DAY, tmp_path, progress=lambda *what: told.append(what), files=(), block=20
    )
    total = case.result.register.counts["household"]
    assert max(done for _, done, _ in told) == total
    assert {whole for _, _, whole in told} == {total}
