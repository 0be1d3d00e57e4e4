"""Kinds and deeds that only tests know."""

from __future__ import annotations

import os
import time
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


@deed("test.deed", "测试办理")
def do(item: str, actor: Any, slow: float = 0) -> str | None:
    """Record it; multiples of seven are refused, thirteen breaks."""
    record("test.deed", ("test", item))
    time.sleep(slow)
    if item == "13":
        raise ValueError(item)
    return "是七的倍数" if int(item) % 7 == 0 else None


def together(items: list[str], actor: Any) -> dict[str, str | None]:
    """Record each that is even; multiples of seven are refused, the odd are left out, and 1300 breaks all."""
    even = [item for item in items if int(item) % 2 == 0]
    ends = {item: "是七的倍数" if int(item) % 7 == 0 else None for item in even}
    for item in even:
        if ends[item] is None:
            record("test.together", ("test", item))
        if item == "1300":
            raise ValueError(item)
    return ends


@deed("test.many", "测试一并办理", together=together)
def do_alone(item: str, actor: Any) -> str | None:
    """Record it, done alone; 1300 breaks."""
    record("test.alone", ("test", item))
    if item == "1300":
        raise ValueError(item)
    return None
