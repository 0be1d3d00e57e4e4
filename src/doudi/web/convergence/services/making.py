"""What the jobs do with a pair: its columns recognised and its rows checked; then both registers made one and taken in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from doudi.convergence.receiving import Received, receive
from doudi.convergence.run import converge
from doudi.convergence.writing import write_tables
from doudi.hardship.index import law_of
from doudi.rules.errors import DoudiError, Problem
from doudi.web.convergence import files
from doudi.web.convergence.models import Convergence, Pair, PairState
from doudi.web.convergence.services.taking import take_in


@contextmanager
def laid_down(pair: Pair) -> Iterator[tuple[Path, Path, Path]]:
    """Both files of a pair, and a folder to work in."""
    with tempfile.TemporaryDirectory(prefix="doudi-converge-") as name:
        folder = Path(name)
        listed, base = files.lay_down(pair, folder)
        yield listed, base, folder / "work"


def check(pair: Pair) -> None:
    """Recognise the columns and check the rows; what was set aside is kept, to be mended."""
    with laid_down(pair) as (listed, base, work):
        try:
            received = receive(listed, base, work, pair.day, pair.by.username, pair.period or None)
        except DoudiError as error:
            pair.state, pair.faults = PairState.REFUSED, told(error.problems)
        else:
            pair.state = PairState.CHECKED
            pair.reports = [report.as_data() for report in received.reports]
            _keep_aside(pair, received)
    pair.save(update_fields=["state", "faults", "reports"])


def _keep_aside(pair: Pair, received: Received) -> None:
    for name, path in zip(("listed", "base"), received.aside, strict=True):
        if path is not None:
            files.keep(pair, f"{name}_aside", [path.read_bytes()])


def make(pair: Pair) -> Convergence:
    """Both registers made one under the law of the day, with the evidence of the last night, and taken in for the review.

    Raises:
        ConvergenceError: a file or the evidence is at fault.
        TakingError, WarningError: it cannot be taken in.
        LinkageError, FactError, ParameterError: register or weights are at fault.
    """
    with laid_down(pair) as (listed, base, work):
        law = law_of(str(pair.region_id)[:6], pair.day)
        found = converge(
            listed, base, settings.EVIDENCE, law, work, by=pair.by.username, period=pair.period or None
        )
        out = work.parent / "out"
        out.mkdir()
        write_tables(found, out)
        return take_in(out, pair.since, pair.until, pair.by).convergence


def told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as the page shows them: what, where, and the remedy, in both languages, without folders of the server."""
    return [
        {
            "zh": each.zh, "en": each.en, "remedy_zh": each.remedy_zh, "remedy_en": each.remedy_en,
            "file": Path(each.file).name if each.file else "", "row": each.row, "column": each.column or "",
            "value": each.value or "",
        }
        for each in problems
    ]  # fmt: skip
