"""Conditions on cuts, stops and gradual exits: heard first, announced, step by step."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from doudi.procedure.conditions.registry import Conditions, View
from doudi.procedure.grace import grace_number, grace_rule

conditions = Conditions()


@conditions.add(
    "已听取意见", "the household was heard",
    "尚未听取救助对象的意见", "the household has not been heard",
    "记录听取意见，或者等告知的期限届满", "record the hearing, or wait until the period to speak is over",
)  # fmt: skip
def household_was_heard(view: View) -> bool:
    """Heard, or the period to speak has passed without a word (LAW art. 48)."""
    if view.standing.has("hear") or "death" in (view.fact("ground_for_cut"), view.fact("ending_ground")):
        return True
    reading = view.reading("speak_up")
    return reading is not None and view.standing.has("invite_to_speak") and reading.state == "over"


@conditions.add(
    "新金额低于原金额", "the sum is reduced",
    "新的月金额不低于原金额", "the new sum is not below the old one",
    "增发走定期核查", "an increase follows the review", asks_inputs=True,
)  # fmt: skip
def sum_is_reduced(view: View) -> bool:
    """A cut lowers the sum; a stop sets it to 0."""
    old, new = view.fact("amount_before"), view.fact("amount")
    return isinstance(old, int) and isinstance(new, int) and 0 <= new < old


@conditions.add(
    "新金额高于原金额", "the sum is raised",
    "新的月金额不高于原金额", "the new sum is not above the old one",
    "减发走定期核查", "a lower sum follows the review", asks_inputs=True,
)  # fmt: skip
def sum_is_raised(view: View) -> bool:
    """Only more than before is granted without a review."""
    old, new = view.fact("amount_before"), view.fact("amount")
    return isinstance(old, int) and isinstance(new, int) and new > old


@conditions.add(
    "生效月份已到", "its month has come",
    "生效月份还没有到", "the month in which it takes effect has not come",
    "到生效月份执行", "wait for that month",
)  # fmt: skip
def cut_month_has_come(view: View) -> bool:
    """Carried out from the month that was told."""
    return view.day.isoformat() >= str(view.fact("effective_from") or "9999")


@conditions.add(
    "以骗取为由责令退回", "claimed back for fraud",
    "2026年7月1日以前，只有骗取的才责令退回", "before 2026-07-01 only what was obtained by fraud is claimed back",
    "没有骗取的，由负责人决定逐月抵扣", "where there was no fraud the head decides that it is netted",
    asks_inputs=True,
)  # fmt: skip
def returned_for_fraud(view: View) -> bool:
    """Order 649 art. 68 claims back what was obtained by fraud; keeping aid unlawfully became a ground with LAW art. 74."""
    return view.fact("return_ground") == "fraud"


@conditions.add(
    "抵扣不超过新的月金额", "netted within the new sum",
    "每月抵扣的金额不对", "what is netted each month is wrong",
    "每月抵扣大于零，不超过新的月金额和多发的金额；已停发的责令退回", "above nothing, at most the new sum and what was paid too much; where aid "
    "ends it is claimed back",
    asks_inputs=True,
)  # fmt: skip
def netting_fits(view: View) -> bool:
    """Nothing is netted where nothing is paid any more, and never more in a month than is paid in it."""
    over, monthly, new = (view.fact(name) for name in ("overpaid", "netted_monthly", "amount"))
    if not (isinstance(over, int) and isinstance(monthly, int) and isinstance(new, int)):
        return False
    return 0 < monthly <= min(over, new)


@conditions.add(
    "从下月起逐月不增", "steps from next month, never rising",
    "渐退步骤的月份或金额不对", "the steps of the exit are wrong",
    "从下月起逐月排列，金额不增加且不高于原金额", "month by month from the next one, never rising, never above the old sum",
    asks_inputs=True,
)  # fmt: skip
def steps_descend(view: View) -> bool:
    """Months follow each other, sums never rise."""
    steps, before = view.inputs.get("steps"), view.fact("amount_before")
    if not isinstance(steps, tuple) or not steps or not isinstance(before, int):
        return False
    months = [_month(step) for step in steps]
    sums = [before, *(_sum(step) for step in steps)]
    first = view.day.year * 12 + view.day.month
    follow = months == list(range(months[0], months[0] + len(months))) and months[0] == first
    return follow and all(earlier >= later >= 0 for earlier, later in pairwise(sums))


@conditions.add(
    "不超过渐退期月数", "within the grace months",
    "渐退期超过规定的月数", "the exit is longer than the rule allows",
    "缩短渐退期", "make it shorter", asks_inputs=True,
)  # fmt: skip
def steps_are_within_grace(view: View) -> bool:
    """No more steps than the grace months of the place."""
    steps, most = view.inputs.get("steps"), grace_rule(view.ground).months
    if not isinstance(steps, tuple) or not steps or most is None:
        return False
    return _number(view, steps[-1]) <= most


@conditions.add(
    "各步金额符合本地渐退比例", "sums as the shares of the place",
    "各步金额与本地渐退比例不符", "the sums are not the shares of the place",
    "按本地渐退比例逐月计算", "take the share of each grace month", asks_inputs=True,
)  # fmt: skip
def steps_follow_the_shares(view: View) -> bool:
    """Where the place has set the share of a grace month, the sum is that share of the old one, to the fen."""
    steps, before, rule = view.inputs.get("steps"), view.fact("amount_before"), grace_rule(view.ground)
    if not isinstance(steps, tuple) or not isinstance(before, int):
        return False
    return all(rule.sum_in(_number(view, step), before) in (None, _sum(step)) for step in steps)


@conditions.add(
    "与公布的步骤一致", "the step was announced",
    "本月的渐退步骤还没有到，或者金额不是公布的", "no step of that month and sum was announced",
    "按公布的月份和金额执行", "follow the announced month and sum", asks_inputs=True,
)  # fmt: skip
def step_was_announced(view: View) -> bool:
    """Only an announced step is carried out, in its month."""
    steps = view.standing.facts.get("steps", ())
    month, amount = f"{view.day:%Y-%m}", view.inputs.get("amount")
    return isinstance(steps, tuple) and any(step == (month, amount) for step in steps)


@conditions.add(
    "最后一步已执行完", "the last step is over",
    "渐退期还没有走完", "the exit is not over",
    "等最后一步执行", "wait for the last step",
)  # fmt: skip
def last_step_is_over(view: View) -> bool:
    """The month of the last step has passed."""
    steps = view.standing.facts.get("steps", ())
    if not isinstance(steps, tuple) or not steps:
        return False
    return view.day.year * 12 + view.day.month - 1 > _month(steps[-1])


@conditions.add(
    "有成员就业", "a member started work",
    "没有有成员就业的记录", "no member has started work",
    "收入因其他原因超过标准的走停发", "income that rose otherwise leads to a stop", asks_inputs=True,
)  # fmt: skip
def member_started_work(view: View) -> bool:
    """The exit by steps follows a job (M57 art. 33)."""
    return bool(view.fact("worker_started"))


def _number(view: View, step: object) -> int:
    """Which grace month a step is."""
    year, month = divmod(_month(step), 12)
    since = view.inputs.get("grace_from")
    return grace_number(date(year, month + 1, 1), view.day, date.fromisoformat(str(since)) if since else None)


def _month(step: object) -> int:
    """Months since year 0 of a step, January being 0 within its year."""
    year, month = str(step[0]).split("-") if isinstance(step, tuple) else ("0", "1")
    return int(year) * 12 + int(month) - 1


def _sum(step: object) -> int:
    return int(step[1]) if isinstance(step, tuple) else 0
