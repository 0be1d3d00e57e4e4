"""What people keep where results go is neither read away nor written over; a run that fails leaves the one before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from doudi.convergence.errors import ConvergenceError
from doudi.convergence.receiving import receive
from doudi.convergence.synthetic import DAY
from doudi.convergence.writing import refuse_foreign_results, write
from doudi.evidence import EvidenceError
from tests.convergence.conftest import Made


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_that_lie_where_they_would_be_landed_are_refused_and_stay(small: Made, tmp_path: Path) -> None:
    folder = tmp_path / "received"
    folder.mkdir()
    listed = Path(shutil.copy(small.pair.listed, folder))
    with pytest.raises(ConvergenceError) as error:
        receive(listed, small.pair.base, folder, DAY, "officer1")
    assert [(each.code, each.file) for each in error.value.problems] == [
        ("converge.input_inside", str(listed))
    ]
    assert listed.read_bytes() == small.pair.listed.read_bytes()
    with pytest.raises(EvidenceError) as other:
        receive(small.pair.listed, small.pair.base, folder, DAY, "officer1")
    assert [each.code for each in other.value.problems] == ["out.foreign"]
    assert listed.exists()


def test_a_run_that_fails_leaves_the_landing_of_the_one_before(small: Made, tmp_path: Path) -> None:
    folder, pair = tmp_path / "received", small.pair
    received = receive(pair.listed, pair.base, folder, DAY, "officer1")
    before = contents(folder)
    with pytest.raises(ConvergenceError):
        receive(pair.base, pair.listed, folder, DAY, "officer1")
    with pytest.raises(FileNotFoundError):
        receive(tmp_path / "none.csv", pair.base, folder, DAY, "officer1")
    assert contents(folder) == before
    again = receive(pair.listed, pair.base, folder, DAY, "officer1")
    assert again.listed.equals(received.listed)
    assert len(list((folder / "landings").iterdir())) == 2
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"received"}


def test_results_go_over_those_of_an_earlier_run_alone(small: Made, tmp_path: Path) -> None:
    out = tmp_path / "out"
    refuse_foreign_results(out)
    write(small.found, out)
    refuse_foreign_results(out)
    (out / "cases" / "mine.yaml").write_text("region: '999901'\n")
    with pytest.raises(ConvergenceError) as error:
        refuse_foreign_results(out)
    assert [(each.code, each.value) for each in error.value.problems] == [("out.foreign", "mine.yaml")]
    (tmp_path / "persons.parquet").write_bytes(b"mine")
    with pytest.raises(ConvergenceError) as error:
        refuse_foreign_results(tmp_path)
    assert [(each.code, each.value) for each in error.value.problems] == [("out.foreign", "persons.parquet")]
