"""``doudi procedure clock``: when a time limit ends, counted with the calendar of working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import click

from doudi.cli.faults import CommandError, gathering, named_twice
from doudi.cli.manner import say
from doudi.cli.options import speaking
from doudi.rules.errors import Problem, Problems, nearest

if TYPE_CHECKING:
    from doudi.procedure.running import Reading

STATES = {
    "running": ("计时中", "running"),
    "paused": ("中止", "at rest"),
    "over": ("已过", "over"),
    "stopped": ("已办", "stopped"),
}


@click.command()
@click.argument("name", metavar="CLOCK")
@click.option(
    "--from", "start", required=True, metavar="DAY", help="起始日 the day of the event, such as 2026-09-29"
)
@click.option(
    "--pause", "pauses", multiple=True, metavar="DAY..DAY", help="中止期间，可多次 a rest; repeatable"
)
@click.option(
    "--at", "at", metavar="DAY", help="在哪一天看 the day on which it is read; the first if not given"
)
@click.option(
    "--fact", "facts", multiple=True, metavar="KEY=VALUE", help="办件情况，如 special=true a fact; repeatable"
)
@click.option("--region", metavar="REGION", help="地区代码或名称 code or name of the region")
@speaking
def clock(
    name: str,
    start: str,
    pauses: tuple[str, ...],
    at: str | None,
    facts: tuple[str, ...],
    region: str | None,
    language: str,
    as_json: bool,
) -> None:
    """时限 CLOCK 从某日起何时届满：扣除中止期间，放假安排未公布的标为暂估。

    When a clock ends: the day after the event is day one, rests are taken out, and a year without a published calendar makes
    the day provisional.

    \b
    示例 Example:
      doudi procedure clock start_inquiry --from 2026-09-29
      doudi procedure clock whole --from 2026-09-02 --pause 2026-09-10..2026-09-15 --region 310000
    """
    from doudi.cli.output import print_json
    from doudi.cli.procedure.place import ground_of

    problems = Problems()
    begun = _moment(start, problems)
    spans = [_span(text, problems) for text in pauses]
    read_at = begun if at is None else _moment(at, problems)
    known = _facts(name, facts, problems)
    problems.raise_as(CommandError)
    here = ground_of(region, begun.date().isoformat())
    reading = _read(name, begun, spans, known, here.asked, read_at)
    if as_json:
        print_json(_data(reading, here.asked))
    else:
        click.echo(_sentence(reading, language))


def _read(
    name: str,
    begun: datetime,
    spans: list[tuple[datetime, datetime]],
    facts: dict[str, str],
    region: str,
    at: datetime,
) -> Reading:
    from doudi.procedure import procedure
    from doudi.procedure.running import Pause, Run
    from doudi.procedure.standing import read_run

    found = procedure().clock(name)
    reason = next(iter(found.pauses), "")
    run = Run(found, begun, tuple(Pause(reason, first, last) for first, last in spans))
    return read_run(procedure(), region, run, facts, at)


def _sentence(reading: Reading, language: str) -> str:
    found, due = reading.run.clock, reading.due
    head = f"{found.zh}  {found.en}  {found.name}"
    law = say(language, "依据", "law") + f"  {found.reference.sentence(language)}"
    if due is None:
        none = say(language, "这里没有规定时长", "no limit is set here")
        return f"{head}\n{none}\n{law}"
    shown = due.at.isoformat(" ", "minutes") if reading.unit == "hours" else due.day.isoformat()
    mark = (
        say(language, "（暂估：放假安排未公布）", " (provisional: the calendar is not published)")
        if due.provisional
        else ""
    )
    unit = {"working_days": ("个工作日", "working days"), "hours": ("小时", "hours")}.get(
        reading.unit, ("天", "days")
    )
    left = say(language, f"还剩 {reading.left} {unit[0]}", f"{reading.left} {unit[1]} left")
    late = say(language, f"超过 {reading.late} {unit[0]}", f"{reading.late} {unit[1]} late")
    state = say(language, *STATES[reading.state])
    ends = say(language, "届满", "ends")
    return f"{head}\n{ends}  {shown}{mark}\n{state}  {late if reading.passed else left}\n{law}"


def _data(reading: Reading, region: str) -> dict[str, object]:
    due = reading.due
    return {
        "clock": reading.run.clock.name, "region": region, "from": reading.run.started.isoformat(),
        "length": reading.length, "unit": reading.unit, "due": due.at.isoformat() if due else None,
        "provisional": due.provisional if due else None, "state": reading.state, "left": reading.left,
        "late": reading.late, "overdue": reading.is_overdue, "reference": str(reading.run.clock.reference),
    }  # fmt: skip


def _moment(text: str, problems: Problems) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        problems.add(Problem(
            "date.bad", "没有这个日期", "no such day", "写成 2026-09-29 或 2026-09-29T21:30",
            "write it like 2026-09-29 or 2026-09-29T21:30", value=text,
        ))  # fmt: skip
        return datetime.min


def _span(text: str, problems: Problems) -> tuple[datetime, datetime]:
    first, dots, last = text.partition("..")
    if dots:
        begun, ended = _moment(first, problems), _moment(last, problems)
        if begun <= ended:
            return begun, ended
    problems.add(Problem(
        "usage.pause", "--pause 应写成 起日..止日", "--pause takes first..last",
        "如 2026-09-10..2026-09-15", "such as 2026-09-10..2026-09-15", value=text,
    ))  # fmt: skip
    return datetime.min, datetime.min


def _facts(clock: str, texts: tuple[str, ...], problems: Problems) -> dict[str, str]:
    """The facts named, each one on which the clock depends, with a value that it may have."""
    known: dict[str, tuple[str, ...]] = {}
    with gathering(problems):
        known = _asked(clock)
    found: dict[str, str] = {}
    for text in texts:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value):
            problems.add(Problem(
                "usage.fact", "--fact 应写成 名称=值", "--fact takes key=value",
                "如 special=true", "such as special=true", value=text,
            ))  # fmt: skip
        elif key in found:
            problems.add(named_twice("--fact", key))
        elif key not in known:
            problems.add(_unused(key, known))
        elif value not in known[key]:
            words = "、".join(known[key])
            near = nearest(value.lower(), known[key])
            problems.add(Problem(
                "usage.fact_value", f"{key} 没有这个值", f"{key} has no such value", f"可用：{near or words}",
                f"use {near or ', '.join(known[key])}", value=text,
            ))  # fmt: skip
        found[key] = value
    return found


def _asked(clock: str) -> dict[str, tuple[str, ...]]:
    """The facts of a case on which the length of a clock depends, each with its values.

    Raises:
        LawError: no such clock.
    """
    from doudi.procedure import procedure

    inputs = procedure().inputs
    facts = [inputs[each.fact] for each in procedure().clock(clock).instead if each.fact in inputs]
    return {fact.name: tuple(fact.codes) or ("true", "false") for fact in facts}


def _unused(key: str, known: Mapping[str, tuple[str, ...]]) -> Problem:
    names = nearest(key, known) or ", ".join(known)
    return Problem(
        "usage.fact_unknown", "这个时限不看这项情况", "the clock does not depend on this fact",
        f"可用：{names}" if names else "去掉 --fact", f"use {names}" if names else "leave --fact away", value=key,
    )  # fmt: skip
