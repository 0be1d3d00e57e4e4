"""Whether a store of reports is whole: every hash, every reference to an earlier report, no number left out."""

from __future__ import annotations

from collections import defaultdict

from doudi.rules.errors import Problem
from doudi.verification.errors import MeansError
from doudi.verification.objections import Objection, objections_to
from doudi.verification.report import Report
from doudi.verification.store import Checks


def verify(checks: Checks) -> list[Problem]:
    """Every fault of a store; empty if it is whole."""
    problems: list[Problem] = []
    reports: dict[str, Report] = {}
    objections: dict[str, Objection] = {}
    for number in checks.numbers():
        try:
            report = checks.read(number)
            if report.number != number:
                problems.append(_misnamed(number))
            reports[number] = report
            objections |= {each.number: each for each in objections_to(checks, number)}
        except MeansError as error:
            problems += error.problems
    for number, report in reports.items():
        problems += _references(number, report, reports, objections, problems)
    problems += [
        _dangling(each.report, "means.objection_to")
        for each in objections.values()
        if each.report in reports and reports[each.report].sha256 != each.report_sha256
    ]
    return problems + _gaps(checks.numbers())


def chain(checks: Checks, number: str) -> list[Report]:
    """A report with those it goes back to, the oldest first.

    Raises:
        MeansError: one is missing or altered, or is not the one that was referred to.
    """
    found = [checks.read(number)]
    while (before := found[-1].data["refers_to"]) is not None:
        earlier = checks.read(before["number"])
        if earlier.sha256 != before["sha256"]:
            raise MeansError([_dangling(found[-1].number, "means.chain")])
        found.append(earlier)
    return found[::-1]


def _references(
    number: str,
    report: Report,
    reports: dict[str, Report],
    objections: dict[str, Objection],
    told: list[Problem],
) -> list[Problem]:
    faulty = {problem.file for problem in told}
    problems = []
    before = report.data["refers_to"]
    if before is not None and f"{before['number']}.json" not in faulty:
        earlier = reports.get(before["number"])
        if earlier is None or earlier.sha256 != before["sha256"]:
            problems.append(_dangling(number, "means.chain"))
    for each in report.data["objections"]:
        known = objections.get(each["number"])
        if f"{each['number']}.json" not in faulty and (known is None or known.sha256 != each["sha256"]):
            problems.append(_dangling(number, "means.objection"))
    return problems


def _gaps(numbers: list[str]) -> list[Problem]:
    series: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        series[number[:-7]].append(int(number[-6:]))
    return [
        Problem(
            "means.gap", "编号有缺漏", "a number is missing", "用备份恢复，查明原因",
            "restore it from a backup and find out why", value=f"{start}-{missing:06}",
        )
        for start, found in series.items()
        for missing in sorted(set(range(1, max(found) + 1)) - set(found))
    ]  # fmt: skip


def _dangling(number: str, code: str) -> Problem:
    return Problem(
        code, "所引用的报告或异议缺失，或已不是当时的内容", "what it refers to is missing or is not what it was",
        "用备份恢复，查明改动", "restore it from a backup and find out who altered it", file=f"{number}.json",
    )  # fmt: skip


def _misnamed(number: str) -> Problem:
    return Problem(
        "means.misnamed", "文件名与报告编号不一致", "the name of the file is not the number of the report",
        "用备份恢复，查明改动", "restore it from a backup and find out who altered it", file=f"{number}.json",
    )  # fmt: skip
