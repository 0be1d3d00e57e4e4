"""A demonstration that is ready is taken as it is; anything that changed lets it be made ready again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from doudi.cli import web_demo


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a demonstration that was made ready."""
    monkeypatch.setenv("DOUDI_HOME", str(tmp_path))
    monkeypatch.setenv("DOUDI_MODE", "demo")
    for name in ("DATABASE_URL", "DOUDI_STATIC"):
        monkeypatch.delenv(name, raising=False)
    for name in ("postgres/data/PG_VERSION", "static/stamp.json", "evidence/sources.json"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("{}", "utf-8")
    assert not web_demo._is_ready(tmp_path)
    stamp = web_demo._stamp(tmp_path)
    assert stamp is not None
    web_demo.write_stamp(tmp_path / "demonstration.json", stamp, {})
    assert web_demo._is_ready(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["postgres/data/PG_VERSION", "static/stamp.json", "evidence/sources.json"])
def test_another_database_other_files_or_another_county_are_made_ready(home: Path, name: str):
    shutil.copy(home / name, home / "new")
    (home / "new").replace(home / name)
    assert not web_demo._is_ready(home)


def test_a_county_elsewhere_another_program_or_a_database_that_is_gone_is_made_ready(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    assert not web_demo._is_ready(home / "elsewhere")
    with monkeypatch.context() as changed:
        changed.setattr(web_demo, "source_stamp", lambda rooms: "another program")
        assert not web_demo._is_ready(home)
    shutil.rmtree(home / "postgres")
    assert not web_demo._is_ready(home)


@pytest.mark.parametrize(
    ("name", "value"), [("DATABASE_URL", "postgresql://doudi_app@host/doudi"), ("DOUDI_MODE", "production")]
)
def test_a_database_of_ones_own_and_a_real_system_are_always_asked(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(name, value)
    assert not web_demo._is_ready(home)
