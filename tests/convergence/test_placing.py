"""Where persons are placed whom no simple rule covers: listed twice, dead, only in the base, in doubt, in a sudden event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from doudi.convergence.errors import ConvergenceError
from doudi.convergence.receiving import receive
from doudi.convergence.report import report_of
from doudi.convergence.run import converge, read_people
from doudi.convergence.synthetic import DAY, Pair, write_pair
from doudi.documents import Notice
from doudi.hardship.index import law_of
from doudi.linkage.decisions import none_yet
from tests.convergence.conftest import LAW, SMALL, Made

Row = dict[str, str]


@dataclass
class Files:
    """A pair that a test may change before it is made one."""

    pair: Pair
    folder: Path

    def listed(self) -> list[list[str]]:
        """The lines of the list, title and headings first."""
        return [line.split(",") for line in self.pair.listed.read_text("gb18030").splitlines()]

    def add(self, *rows: list[str]) -> None:
        """Add rows to the list."""
        lines = [",".join(row) for row in [*self.listed(), *rows]]
        self.pair.listed.write_text("\n".join(lines) + "\n", "gb18030")

    def hold(self, *cells: object) -> None:
        """Add a row to the base."""
        book = openpyxl.load_workbook(self.pair.base)
        book.active.append(cells)
        book.save(self.pair.base)

    def change_people(self, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
        """Change what the evidence knows of people."""
        path = self.pair.evidence / "people.parquet"
        change(pl.read_parquet(path)).write_parquet(path)

    def one_of(self, place: str, **more: str) -> tuple[int, str]:
        """Line and person of the first row that is placed so."""
        rows = self.pair.truth.filter(
            pl.col("place") == place, *(pl.col(name) == value for name, value in more.items())
        )
        return rows.row(0)[0], rows.row(0)[1]

    def made(self, **more: object) -> Made:
        """Make it one."""
        found = converge(
            self.pair.listed,
            self.pair.base,
            self.pair.evidence,
            LAW,
            self.folder / "received",
            **more,  # type: ignore[arg-type]
        )
        return Made(self.pair, found)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(write_pair(tmp_path / "pair", SMALL), tmp_path)


def of_line(made: Made, line: int) -> dict[str, object]:
    """What became of a line of the list."""
    return made.told.filter(pl.col("line") == line).row(0, named=True)


def test_a_small_pair_is_placed_as_planted(small: Made) -> None:
    told = small.told
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(f"{name}_true")) for name in ("place", "tier", "reason")
    )
    assert told.filter(~same).is_empty()
    assert small.found.summary["proposed"]["persons"] == small.pair.truth.height


def test_who_is_listed_twice_is_one_person(files: Files) -> None:
    line, person = files.one_of("exit")
    again = files.listed()[line - 1]
    files.add(["JC另一户", *again[1:]])
    made = files.made()
    rows = made.told.filter(pl.col("person_id") == person).sort("line")
    assert rows["place"].to_list() == ["exit", "repeated"]
    assert rows["reason"].to_list() == ["below", "same_person"]
    told = made.found.summary["rows"]
    assert (told["persons"], told["repeated"]) == (files.pair.truth.height, 1)


def test_who_has_died_or_left_is_not_counted_as_covered_though_the_base_still_lists_them(
    files: Files,
) -> None:
    line, person = files.one_of("covered")
    died = pl.when(pl.col("person_id") == person).then(pl.lit("died")).otherwise("state")
    files.change_people(lambda people: people.with_columns(died.alias("state")))
    found = of_line(files.made(), line)
    assert (found["place"], found["reason"], found["tier"]) == ("open", "died", None)


def test_who_is_only_in_the_base_is_covered_though_the_evidence_does_not_know_them(files: Files) -> None:
    line, person = files.one_of("covered")
    files.change_people(lambda people: people.filter(pl.col("person_id") != person))
    found = of_line(files.made(), line)
    assert (found["place"], found["reason"]) == ("covered", "in_base")
    assert str(found["person_id"]).startswith("base:")


def test_who_may_be_in_the_base_under_another_name_does_not_leave_before_that_is_settled(
    files: Files,
) -> None:
    line, person = files.one_of("exit")
    known = (
        pl.read_parquet(files.pair.evidence / "people.parquet")
        .filter(pl.col("person_id") == person)
        .row(0, named=True)
    )
    number, name = known["id_number"], known["name"]
    slipped = number[:15] + str((int(number[15]) + 3) % 10) + number[16:]
    other = name[0] + name[2] + name[1] + "娃"
    files.hold("低保", slipped, other, "户主", "DS999999", "2025-01-01", 300, 1, known["village"])
    made = files.made()
    found = of_line(made, line)
    assert (found["place"], found["reason"]) == ("open", "base_in_review")
    assert person in made.found.doubts.filter(pl.col("register") == "低收入人口库")["person_id"].to_list()


def test_a_household_in_a_sudden_event_gets_aid_first_and_does_not_leave(files: Files) -> None:
    line, person = files.one_of("exit")
    home = pl.read_parquet(files.pair.evidence / "people.parquet").filter(pl.col("person_id") == person)[
        "household_id"
    ][0]
    path = files.pair.evidence / "register" / "households.parquet"
    burnt = pl.when(pl.col("household_id") == home)
    pl.read_parquet(path).with_columns(
        burnt.then(pl.lit("fire")).otherwise(pl.lit("none")).alias("urgent_event"),
        burnt.then(pl.lit("2026-07-30")).otherwise(pl.lit("none")).alias("urgent_event_on"),
    ).write_parquet(path)
    found = of_line(files.made(), line)
    assert (found["place"], found["reason"], found["route"]) == ("open", "urgent", "highest")


def test_who_does_not_count_in_the_household_is_asked_about_alone(files: Files) -> None:
    line, person = files.one_of("exit")
    path = files.pair.evidence / "register" / "persons.parquet"
    held = pl.col("person_id") == person
    pl.read_parquet(path).with_columns(
        pl.when(held).then(pl.lit("prison")).otherwise(pl.lit("none")).alias("absence"),
        pl.when(held).then(12).otherwise(0).alias("absence_months"),
    ).write_parquet(path)
    found = of_line(files.made(), line)
    assert (found["place"], found["reason"]) == ("open", "not_counted")


def test_the_word_of_a_person_settles_a_match_in_review(files: Files) -> None:
    line, person = files.one_of("open", reason="match_in_review")
    before = of_line(files.made(), line)
    assert before["person_id"] is None
    word = pl.DataFrame({"row_id": [str(before["row_id"])], "person_id": [person], "decision": ["link"]})
    after = of_line(files.made(decisions=pl.concat([none_yet(), word], how="diagonal")), line)
    assert (after["person_id"], after["matched_by"]) == (person, "clerical")
    assert after["place"] == "exit"


def test_files_in_the_wrong_order_and_missing_evidence_are_refused_with_what_to_do(
    files: Files, tmp_path: Path
) -> None:
    with pytest.raises(ConvergenceError) as caught:
        receive(files.pair.base, files.pair.listed, tmp_path / "swapped", DAY, "officer1")
    assert len(caught.value.problems) == 2
    with pytest.raises(ConvergenceError) as caught:
        read_people(tmp_path / "nowhere", DAY)
    assert {problem.code for problem in caught.value.problems} == {"converge.no_evidence"}
    with pytest.raises(ConvergenceError) as caught:
        read_people(files.pair.evidence, date(2026, 7, 31))
    assert [problem.code for problem in caught.value.problems] == ["converge.later_evidence"]


def test_a_place_sets_how_long_those_who_leave_are_watched(files: Files) -> None:
    for months, until in (("24", date(2028, 8, 1)), ("0", DAY), ("null", None)):
        law = law_of("999901", DAY, settings={"convergence.watch_months": months})
        rows = converge(
            files.pair.listed, files.pair.base, files.pair.evidence, law, files.folder / "received"
        ).rows
        assert set(rows.filter(pl.col("place") == "exit")["watch_until"]) == {until}


def test_rows_that_cannot_be_read_are_set_aside_and_counted(files: Files) -> None:
    line, _ = files.one_of("exit")
    good = files.listed()[line - 1]
    files.add(["JC坏行", good[1], "", *good[3:]])
    made = files.made()
    assert made.found.received.set_aside == 1
    assert any(
        isinstance(block, Notice) and block.title == "有退回的行" for block in report_of(made.found).blocks
    )
    told = made.found.summary["rows"]
    assert (told["read"], told["accepted"], told["set_aside"]) == (
        files.pair.truth.height + 1,
        files.pair.truth.height,
        1,
    )


def test_every_household_that_newly_qualifies_does_so_alone_too(small: Made) -> None:
    from doudi.assessment.determination import assess

    register = small.found.known.results.register
    new = small.found.rows.filter(pl.col("place") == "new")
    for person, home, tier in new.select("person_id", "household_id", "tier").iter_rows():
        facts = register.household(register.place_of(home))
        found = assess(facts, LAW).trace
        assert found.code("person_tier", facts.ids["person"].index(person)) == tier
