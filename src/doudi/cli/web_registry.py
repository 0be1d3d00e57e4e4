"""``doudi web load`` and ``doudi web keys``: the registry of the web application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

STEPS = {
    "tiers": "测算类别",
    "households": "家庭",
    "persons": "人员",
    "sheets of households": "家庭的事实",
    "sheets of persons": "人员的事实",
    "benefits": "发放记录",
}
"""The steps that loading tells of."""


@click.command()
@click.argument("evidence", type=FILE)
@click.option("--region", required=True, metavar="CODE", help="县的区划代码 the county's code")
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD", help="事实的日期 the day of the facts")
@click.option("--registry", type=FILE, help="民政登记的文件夹，取住址 the registry's folder, for addresses")
@click.option(
    "--store", type=FILE, help="部门数据的文件夹，取发放记录 the departments' rows, for what was paid"
)
@click.option(
    "--new-villages", is_flag=True, help="演示：补建缺少的村 demonstration: make villages that are missing"
)
@speaking
def load(
    evidence: Path,
    region: str,
    day: str,
    registry: Path | None,
    store: Path | None,
    new_villages: bool,
    language: str,
    as_json: bool,
) -> None:
    """把 doudi facts build 生成的事实 EVIDENCE 载入登记。同一份再次载入不改变什么，更晚的取代更早的。

    Loads what doudi facts build made into the registry. The same again changes nothing; a later build supersedes.

    \b
    示例 Example:
      doudi web load build/demo/evidence --region 999901 --date 2026-08-01
    """
    from doudi.cli.options import day_of
    from doudi.web.start import only_in_demo, ready

    with ready():
        from doudi.web.migration import must_be_current
        from doudi.web.registry.loading import load as take_in

        must_be_current()
        on = day_of(day)
        if new_villages:
            only_in_demo()
            from doudi.web.registry.loading.made_up import make_villages, seat_resident

            make_villages(evidence, region, on)
        from doudi.web.migration import analyse

        found = take_in(evidence, region, on, registry, store, lambda step: tell_step(step, language))
        if found.changed:
            analyse("registry")
        if new_villages:
            seat_resident(region)
    _tell_load(found, language, as_json)


def tell_step(step: str, language: str) -> None:
    """Say which step of loading has begun."""
    click.echo(say(language, f"载入登记：{STEPS[step]}", f"loading the registry: {step}"), err=True)


def _tell_load(found: Any, language: str, as_json: bool) -> None:
    from doudi.cli.output import print_json

    if as_json:
        print_json({"counts": found.counts, "unplaced": found.unplaced, "changed": found.changed})
        return
    for name, count in found.counts.items():
        click.echo(f"{name}: {count:,}")
    for village, persons in found.unplaced.items():
        click.echo(
            say(
                language,
                f"区划表中没有“{village}”，{persons:,} 人登记在县一级",
                f"the divisions do not have {village}; {persons:,} persons are registered under the county",
            )
        )
    if not found.changed:
        click.echo(say(language, "没有变化", "nothing changed"))


@click.command("export-registry")
@click.argument("folder", type=FILE)
@click.option(
    "--registry",
    type=FILE,
    required=True,
    help="上次生成事实所读的登记文件夹 the folder that the last build read",
)
@click.option("--region", required=True, metavar="CODE", help="县的区划代码 the county's code")
@speaking
def export_registry(folder: Path, registry: Path, region: str, language: str, as_json: bool) -> None:
    """把人工变更（迁移、分户、死亡等）写入新的登记文件夹 FOLDER，供下次 doudi facts build 读取。含身份证号明文。

    Writes the registry's folder with what people changed here, for the next doudi facts build. It holds plain id numbers.

    \b
    示例 Example:
      doudi web export-registry build/registry-tonight --registry build/demo/registry --region 999901
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.registry.exporting import export_registry as write

        counts = write(folder, registry, region)
    if as_json:
        print_json(counts)
        return
    people, homes = counts["identities"], counts["households"]
    click.echo(
        say(
            language,
            f"写入变更：{people:,} 人，{homes:,} 户",
            f"changes: {people:,} persons, {homes:,} households",
        )
    )


@click.group()
def keys() -> None:
    """敏感数据的密钥。The keys under which personal data are sealed."""


@keys.command("new")
@click.option("--number", type=click.IntRange(1, 65535), default=1, show_default=True, help="编号 number")
@click.option(
    "--with-index",
    is_flag=True,
    help="同时生成索引密钥（只在第一次） also the index key, the first time only",
)
@speaking
def new_keys(number: int, with_index: bool, language: str, as_json: bool) -> None:
    """生成密钥，写入 DOUDI_DATA_KEYS，新的放在最前。Draws a key for DOUDI_DATA_KEYS; the newest stands first.

    \b
    示例 Example:
      doudi web keys new --number 1 --with-index
    """
    from doudi.cli.output import print_json
    from doudi.web.registry.sensitive.keys import new_key

    drawn = {str(number): new_key()}
    if with_index:
        drawn["index"] = new_key()
    if as_json:
        print_json({"keys": drawn})
        return
    for name, key in drawn.items():
        click.echo(f"{name}:{key}")


@keys.command("rotate")
@speaking
def rotate_keys(language: str, as_json: bool) -> None:
    """用最新的密钥重新加密，可以中断后再来。Seals everything anew under the newest key; may be broken off and resumed.

    \b
    示例 Example:
      doudi web keys rotate
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.registry.sensitive.rotation import rotate

        done = rotate()
    if as_json:
        print_json(done)
    else:
        for name, count in done.items():
            click.echo(f"{name}: {count:,}")
