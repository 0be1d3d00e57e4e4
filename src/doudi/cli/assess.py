"""``doudi assess``: one household."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, changed_law, place_and_day, speaking

if TYPE_CHECKING:
    from doudi.assessment.determination import Determination
    from doudi.assessment.discretion import Discretion


@click.command()
@click.argument("file", type=FILE)
@place_and_day
@changed_law
@click.option(
    "--freeze",
    type=FILE,
    metavar="OUT.json",
    help="留存事实、法规和结果 store facts, law and result for replay",
)
@click.option(
    "--full", is_flag=True, help="列出全部条件、参数和未填写的事实 every test, parameter and assumption"
)
@speaking
def assess(
    file: Path,
    region: str | None,
    day: str | None,
    settings: tuple[str, ...],
    overlay: Path | None,
    freeze: Path | None,
    full: bool,
    language: str,
    as_json: bool,
) -> None:
    """审核一户家庭：拟认定类别、理由和条文、金额、还缺什么、什么情况下结果会不同、是否属于自由裁量。

    Assesses one household file (YAML or JSON): the tier proposed, why, the amounts, what is missing, what would change
    it, and whether it turns on a value that the place may choose. Region and date stand in the file or are named here.

    \b
    示例 Example:
      doudi assess household.yaml --region 999901 --date 2026-08-01
      doudi assess household.yaml --set dibao.standard.rural=600 --json
    """
    from doudi.assessment.determination import assess as apply_law
    from doudi.cli.faults import refuse_same
    from doudi.cli.inputs import household_and_law

    refuse_same(freeze, file, overlay)
    household, statute = household_and_law(file, region, day, settings, overlay)
    determination = apply_law(household, statute)
    if freeze is not None:
        _freeze(determination, freeze)
    if as_json:
        from doudi.cli.output import print_json

        print_json(_data(determination, language))
    else:
        for line in _lines(determination, language, full):
            click.echo(line)
        if freeze is not None:
            click.echo(say(language, f"已留存 {freeze}", f"frozen: {freeze}"))


def _freeze(determination: Determination, path: Path) -> None:
    import json

    from doudi.assessment.frozen import freeze
    from doudi.rules.files import put_text

    put_text(path, json.dumps(freeze(determination), ensure_ascii=False, sort_keys=True) + "\n")


def _data(determination: Determination, language: str) -> dict[str, Any]:
    from doudi.assessment.counterfactual import what_would_change
    from doudi.assessment.discretion import discretion
    from doudi.assessment.explanation import explain

    changes = what_would_change(determination)
    return {
        "household": determination.household.id,
        **explain(determination, language).as_data(),
        "changes": [change.as_data() for change in changes],
        "changes_complete": changes.complete,
        "discretion": discretion(determination, language).as_data(),
        "notices": [fault.sentence(language) for fault in determination.statute.resolved.faults],
    }


def _lines(determination: Determination, language: str, full: bool) -> Iterator[str]:
    from doudi.assessment.discretion import discretion
    from doudi.assessment.explanation import explain

    told = explain(determination, language)
    shown = told if full else replace(told, parameters=(), assumed=())
    yield shown.as_text(full).rstrip("\n")
    if full:
        yield from _tests(determination, language)
    yield from _changes(determination, language)
    yield from _discretion(discretion(determination, language), language)
    yield from _notices(determination, language)
    if not full:
        parameters, assumed = len(told.parameters), len(told.assumed)
        yield ""
        yield say(
            language, f"--full 另列 {parameters} 项规则参数、{assumed} 项未填写的事实和全部条件",
            f"--full also shows {parameters} parameters, {assumed} facts not written, and every test",
        )  # fmt: skip


def _tests(determination: Determination, language: str) -> Iterator[str]:
    from doudi.assessment.sentences import sentence

    yield ""
    yield say(language, "全部条件", "Every test")
    for result in determination.trace.tests():
        yield f"- {sentence(determination, result, language)} [{result.name}]"


def _changes(determination: Determination, language: str) -> Iterator[str]:
    from doudi.assessment.counterfactual import what_would_change

    found = what_would_change(determination)
    if found or not found.complete:
        yield ""
        yield say(language, "什么情况下结果会不同", "What would change it")
        yield from (f"- {say(language, change.zh, change.en)}" for change in found)
        if not found.complete:
            yield f"- {found.caveat(language)}"


def _discretion(found: Discretion, language: str) -> Iterator[str]:
    told = [each.sentence for each in found.elastic if each.discretionary]
    if told or found.discretionary:
        yield ""
        yield say(language, "自由裁量：提交集体研究（一事一议）", "Discretion: goes to collective review")
        yield from (f"- {sentence}" for sentence in told)


def _notices(determination: Determination, language: str) -> Iterator[str]:
    """Local values that the law does not allow, and what applies instead."""
    faults = determination.statute.resolved.faults
    if faults:
        yield ""
        yield say(language, "当地规定与法律不符", "Local values against the law")
        yield from (f"- {fault.sentence(language)}" for fault in faults)
