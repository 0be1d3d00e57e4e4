"""A night from evidence to files, the decisions that hold warnings back, and thresholds tried on nights that are past."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from doudi.monitoring import run
from doudi.monitoring.decisions import read_decisions
from doudi.monitoring.errors import MonitoringError
from doudi.monitoring.opening import NIGHT, read_night
from doudi.monitoring.prepare import prepare
from doudi.monitoring.tables import Tables
from doudi.monitoring.trying import Precision, nights_of, read_answers, try_out
from tests.monitoring.county import FIRST, FOURTH, REGION, SECOND, THIRD, Village

DECISIONS = (
    "指标,对象编号,理由,决定人,决定日期,截止日期\n{indicator},{subject},{reason},经办人甲,{on},2026-08-31\n"
)


def watched(village: Village, out: Path, night: date, before: date | None, **how: object) -> run.Night:
    earlier = None if before is None else village.of(before)
    return run.watch(village.of(night), earlier, village.store, REGION, out, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def out(village: Village, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("watch")
    watched(village, folder, FIRST, None)
    watched(village, folder, SECOND, FIRST)
    return folder


def test_a_night_is_laid_down_in_files(out: Path) -> None:
    summary = json.loads((out / run.SUMMARY).read_text("utf-8"))
    warnings, state, tasks = (pl.read_parquet(out / name) for name in (run.WARNINGS, run.STATE, run.TASKS))
    assert summary["day"] == SECOND.isoformat()
    assert summary["warnings"] == warnings.height
    assert summary["to_answer"] == tasks.height
    assert summary["states"]["raised"] + summary["states"]["again"] == warnings.height
    assert state.height == sum(summary["states"].values()) - summary["states"]["held_back"]
    assert sorted(path.name for path in (out / run.NIGHTS).glob("2*")) == [
        FIRST.isoformat(),
        SECOND.isoformat(),
    ]


def test_the_same_night_twice_changes_nothing(village: Village, out: Path) -> None:
    before = {name: (out / name).read_bytes() for name in (run.WARNINGS, run.STATE, run.TASKS, run.SUMMARY)}
    watched(village, out, SECOND, FIRST)
    assert before == {name: (out / name).read_bytes() for name in before}


def test_a_prepared_night_is_not_prepared_again(village: Village, out: Path) -> None:
    night = out / run.NIGHTS / SECOND.isoformat()
    made = (night / NIGHT).stat().st_mtime_ns
    prepare(village.of(SECOND), village.store, REGION, night)
    assert (night / NIGHT).stat().st_mtime_ns == made


def test_a_night_prepared_twice_is_the_same_to_the_byte(village: Village, out: Path, tmp_path: Path) -> None:
    other = prepare(village.of(SECOND), village.store, REGION, tmp_path / "night")
    for path in sorted((out / run.NIGHTS / SECOND.isoformat()).rglob("*.parquet")):
        assert (
            path.read_bytes()
            == (other / path.relative_to(out / run.NIGHTS / SECOND.isoformat())).read_bytes()
        )


def test_nothing_else_is_left_in_the_folder(out: Path) -> None:
    assert not [path.name for path in out.iterdir() if path.name.endswith(".making")]


def test_what_is_no_evidence_is_told(village: Village, tmp_path: Path) -> None:
    with pytest.raises(MonitoringError) as error:
        run.watch(tmp_path, None, village.store, REGION, tmp_path / "out")
    assert error.value.problems[0].code == "monitoring.no_evidence"
    with pytest.raises(MonitoringError):
        read_night(tmp_path)


def test_no_name_and_no_number_of_anybody_is_kept_in_a_night(out: Path) -> None:
    for path in (out / run.NIGHTS).rglob("*.parquet"):
        columns = set(pl.read_parquet_schema(path))
        assert not columns & {"name", "id_number", "phone", "address"}


def decisions(tmp_path: Path, **words: str) -> Path:
    file = tmp_path / "decisions.csv"
    usual = {"indicator": "not_at_school", "subject": "p-girl", "reason": "外地就读", "on": "2026-07-20"}
    file.write_text(DECISIONS.format(**{**usual, **words}), "utf-8-sig")
    return file


def test_decisions_of_an_office_are_read(tmp_path: Path) -> None:
    (row,) = read_decisions(decisions(tmp_path)).to_dicts()
    assert (row["indicator"], row["until"], row["decided_by"]) == (
        "not_at_school",
        date(2026, 8, 31),
        "经办人甲",
    )
    assert read_decisions(decisions(tmp_path, indicator="*")).height == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"indicator": "not_at_schools"}, "decision.indicator"),
        ({"reason": ""}, "decision.missing"),
        ({"on": "2026-13-01"}, "decision.day"),
    ],
)
def test_what_is_wrong_with_a_decision_is_told_with_its_row(
    tmp_path: Path, words: dict[str, str], code: str
) -> None:
    with pytest.raises(MonitoringError) as error:
        read_decisions(decisions(tmp_path, **words))
    (problem,) = error.value.problems
    assert (problem.code, problem.row) == (code, 2)


def test_a_file_without_the_columns_of_decisions_is_told(tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text("指标,对象编号\n*,p\n", "utf-8")
    with pytest.raises(MonitoringError) as error:
        read_decisions(file)
    assert {problem.code for problem in error.value.problems} == {"decision.column"}
    assert len(error.value.problems) == 4


def test_a_decision_holds_a_warning_back_from_the_tasks(village: Village, tmp_path: Path) -> None:
    night = watched(village, tmp_path / "out", FIRST, None, decisions=decisions(tmp_path))
    assert night.summary["states"]["held_back"] == 1
    assert "h-zhou" not in set(night.tasks["household_id"])


def test_a_threshold_tried_says_who_is_in_it_more_and_fewer(nights: dict[date, Tables]) -> None:
    every = [nights[day] for day in (FIRST, SECOND, THIRD, FOURTH)]
    trial = try_out(every, "resident_medical_cost", {"watch.medical.resident": "8000"})
    found = dict(trial.table.select("subject_id", "change").iter_rows())
    assert found == {"p-zhao": "both", "p-li": "more"}
    assert (trial.data()["as_it_is"], trial.data()["more"], trial.data()["fewer"]) == (1, 1, 0)
    higher = try_out(every, "resident_medical_cost", {"watch.medical.resident": "60000"})
    assert dict(higher.table.select("subject_id", "change").iter_rows()) == {"p-zhao": "fewer"}


def test_a_threshold_as_it_is_changes_nothing(nights: dict[date, Tables]) -> None:
    trial = try_out([nights[SECOND]], "resident_medical_cost", {"watch.medical.resident": "50000"})
    assert (trial.count("more"), trial.count("fewer"), trial.count("both")) == (0, 0, 1)
    assert trial.nights == (SECOND,)


def test_the_precision_that_is_known_is_told_with_its_interval(nights: dict[date, Tables]) -> None:
    answers = pl.DataFrame(
        {
            "indicator": ["resident_medical_cost"] * 2,
            "subject_id": ["p-zhao", "p-li"],
            "useful": [True, False],
        }
    )
    trial = try_out([nights[FOURTH]], "resident_medical_cost", {"watch.medical.resident": "8000"}, answers)
    assert (trial.now, trial.then) == (Precision(1, 1), Precision(1, 2))
    assert trial.then.share == 0.5
    assert Precision(0, 0).share is None
    assert Precision(0, 0).interval is None


def test_the_interval_of_a_share_is_that_of_wilson() -> None:
    low, high = Precision(8, 10).interval or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert Precision(10, 10).interval == (pytest.approx(0.7225, abs=1e-4), 1.0)


def test_nights_of_a_month_come_with_the_night_before(out: Path) -> None:
    assert [night.day for night in nights_of(out / run.NIGHTS, "2026-07")] == [FIRST, SECOND]
    with pytest.raises(MonitoringError):
        nights_of(out / run.NIGHTS, "2026-06")


def test_answers_of_visits_are_read_the_last_one_counting(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("indicator,subject_id,useful\na,p1,false\na,p1,true\n", "utf-8")
    assert read_answers(file).rows() == [("a", "p1", True)]
    file.write_text("indicator,subject_id\na,p1\n", "utf-8")
    with pytest.raises(MonitoringError):
        read_answers(file)
