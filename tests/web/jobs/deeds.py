"""Kinds and deeds that only tests know."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from doudi.web.audit import record
from doudi.web.jobs.bulk import deed
from doudi.web.jobs.errors import JobError
from doudi.web.jobs.kinds import kind
from doudi.web.jobs.work import Work


@kind("test.count", "数到头", {"counted": "已数"})
def count(work: Work) -> None:
    """Count to ``params["to"]``, one a step, each recorded; ``slow`` seconds between."""
    work.total = work.params["to"]
    for number in range(work.step.get("next", 0), work.params["to"]):
        with work.batch():
            record("test.counted", ("test", number))
            work.step["next"] = number + 1
            work.count("counted")
        time.sleep(work.params.get("slow", 0))


@kind("test.fails", "总是失败")
def fails(work: Work) -> None:
    """Fail as the parameters say."""
    if work.params.get("told"):
        raise JobError("缺少数据", "data are missing")
    raise ValueError("张三 11010519491231002X")


@kind("test.kills", "杀死自己")
def kills(work: Work) -> None:
    """Take the worker down."""
    os.kill(os.getpid(), 9)


AROUND: list[list[str]] = []
"""The chunks of items around which something held, as they came."""


@contextmanager
def around(items: list[str], actor: Any) -> Iterator[None]:
    """Keep what the chunk was."""
    AROUND.append(items)
    yield


@deed("test.deed", "测试办理", around=around)
def do(item: str, actor: Any, slow: float = 0) -> str | None:
    """Record it; multiples of seven are refused, thirteen breaks."""
    record("test.deed", ("test", item))
    time.sleep(slow)
    if item == "13":
        raise ValueError(item)
    return "是七的倍数" if int(item) % 7 == 0 else None
