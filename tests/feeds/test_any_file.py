"""Whatever a file holds: it is landed with counts that add up, or refused with a sentence; nothing else happens."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.feeds import FeedError, Report, contracts, current, land
from tests.feeds.files import HEADING, deaths, identity, text_of, write_csv, write_xlsx

RECEIVED = datetime(2026, 9, 1, 9, 0)
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "　", "无", "-", "NULL", "0", "1e5", "9.99E+17", "2026-02-30", "46235", "男", "合计", "\n", '"', ",", ";", "\t", "=1+1",
         "\ufdd0x", "🙂", "\x00", "９", "999901500101001", "公民身份号码", identity(1), identity(1).lower(), "²", "٣", "1" * 400]
    ),
    st.text(max_size=12),
)  # fmt: skip


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_cells_come_out_landed_or_set_aside(data: st.DataObject):
    rows = deaths(data.draw(st.integers(0, 8)))
    for _ in range(data.draw(st.integers(0, 10)) if rows else 0):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deaths.csv"
        path.write_bytes(text_of(rows).encode("utf-8", errors="replace"))
        report = _landed_or_refused(path)
        if report is None:
            return
        table = report.tables[0]
        assert table.adds_up
        assert table.records == len(list(csv.reader(io.StringIO(text_of(rows), newline="")))) - 1
        assert current(Path(folder) / "store", "deaths").collect().height == table.accepted


@given(
    st.lists(st.lists(CELLS.filter(lambda text: "\x00" not in text), max_size=8), max_size=6), st.booleans()
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_is_read_or_refused(rows: list[list[str]], heading: bool):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(text_of(rows, HEADING if heading else ["x"]).encode("utf-8", errors="replace"))
        report = _landed_or_refused(path)
        assert report is None or report.tables[0].adds_up


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf", b"\xff\xfe"]),
)
@settings(max_examples=40, deadline=None)
def test_any_bytes_are_refused_with_a_sentence(data: bytes, head: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.xlsx"
        path.write_bytes(head + data)
        with pytest.raises(FeedError):
            land(path, Path(folder) / "store", "officer1", RECEIVED)


@pytest.mark.parametrize("name", sorted(contracts()))
def test_every_contract_lands_a_row_of_its_own_and_corrects_it(name: str, tmp_path: Path):
    made = contracts()[name]
    row = [
        _example(field.type, field.codes.label(field.codes.codes[0]) if field.codes else "")
        for field in made.fields.values()
    ]
    heading = [field.zh for field in made.fields.values()]
    stated = {"period": "2026-H1" if made.period == "half_year" else "2026-08"}
    store = tmp_path / "store"
    first = land(write_csv(tmp_path / "a.csv", [row], heading), store, "officer1", RECEIVED, **stated)
    assert [(table.feed, table.accepted, table.faults) for table in first.tables] == [(name, 1, [])]
    again = land(
        write_xlsx(tmp_path / "b.xlsx", {"一": [heading, row]}), store, "officer1", RECEIVED, **stated
    )
    assert again.tables[0].superseded == 1
    assert current(store, name).collect()["landing"].to_list() == [again.landing]


def _landed_or_refused(path: Path) -> Report | None:
    """The report, or None when the file is refused with a sentence and a way out."""
    try:
        return land(path, path.parent / "store", "officer1", RECEIVED)
    except FeedError as error:
        problems = error.problems
    assert all(problem.zh and problem.remedy_zh for problem in problems)
    return None


def _example(type_: str, label: str) -> str:
    return {
        "id_number": identity(1), "name": "王建国", "date": "2026-08-01", "month": "2026-08", "money": "1560.50",
        "number": "89.5", "count": "3", "code": label, "flag": "是", "phone": "13800138000", "identifier": "A-1", "text": "柳河村",
    }[type_]  # fmt: skip
