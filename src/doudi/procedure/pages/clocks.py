"""The pages of clocks and of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from doudi.procedure.calendar.days import ONE_DAY, Calendar, DaySort
from doudi.procedure.cases import ProcedureCase
from doudi.procedure.model.clocks import Clock
from doudi.procedure.pages.words import case_line, cited, role, table, value_of
from doudi.procedure.procedure import Procedure

_NATURES = {
    "limit": ("期限", "limit"),
    "period": ("须届满的期间", "period that has to pass"),
    "interval": ("间隔", "interval"),
}
_COUNTING = """计时从次日起算：事件当日不计入。以工作日计的，按国务院办公厅公布的放假调休安排计算；以自然日、月计的连续计算，
标明“顺延”的，最后一天是休息日时顺延到下一个工作日。中止期间不计入。放假安排未公布的年份按周末和法定节假日计算，标为“暂估”。

The day after the event is day one. Working days follow the notices of the State Council; calendar days and months run through, and where
marked so end on the next working day. Rests do not count. In a year without a notice the count is provisional."""


def clocks_page(rules: Procedure, cases: Sequence[ProcedureCase]) -> str:
    """Every clock: length by place and date, who is bound, what starts, stops and pauses it, who is told."""
    parts = ["# 时限 Clocks", _COUNTING]
    parts += [_clock(rules, clock) for clock in sorted(rules.clocks.values(), key=lambda each: each.name)]
    alone = [case_line(case) for case in cases if case.clock is not None]
    return "\n\n".join([*parts, "## 案例 Cases", "\n".join(alone)])


def _clock(rules: Procedure, clock: Clock) -> str:
    zh, en = _NATURES[clock.nature]
    starts, stops = (_steps(rules, clock.name, which) for which in ("starts", "stops"))
    rows = [
        (
            "性质 nature",
            f"{zh} {en}{_rolls(clock)}{'，至月末 to the end of the month' if clock.month_end else ''}",
        ),
        ("时长 length", _lengths(rules, clock.limit)),
        *(
            (
                f"{rules.inputs[each.fact].zh if each.fact in rules.inputs else '权限下放'}时 where",
                _lengths(rules, each.limit),
            )
            for each in clock.instead
        ),
        ("责任方 bound", f"{role(rules, clock.bound)} {role(rules, clock.bound, 'en')}"),
        ("起 starts", starts),
        ("止 stops", stops),
        (
            "中止 rests",
            "<br>".join(f"`{reason}` {cited(reference)}" for reason, reference in clock.pauses.items())
            or "—",
        ),
        (
            "超期告知 told when overdue",
            f"{role(rules, clock.overdue_to)} {role(rules, clock.overdue_to, 'en')}",
        ),
        ("依据 law", cited(clock.reference)),
    ]
    return f'### <a id="{clock.name}"></a>{clock.zh}\n\n{clock.en} — `{clock.name}`\n\n' + table(
        ("", ""), rows
    )


def _rolls(clock: Clock) -> str:
    if clock.rolls_by:
        return f"，是否顺延依 rolls by `{clock.rolls_by}`"
    return "，顺延 rolls" if clock.rolls else ""


def _lengths(rules: Procedure, name: str) -> str:
    definition = rules.parameters.definitions[name]
    said = [value_of(definition, entry) for entry in definition.values] or [
        "全国没有规定 no national text sets it"
    ]
    for region in sorted(rules.regions):
        entries = rules.parameters.said_by(region).get(name, ())
        said += [f"{rules.parameters.region(region).zh}：{value_of(definition, entry)}" for entry in entries]
    return "<br>".join(said)


def _steps(rules: Procedure, clock: str, which: str) -> str:
    found = {
        f"[{machine.zh}]({machine.name}.md)：{step.zh}": None
        for machine in rules.machines.values()
        for versions in machine.steps.values()
        for step in versions
        if clock in getattr(step, which)
    }
    return "<br>".join(found) or "办件结束 the end of the case"


def calendar_page(rules: Procedure) -> str:
    """The holidays and adjusted working days of every published year, and what is expected of the next."""
    calendar = rules.calendar
    years = sorted(calendar.years)
    parts = [
        "# 工作日历 Calendar of working days",
        *(_year(calendar, year) for year in (*years, years[-1] + 1)),
    ]
    return "\n\n".join(parts)


def _year(calendar: Calendar, year: int) -> str:
    day, sorts = date(year, 1, 1), []
    while day.year == year:
        sort = calendar.sort(day)
        if sort.reference is not None:
            sorts.append(sort)
        day += ONE_DAY
    is_published = year in calendar.years
    head = f"## {year}" + ("" if is_published else "（放假安排未公布，暂估 not published, provisional）")
    rows = [_row(run) for run in _runs(sorts)]
    return f"{head}\n\n{cited(sorts[0].reference)}\n\n" + table(("日期 days", "", ""), rows)


def _runs(sorts: list[DaySort]) -> list[list[DaySort]]:
    runs: list[list[DaySort]] = []
    for sort in sorts:
        last = runs[-1][-1] if runs else None
        if last and sort.day - last.day == ONE_DAY and (sort.zh, sort.working) == (last.zh, last.working):
            runs[-1].append(sort)
        else:
            runs.append([sort])
    return runs


def _row(run: list[DaySort]) -> tuple[str, str, str]:
    days = f"{run[0].day}" if len(run) == 1 else f"{run[0].day} – {run[-1].day}"
    return days, f"{run[0].zh} {run[0].en}", "上班 working" if run[0].working else "放假 off"
