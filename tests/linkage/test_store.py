"""A folder that keeps a linkage: what is linked again, and what is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from doudi.linkage import LinkageError, link_into, made_otherwise, read_config, read_decisions
from tests.linkage.people import ALL, DAN, LI, MAI, persons, row_about, rows, with_wrong_digit

DOUBTFUL = row_about(LI, "doubtful", name="王小丽", id_number=with_wrong_digit(LI["id_number"]))
ROWS = rows(row_about(DAN, "dan"), DOUBTFUL, row_about(MAI, "mai"))


def zones(folder: Path) -> dict[str, str]:
    return dict(pl.read_parquet(folder / "links.parquet").select("row_id", "zone").iter_rows())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    link_into(tmp_path, ROWS, persons(), read_config())
    return tmp_path


def test_what_stands_is_not_linked_again(folder: Path) -> None:
    assert link_into(folder, ROWS, persons(), read_config()).linked_now == 0
    assert zones(folder) == {"dan": "link", "doubtful": "review", "mai": "link"}


def test_a_row_that_says_something_else_is_linked_again(folder: Path) -> None:
    run = link_into(
        folder,
        rows(row_about(DAN, "dan"), row_about(LI, "doubtful"), row_about(MAI, "mai")),
        persons(),
        read_config(),
    )
    assert run.linked_now == 1
    assert zones(folder)["doubtful"] == "link"


def test_a_row_whose_person_is_gone_is_linked_again(folder: Path) -> None:
    run = link_into(folder, ROWS, persons(*(one for one in ALL if one is not MAI)), read_config())
    assert run.linked_now == 1
    assert zones(folder)["mai"] == "none"


def test_rows_of_nobody_are_linked_again_once_there_are_more_persons(tmp_path: Path) -> None:
    link_into(tmp_path, ROWS, persons(*(one for one in ALL if one is not MAI)), read_config())
    assert zones(tmp_path)["mai"] == "none"
    run = link_into(tmp_path, ROWS, persons(), read_config())
    assert run.linked_now == 2, "the row of nobody and the one in review, not the one that is linked"
    assert zones(tmp_path) == {"dan": "link", "doubtful": "review", "mai": "link"}


def test_a_row_is_linked_again_when_its_person_changes(folder: Path) -> None:
    changed = [one if one is not MAI else MAI | {"village": "新湾村"} for one in ALL]
    assert link_into(folder, ROWS, persons(*changed), read_config()).linked_now == 2


def test_a_decision_links_its_row_again_and_outlives_a_new_start(folder: Path, tmp_path: Path) -> None:
    decided = tmp_path / "decided.csv"
    decided.write_text("row_id,person_id,decision\ndoubtful,li,link\n")
    run = link_into(folder, ROWS, persons(), read_config(), decisions=read_decisions(decided))
    assert run.linked_now == 1
    assert zones(folder)["doubtful"] == "link"
    link_into(folder, ROWS, persons(), read_config(), anew=True)
    assert zones(folder)["doubtful"] == "link"


def test_rows_of_other_files_stay(folder: Path) -> None:
    link_into(folder, rows(row_about(DAN, "dan again")), persons(), read_config())
    assert zones(folder).keys() == {"dan", "doubtful", "mai", "dan again"}


def test_another_configuration_needs_a_new_start(folder: Path) -> None:
    config = read_config()
    other = replace(config, zones=replace(config.zones, link=0.9))
    assert made_otherwise(folder, other)
    assert not made_otherwise(folder, config)
    with pytest.raises(LinkageError, match="another configuration"):
        link_into(folder, ROWS, persons(), other)
    assert link_into(folder, ROWS, persons(), other, anew=True).linked_now == 3


def test_a_run_cut_short_is_done_again(folder: Path) -> None:
    (folder / "summary.json").unlink()
    assert link_into(folder, ROWS, persons(), read_config()).linked_now == 3


def test_no_name_and_no_id_number_is_kept(folder: Path) -> None:
    for path in folder.glob("*.parquet"):
        texts = pl.read_parquet(path).select(pl.col(pl.String)).unpivot()["value"].drop_nulls().to_list()
        assert not any(one["name"] in texts or one["id_number"] in texts for one in ALL)
