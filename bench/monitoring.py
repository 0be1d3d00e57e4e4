"""The sweep of a night over three million persons, and what is found of all that was planted in a county."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from bench import watch_county
from bench.measure import in_child, peak_memory, seconds
from bench.result import Result, at_least, at_most

PERSONS, BASE = 3_000_000, 5_000
NIGHTS = (date(2026, 7, 19), date(2026, 7, 20), date(2026, 7, 21))
"""Bills and corrections come on the first, nothing on the second, the employment of a month on the last, which is swept."""
RUNS = 3
FULL, CHANGED, GIBIBYTES = 10, 3, 4
GIBIBYTE = 2**30
ALIKE = ("resident_medical_cost", "certificate_ends", "turns_seventy")
"""Indicators that the peer is given as SQL."""


def sweep(persons: int = PERSONS) -> Iterator[Result]:
    """All indicators over all persons, from prepared nights to the table of warnings; then of households that changed alone."""
    with tempfile.TemporaryDirectory() as folder:
        in_child("monitoring-county", folder, persons)
        full, changed = (in_child("monitoring-sweep", folder, how) for how in ("full", "changed"))
        peer = in_child("monitoring-peer", folder)
    yield at_most("monitoring.sweep", full["seconds"], "s", FULL)
    yield at_most("monitoring.memory", full["peak"] / GIBIBYTE, "GiB", GIBIBYTES)
    yield at_most("monitoring.changed", changed["seconds"], "s", CHANGED)
    yield at_most("monitoring.three", peer["ours"], "s", FULL, "DuckDB", peer["theirs"])


def recall() -> Iterator[Result]:
    """Of urgent events that some department tells of, those warned of on the night on which that becomes visible; of households that
    never applied, those warned of or told as open. The precision of each indicator is printed beside."""
    from doudi.cli.watch_proof import lines

    found = in_child("monitoring-recall")
    urgent, silent = found["urgent"].values(), found["silent"]
    print(*lines(found, "en"), sep="\n", flush=True)
    warned, visible = (sum(one[name] for one in urgent) for name in ("on_the_night", "visible"))
    yield at_least("monitoring.recall", 100 * warned / visible, "%", 90)
    yield at_least(
        "monitoring.silent", 100 * (silent["warned"] + silent["open"]) / silent["planted"], "%", 100
    )


def county(folder: Path, persons: int) -> dict[str, Any]:
    """Some nights of so many persons: copies of a small county whose departments' files were landed, linked and prepared."""
    from doudi.monitoring.proof import county as made

    home = folder / "base"
    made.make(home, BASE)
    for day, night in made.nights(home, NIGHTS):
        watch_county.multiply(night, folder / day.isoformat(), -(-persons // BASE))
    return {"persons": persons}


def sweep_county(folder: Path, how: str) -> dict[str, Any]:
    """The median of some sweeps, each from reading the nights to the warnings, with the law made beforehand."""
    from doudi.monitoring.changed import read_changed
    from doudi.monitoring.law import rules_of
    from doudi.monitoring.sweep import sweep as of_night

    for day in NIGHTS:
        rules_of(day)
    earlier, before, tonight = (folder / day.isoformat() for day in NIGHTS)
    taken, told = [], {}
    for _ in range(RUNS):

        def work() -> Any:
            today, yesterday = read_changed(tonight, before, earlier if how == "changed" else None)
            return of_night(today, yesterday), today

        each, (found, today) = seconds(work)
        taken.append(each)
        told = {
            "warnings": found.table.height, "households": found.looked_at, "persons": today.person.height,
            "rows": sum(table.height for table in today.rows.values()), "feeds": len(today.rows),
            "indicators": len(found.indicators),
        }  # fmt: skip
        del found, today
    return {"seconds": median(taken), "peak": peak_memory(), **told}


def compare(folder: Path) -> dict[str, Any]:
    """Three indicators by us and by DuckDB over the same files, of one night; who is warned of must be the same.

    Raises:
        AssertionError: it is not.
    """
    import duckdb

    from doudi.monitoring.opening import read_night
    from doudi.monitoring.sweep import sweep as of_night

    night = folder / NIGHTS[-1].isoformat()
    ours, theirs, found, other = [], [], None, None
    for _ in range(RUNS):
        each, found = seconds(lambda: of_night(read_night(night), None, indicators=ALIKE).table)
        ours.append(each)
        each, other = seconds(lambda: duckdb.sql(_SQL.format(night=night, day=NIGHTS[-1])).fetchall())
        theirs.append(each)
    assert found is not None
    assert sorted(found.select("indicator", "subject_id").rows()) == sorted(other or [])
    return {"ours": median(ours), "theirs": median(theirs), "warnings": found.height}


_DAY = "make_date(({0} // 10000)::int, ({0} // 100 % 100)::int, ({0} % 100)::int)"
_SQL = f"""
WITH people AS (SELECT *, file_row_number AS place FROM read_parquet('{{night}}/person.parquet', file_row_number = true)),
bills AS (
  SELECT person, sum(medical_settlement_own_paid) AS own FROM '{{night}}/rows/medical_settlement.parquet'
  WHERE person >= 0 AND date '{{day}}' - {_DAY.format("medical_settlement_settled_on")} BETWEEN 0 AND 364 GROUP BY person
),
papers AS (
  SELECT DISTINCT person FROM '{{night}}/rows/certificate.parquet'
  WHERE person >= 0 AND {_DAY.format("certificate_valid_until")} - date '{{day}}' BETWEEN 0 AND 60
)
SELECT 'resident_medical_cost', person_id FROM bills JOIN people ON person = place WHERE own > 5000000
UNION ALL SELECT 'certificate_ends', person_id FROM papers JOIN people ON person = place
UNION ALL SELECT 'turns_seventy', person_id FROM people
  WHERE receives_dibao AND born // 10000 * 12 + born // 100 % 100 + 840 - (year(date '{{day}}') * 12 + month(date '{{day}}')) = 1
"""
