"""What a command needs before it can apply the law: place, day, law and household, with all their faults at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from doudi.cli.faults import CommandError, gathering
from doudi.cli.options import day_of, regions_named, settings_of
from doudi.rules.errors import Problem, Problems

if TYPE_CHECKING:
    from doudi.assessment.statute import Statute
    from doudi.facts.household import HouseholdFacts


Law = Callable[..., "Statute"]
"""Gives the law of a region and day, with ``settings`` and an ``overlay``."""


def household_and_law(
    path: Path,
    region: str | None,
    day: str | None,
    settings: Sequence[str],
    overlay: Path | None,
    law: Law | None = None,
) -> tuple[HouseholdFacts, Statute]:
    """A household file and the law under which it is assessed; the file may name region and date itself.

    ``law`` is that of the tiers unless another is given.

    Raises:
        CommandError: with every fault of the file, the overlay and the options.
    """
    from doudi.facts.household_file import read_household

    problems = Problems()
    on, household = None, None
    with gathering(problems):
        on = None if day is None else day_of(day)
    with gathering(problems):
        household = read_household(path, on)
    if household is not None:
        region = household.region if region is None else region
        if household.date is not None and day is None:
            on = _date(household.date)
    statute = _statute(region, on or date.today(), settings, overlay, problems, household is not None, law)
    problems.raise_as(CommandError)
    assert household is not None
    assert statute is not None
    return household, statute


def register_and_law(
    register: Path,
    out: Path | None,
    region: str | None,
    day: str | None,
    settings: Sequence[str],
    overlay: Path | None,
    law: Law | None = None,
) -> Statute:
    """The law under which a register is assessed; the register is read here only when something else is at fault.

    ``law`` is that of the tiers unless another is given.

    Raises:
        CommandError: with every fault of the options, of the overlay and of the register as a whole.
    """
    problems = Problems()
    on = date.today()
    with gathering(problems):
        on = on if day is None else day_of(day)
    statute = _statute(region, on, settings, overlay, problems, law=law)
    if out is not None and register.resolve() in (out.resolve(), (out / "set_aside").resolve()):
        problems.add(Problem(
            "usage.out", "结果不能写入登记册所在的文件夹", "results must not be written into the register",
            "用 -o 写另一个文件夹", "name another folder with -o", file=str(out),
        ))  # fmt: skip
    if problems.found:
        from doudi.facts.register import read_register

        with gathering(problems):
            read_register(register, on)
    problems.raise_as(CommandError)
    assert statute is not None
    return statute


def _statute(
    region: str | None,
    on: date,
    settings: Sequence[str],
    overlay: Path | None,
    problems: Problems,
    file_read: bool = True,
    law: Law | None = None,
) -> Statute | None:
    """The law, or None with its faults among ``problems``."""
    from doudi.assessment.statute import law_of, names_in

    replaced = settings_of(settings, problems)
    if region is None and overlay is not None:
        region = next(iter(names_in(overlay)), None)
    if region is None:
        if file_read:
            problems.add(no_region())
        return None
    with gathering(problems):
        return (law or law_of)(region, on, settings=replaced, overlay=overlay)
    return None


def no_region() -> Problem:
    """The problem that nobody said where."""
    known = regions_named()
    return Problem(
        "region.missing", "没有写地区", "no region is named",
        f"用 --region 写地区代码或名称，可用：{known}", f"name one with --region: {known}",
    )  # fmt: skip


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)
