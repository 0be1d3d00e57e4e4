"""The result of a proof in a file, checked. Nothing here needs a county, so that pages may read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from doudi.monitoring.errors import fault

FORMAT = 1
EVENTS = ("happened", "visible", "on_the_night", "later", "open_on_the_night")
"""What is counted of urgent events of a kind."""
_TALLIES: Mapping[str, tuple[str, ...]] = {
    "silent": ("planted", "warned", "open", "lost"), "paid_dead": ("planted", "warned"),
}  # fmt: skip
_FACTS = ("format", "persons", "months", "nights")


def read(path: Path) -> dict[str, Any]:
    """A file with what :func:`doudi.monitoring.proof.proving.prove` gave.

    Raises:
        MonitoringError: it is not such a file.
        OSError: it cannot be read.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        whole = data["format"] == FORMAT and _is_whole(data)
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise fault(
            "proof", "不是 doudi watch proof 写的文件", "not a file of doudi watch proof",
            "先运行 doudi watch proof -o FILE", "run doudi watch proof -o FILE first", str(path),
        )  # fmt: skip
    return dict(data)


def _is_whole(data: Mapping[str, Any]) -> bool:
    """Whether everything is there, every count is one, and no part is larger than its whole."""
    counted = [*(data[name] for name in _FACTS), *_counts(data)]
    return (
        all(type(number) is int and number >= 0 for number in counted)
        and date.fromisoformat(data["from"]) < date.fromisoformat(data["until"])
        and isinstance(data["law"], str)
        and all(one["on_the_night"] <= one["visible"] <= one["happened"] for one in data["urgent"].values())
        and all(one["right"] <= one["warnings"] for one in data["precision"].values())
        and data["silent"]["warned"] + data["silent"]["open"] <= data["silent"]["planted"]
        and data["paid_dead"]["warned"] <= data["paid_dead"]["planted"]
    )


def _counts(data: Mapping[str, Any]) -> list[Any]:
    """Every count that is told."""
    return [
        *(one[name] for one in data["urgent"].values() for name in EVENTS),
        *(data[part][name] for part, names in _TALLIES.items() for name in names),
        *(one[name] for one in data["precision"].values() for name in ("warnings", "right")),
    ]
