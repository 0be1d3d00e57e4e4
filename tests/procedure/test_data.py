"""House rules of the procedure: everything is used, tested on both sides, and told when it is at fault."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from doudi.procedure.cases import ProcedureCase, read_cases
from doudi.procedure.conditions import CONDITIONS
from doudi.procedure.model.checks import reachable
from doudi.procedure.procedure import FOLDER, load, procedure, steps_of
from doudi.rules.documents import Documents
from doudi.rules.errors import DoudiError

RULES = procedure()
CASES = read_cases()
IN_TESTS = {"report_after_all"}  # needs a county that delegated by itself, see test_moves
STEPS = [(machine, step) for machine in RULES.machines.values() for step in steps_of(machine)]


def refusals(cases: list[ProcedureCase]) -> Iterator[str]:
    """Every reason for which some case expects a step to be refused."""
    for case in cases:
        expected = case.expected.may_not if case.expected else ()
        for done in (*case.refused, *expected):
            yield from done.because


REFUSALS = set(refusals(CASES))


@pytest.mark.parametrize("name", RULES.machines)
def test_every_stage_is_reached_and_every_open_one_has_a_way_out(name: str):
    machine = RULES.machines[name]
    assert reachable(machine) == set(machine.stages)
    leaving = {
        origin for step in steps_of(machine) if step.to for origin in step.origins if step.to != origin
    }
    assert {stage.name for stage in machine.stages.values() if not stage.final} <= leaving


def test_every_step_has_a_role_and_an_article():
    bare = [f"{machine.name}.{step.name}" for machine, step in STEPS if not (step.roles and step.reference)]
    assert bare == []


def test_nobody_confirms_refuses_or_cuts_without_four_eyes():
    deciding = (
        "confirm",
        "recognise",
        "refuse",
        "decide_",
        "grant",
        "raise_sum",
        "keep_as_is",
        "order_recovery",
    )
    alone = [
        f"{machine.name}.{step.name}"
        for machine, step in STEPS
        if step.name.startswith(deciding)
        and step.name != "refuse_acceptance"
        and not any(need.kind == "apart_from" for need in step.needs)
    ]
    assert alone == []


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_is_needed_by_a_step_and_refuses_one_in_a_case(name: str):
    assert any(name in need.names for _, step in STEPS for need in step.needs if need.kind == "condition")
    assert name in REFUSALS


def test_every_other_reason_is_met_in_a_case():
    assert {
        "stage",
        "role",
        "kin",
        "other_household",
        "before_last",
        "not_done",
        "four_eyes",
        "period",
        "fact",
        "unknown",
    } <= REFUSALS
    assert {"input.missing", "input.unknown", "input.kind"} <= REFUSALS


@pytest.mark.parametrize("name", RULES.clocks)
def test_every_clock_is_seen_on_both_sides_of_its_end(name: str):
    shown = [
        case.expected.clocks[name] for case in CASES if case.expected and name in (case.expected.clocks or {})
    ]
    assert any(each.get("late") == "0" for each in shown)
    assert any(each.get("late", "0") != "0" for each in shown)


def test_every_step_is_taken_or_offered_in_a_case_or_has_a_twin_that_is():
    seen: dict[str, set[str]] = {}
    for case in CASES:
        offered = (
            [step for steps in (case.expected.may or {}).values() for step in steps] if case.expected else []
        )
        named = [done.step for done in (*case.events, *case.refused)] + offered
        named += [done.step for done in case.expected.may_not] if case.expected else []
        seen.setdefault(case.kind, set()).update(named)
    everywhere = {step for steps in seen.values() for step in steps}
    own = {step.name for machine, step in STEPS if "shared" not in step.file} - IN_TESTS
    missed = {
        name
        for name in own
        if name.removesuffix("_delegated") not in {each.removesuffix("_delegated") for each in everywhere}
    }
    assert missed == set()
    assert {step.name for _, step in STEPS if "shared" in step.file} - everywhere == set()


def test_every_limit_is_followed_by_a_clock_and_every_choice_is_read_somewhere():
    used = {clock.limit for clock in RULES.clocks.values()}
    used |= {instead.limit for clock in RULES.clocks.values() for instead in clock.instead}
    source = "\n".join(path.read_text("utf-8") for path in FOLDER.rglob("*.py"))
    names = set(RULES.parameters.definitions)
    assert {name for name in names if name.startswith("limit.")} == used
    chosen = {clock.rolls_by for clock in RULES.clocks.values()}
    unread = [name for name in names if name.startswith("choice.") and f'"{name}"' not in source]
    assert set(unread) <= chosen


def test_sources_of_cases_are_articles_or_stories():
    from doudi.law import library

    documents: Documents = library.documents()
    for case in CASES:
        assert case.source.startswith("story-") or documents.resolve(case.source)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The data of the procedure, to be broken."""
    folder = tmp_path / "procedure"
    ignored = shutil.ignore_patterns("*.py", "__pycache__", "*.cases.yaml")
    shutil.copytree(FOLDER, folder, ignore=ignored)
    return folder


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "value"),
    [
        ("schemes/cut.yaml", "to: intended", "to: nowhere", "procedure.unknown", "intend: nowhere"),
        (
            "schemes/cut.yaml",
            "starts: [cut_told]",
            "starts: [cut_tol]",
            "procedure.unknown",
            "decide_cut: cut_tol",
        ),
        (
            "schemes/cut.yaml",
            "documents: [cut_decision]",
            "documents: [cut]",
            "procedure.unknown",
            "decide_cut: cut",
        ),
        (
            "schemes/cut.yaml",
            "condition: household_was_heard",
            "condition: heard",
            "procedure.unknown",
            "decide_cut: heard",
        ),
        ("schemes/cut.yaml", "roles: [township_clerk]", "roles: [clerk]", "procedure.unknown", "clerk"),
        ("schemes/cut.yaml", "mf-2021-57:32", "mf-2021-57:99", "reference.unknown_article", "mf-2021-57:99"),
        (
            "schemes/cut.yaml",
            "in_force_until: 2026-06-30",
            "in_force_until: 2026-05-31",
            "procedure.unsound",
            "propose_cut",
        ),
        ("schemes/cut.yaml", "inputs: [recovered]", "inputs: [recoverd]", "procedure.unknown", "recoverd"),
        ("schemes/cut.yaml", "begins: noticed", "begins: begun", "procedure.unsound", "begun"),
        ("schemes/ability.yaml", "to: assessed", "to: reported", "procedure.unsound", "reported"),
        (
            "schemes/after.clocks.yaml",
            "limit.cut_told",
            "limit.cut_tld",
            "procedure.unknown",
            "limit.cut_tld",
        ),
        ("schemes/after.clocks.yaml", "nature: period", "nature: perod", "procedure.unknown", "perod"),
        ("papers/documents.yaml", "series: 减停", "series: 终", "procedure.series", "终"),
        (
            "inputs.yaml",
            "said: {zh: 陈述意见, en: what was said, kind: text}",
            "said: {zh: 陈述意见, en: x, kind: code}",
            "procedure.codes",
            None,
        ),
    ],
)
def test_a_fault_is_told_with_its_file_and_value(copied: Path, file, before, after, code, value):
    path = copied / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(DoudiError) as raised:
        load(copied)
    assert (code, value) in {(problem.code, problem.value) for problem in raised.value.problems}
    assert all(problem.file for problem in raised.value.problems)


def test_faults_of_several_files_are_told_together(copied: Path):
    for file, before, after in (
        ("schemes/cut.yaml", "to: intended", "to: nowhere"),
        ("roles.yaml", "staff: true", "staff: yes"),
    ):
        path = copied / file
        path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(DoudiError) as raised:
        load(copied)
    assert {Path(problem.file or "").name for problem in raised.value.problems} >= {"cut.yaml", "roles.yaml"}
