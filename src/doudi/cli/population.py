"""``doudi population``: a synthetic register."""

from __future__ import annotations

from pathlib import Path

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

PERSONS, SEED, REGION = 50_000, 2026, "999901"


@click.command()
@click.argument("folder", type=FILE)
@click.option(
    "--persons", type=click.IntRange(1, 20_000_000), default=PERSONS, show_default=True, help="人数 persons"
)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="随机种子 seed")
@click.option("--region", default=REGION, show_default=True, help="虚拟县代码 code of a synthetic county")
@speaking
def population(folder: Path, persons: int, seed: int, region: str, language: str, as_json: bool) -> None:
    """生成虚拟县的登记册（Parquet）。其中没有真实的人；同一种子得到同一登记册。

    Writes the register of a synthetic county as Parquet tables. Nobody in it is real; the same seed gives the same
    register.

    \b
    示例 Example:
      doudi population build/county --persons 10000 --seed 7
    """
    from doudi.cli.output import print_json, watched
    from doudi.population import generate, write

    steps = ("generate", "write")
    with watched(steps, say(language, "生成登记册", "register"), len(steps)) as waiting:
        for step in waiting:
            if step == "generate":
                register = generate(persons, seed, region)
            else:
                paths = write(register, folder)
    rows = {name: table.height for name, table in register.items()}
    if as_json:
        print_json({"folder": str(folder), "files": [str(path) for path in paths], "rows": rows})
        return
    listed = say(language, "，", ", ").join(f"{name} {count:,}" for name, count in rows.items())
    click.echo(f"{folder}{say(language, '：', ': ')}{listed}")
