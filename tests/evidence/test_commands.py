"""``doudi facts build`` and ``doudi facts explain``."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from doudi.evidence import Built
from tests.cli.conftest import Doudi, doudi
from tests.evidence.conftest import LI, WIDOW, County

__all__ = ["doudi"]


def test_a_build_tells_households_people_and_feeds(doudi: Doudi, county: County, tmp_path: Path) -> None:
    done = doudi("facts", "build", "--registry", county.registry, "--store", county.store, "--date", "2026-07-31",
                 "-o", tmp_path / "out")  # fmt: skip
    assert done.code == 0, done.err
    assert "3 户 7 人；去世 1，离开 1，住户不明 0" in done.out
    assert "残疾人证" in done.out
    assert "从未收到" in done.out
    assert (tmp_path / "out" / "register" / "persons.parquet").exists()
    assert not (tmp_path / "out" / "pointing").exists()


def test_a_registry_at_fault_is_told_in_sentences(doudi: Doudi, county: County, tmp_path: Path) -> None:
    done = doudi("facts", "build", "--registry", tmp_path, "--store", county.store, "--date", "2026-07-31",
                 "-o", tmp_path / "out", "--json")  # fmt: skip
    assert done.code == 2
    assert done.codes == ["evidence.no_table", "evidence.no_table"]
    assert not (tmp_path / "out").exists()


def test_a_fact_is_explained_with_all_that_was_said(doudi: Doudi, built: Built) -> None:
    done = doudi("facts", "explain", "p-widow", "婚姻状况", "-i", built.folder)
    assert done.code == 0, done.err
    assert "p-widow  marital = widowed" in done.out
    assert "deaths" in done.out
    assert "married" in done.out
    assert "没有说明：marriages（从未收到" in done.out


def test_an_unknown_fact_says_who_did_not_answer_and_what_is_presumed(doudi: Doudi, built: Built) -> None:
    told = doudi("facts", "explain", "p-son", "wage", "-i", built.folder, "--json").data
    assert told["value"] is None
    assert told["told"] == []
    assert [one["feed"] for one in told["not_telling"]] == ["tax", "social_insurance"]
    assert told["presumed"]["value"] == "24000.00"
    assert told["presumed"]["zh"]


def test_a_row_in_review_is_explained_without_saying_whose_it_is(doudi: Doudi, built: Built) -> None:
    done = doudi("facts", "explain", "p-li", "disability", "-i", built.folder, "--lang", "en")
    assert "disability = not known" in done.out
    assert "a row in review may be about this person" in done.out


@pytest.mark.parametrize(
    ("words", "code"),
    [(("p-widow", "pensoin"), "evidence.no_fact"), (("p-nobody", "pension"), "evidence.no_subject")],
)
def test_faults_of_asking_are_told(doudi: Doudi, built: Built, words: tuple[str, str], code: str) -> None:
    done = doudi("facts", "explain", *words, "-i", built.folder, "--json")
    assert done.code == 2
    assert done.codes == [code]


def test_nothing_that_is_told_or_written_beside_the_registers_holds_a_name_or_number(
    doudi: Doudi, built: Built
) -> None:
    told = doudi("facts", "explain", "p-li", "disability", "-i", built.folder).out
    told += (built.folder / "sources.json").read_text("utf-8")
    for path in (built.folder / "facts.parquet", *sorted((built.folder / "links").glob("*.parquet"))):
        told += pl.read_parquet(path).write_ndjson()
    for someone in (LI, WIDOW):
        assert someone["name"] not in told
        assert someone["id_number"] not in told
