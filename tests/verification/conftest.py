"""A request, evidence and a store of reports for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doudi.verification import Checks, Report, Request, check, read_request
from doudi.verification.results import Result
from tests.verification.family import REQUEST, write_evidence

Checked = Callable[..., Report]
Asked = Callable[..., Request]


@pytest.fixture
def checks(tmp_path: Path) -> Checks:
    """An empty store of reports."""
    return Checks(tmp_path / "checks")


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """Reads the request of the family, with some of its text replaced."""

    def read(*changes: tuple[str, str]) -> Request:
        text = REQUEST
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "request.yaml"
        path.write_text(text, "utf-8")
        return read_request(path)

    return read


@pytest.fixture
def checked(tmp_path: Path, checks: Checks, asked: Asked) -> Checked:
    """Checks the family against evidence as :func:`write_evidence` makes it; ``changes`` are of the request."""

    def run(*changes: tuple[str, str], store: Path | None = None, **evidence: Any) -> Report:
        folder = write_evidence(tmp_path / "evidence", **evidence)
        return check(asked(*changes), folder, checks, "officer1", store=store)

    return run


def result_of(report: Report, key: str) -> Result:
    """The result of that key."""
    return next(result for result in report.results if result.key == key)
