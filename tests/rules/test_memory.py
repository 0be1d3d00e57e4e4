"""Settings of the allocators: made once, early, and never against what the environment says."""

from __future__ import annotations

import os

import pytest

from doudi.rules.memory import keep_memory

NAME = "_RJEM_MALLOC_CONF"


def test_freed_memory_is_kept_for_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    keep_memory()
    assert "dirty_decay_ms:60000" in os.environ[NAME]


def test_what_the_environment_says_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "thp:never")
    keep_memory()
    assert os.environ[NAME] == "thp:never"
