"""``doudi population``: synthetic counties, made and held against published figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

if TYPE_CHECKING:
    from doudi.population.targets import Finding

PERSONS, SEED, REGION = 50_000, 2026, "999901"
MISSED = 1
PAGE = "population-check.html"
_COUNTY = (
    click.option(
        "--persons",
        type=click.IntRange(1, 20_000_000),
        default=PERSONS,
        show_default=True,
        help="人数 persons",
    ),
    click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="随机种子 seed"),
    click.option("--region", default=REGION, show_default=True, help="虚拟县代码 code of a synthetic county"),
)


def _county(command: Any) -> Any:
    for option in reversed(_COUNTY):
        command = option(command)
    return command


@click.group()
def population() -> None:
    """虚拟县：生成、检验。其中没有真实的人。Synthetic counties; nobody in them is real.

    \b
    示例 Example:
      doudi population make build/county --persons 10000 --seed 7
      doudi population check -o build
    """


@population.command()
@click.argument("folder", type=FILE)
@_county
@click.option("--truth", is_flag=True, help="另存真实情况的历史 also write the truth over time, into truth/")
@speaking
def make(
    folder: Path, persons: int, seed: int, region: str, truth: bool, language: str, as_json: bool
) -> None:
    """生成虚拟县的登记册（Parquet）；同一种子得到同一登记册。文件夹应是新的、空的，或者以前生成的。

    Writes the register of a synthetic county as Parquet tables; the same seed gives the same register. With --truth also
    what is true of everyone over the two years before, which no department knows as a whole. The folder must be new, empty
    or of an earlier run.

    \b
    示例 Example:
      doudi population make build/county --persons 10000 --seed 7 --truth
    """
    from doudi.cli.output import print_json, watched
    from doudi.rules.memory import keep_memory

    keep_memory()
    from doudi.population import as_recorded, register_at, world_of, write, write_world
    from doudi.population.county import county_of
    from doudi.population.made_up import refuse_real

    county_of(region)
    refuse_real(folder)
    steps = ("generate", "write")
    with watched(steps, say(language, "生成登记册", "register"), len(steps)) as waiting:
        for step in waiting:
            if step == "generate":
                world = world_of(persons, seed, region)
                register = as_recorded(register_at(world, world.ends), world.ends, seed)
            else:
                paths = write(register, folder)
                paths += write_world(world, folder) if truth else []
    rows = {name: table.height for name, table in register.items()}
    if as_json:
        print_json({"folder": str(folder), "files": [str(path) for path in paths], "rows": rows})
        return
    listed = say(language, "，", ", ").join(f"{name} {count:,}" for name, count in rows.items())
    click.echo(f"{folder}{say(language, '：', ': ')}{listed}")


@population.command()
@_county
@click.option("-o", "--output", type=FILE, metavar="FOLDER", help="写出图表网页 write a page with charts")
@speaking
@click.pass_context
def check(
    ctx: click.Context,
    persons: int,
    seed: int,
    region: str,
    output: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """虚拟县与公布数的比较：目标、允许的偏差、实际、来源；有一项未达到，退出码为 1。

    Holds a county against published figures: aim, tolerance, found, source. Exit code 1 when one is missed.

    \b
    示例 Example:
      doudi population check --persons 50000 -o build
    """
    from doudi.cli.output import print_json
    from doudi.population import world_of
    from doudi.population.targets import compare

    world = world_of(persons, seed, region)
    findings = compare(world)
    page = None
    if output is not None:
        from doudi.population.check_page import write_page

        page = write_page(world, findings, output / PAGE, seed)
    if as_json:
        print_json({"targets": [_plain(finding) for finding in findings], "page": page and str(page)})
    else:
        _tell(findings, page, language)
    ctx.exit(0 if all(finding.holds for finding in findings) else MISSED)


def _plain(finding: Finding) -> dict[str, Any]:
    target = finding.target
    return {
        "name": target.name, "zh": target.zh, "en": target.en, "unit": target.unit, "value": target.value,
        "tolerance": target.tolerance, "found": round(finding.found, 4), "holds": finding.holds,
        "county": target.county, "source_zh": target.source_zh, "source_en": target.source_en,
    }  # fmt: skip


def _tell(findings: Any, page: Path | None, language: str) -> None:
    from doudi.cli.output import print_table
    from doudi.population.check_page import shown

    heads = [
        say(language, *names)
        for names in (("指标", "figure"), ("目标", "aim"), ("允许±", "±"), ("实际", "found"), ("", ""))
    ]
    rows = []
    for finding in findings:
        target, unit = finding.target, finding.target.unit
        mark = "" if finding.holds else say(language, "未达到", "missed")
        figures = (shown(number, unit) for number in (target.value, target.tolerance, finding.found))
        rows.append([say(language, target.zh, target.en), *figures, mark])
    print_table(heads, rows, numbers=(1, 2, 3))
    missed = sum(not finding.holds for finding in findings)
    zh = f"{len(findings)} 项中 {missed} 项未达到。" if missed else f"{len(findings)} 项全部达到。"
    en = f"{missed} of {len(findings)} missed." if missed else f"All {len(findings)} hold."
    click.echo(say(language, zh, en))
    if page is not None:
        click.echo(f"{say(language, '网页：', 'page: ')}{page}")
