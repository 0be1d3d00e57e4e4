"""A proof in a file is whole, or it is refused; events become visible when a row that tells of them comes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doudi.cli.watch_proof import lines
from doudi.monitoring.errors import MonitoringError
from doudi.monitoring.proof.result import read
from doudi.monitoring.proof.telling import first_told

PROOF: dict[str, Any] = {
    "format": 1, "persons": 10_000, "seed": 2026, "region": "999901", "months": 24, "law": "a" * 64,
    "from": "2026-04-22", "until": "2026-07-31", "nights": 9,
    "urgent": {"fire": {"happened": 5, "visible": 4, "on_the_night": 3, "later": 0, "open_on_the_night": 1}},
    "silent": {"planted": 7, "warned": 2, "open": 5, "lost": 0}, "paid_dead": {"planted": 3, "warned": 3},
    "precision": {"turns_seventy": {"warnings": 12, "right": 11}},
}  # fmt: skip


def test_a_proof_is_read_as_it_was_written(tmp_path: Path):
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(PROOF), "utf-8")
    assert read(path) == PROOF
    told = "\n".join(lines(PROOF, "zh"))
    assert "看得见的急难事件 4 起，当夜预警 75.0% (3/4, 30.1%–95.4%)" in told
    assert "91.7%" in told


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"nights": "9"},
        {"until": "2026-04-01"},
        {"precision": {"turns_seventy": {"warnings": 1, "right": 2}}},
        {"silent": {"planted": 7, "warned": 5, "open": 5, "lost": 0}},
        {"urgent": {"fire": {"happened": 5}}},
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, Any], tmp_path: Path):
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(PROOF | change), "utf-8")
    with pytest.raises(MonitoringError, match=r"monitoring\.proof|proof"):
        read(path)


def test_an_event_is_visible_once_a_row_about_its_days_comes():
    event = {"event": "illness", "day": date(2026, 5, 10), "household_id": "h1"}
    rows = pl.DataFrame(
        {
            "household_id": ["h1", "h1", "h1", "h2"],
            "received_on": [20260601, 20260520, 20260515, 20260511],
            "day": [20260530, 20260509, 20260801, 20260510],
        }
    )
    assert first_told(event, {"medical_settlement": rows}) == date(2026, 5, 20)
    assert first_told(event | {"household_id": "h3"}, {"medical_settlement": rows}) is None
    assert first_told(event | {"event": "crime"}, {"medical_settlement": rows}) is None
