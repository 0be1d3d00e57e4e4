"""``doudi demo``: the demonstration county, made and assessed once and taken as it is until something changes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

import doudi
from doudi.cli.options import speaking

HOME = Path("build/demo")
PERSONS, SEED, REGION, DAY = 50_000, 2026, "999901", "2026-08-01"
SOURCES = ("*.py", "*.yaml", "*.html", "*.js", "*.css", "*.svg")


@click.command()
@click.option(
    "--persons", type=click.IntRange(1, 20_000_000), default=PERSONS, show_default=True, help="人数 persons"
)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="随机种子 seed")
@click.option("--fresh", is_flag=True, help="全部重做 make everything anew")
@speaking
@click.pass_context
def demo(ctx: click.Context, persons: int, seed: int, fresh: bool, language: str, as_json: bool) -> None:
    """审核演示县：虚拟的五万人，2026年8月1日的法律；结果在 build/demo（或者 DOUDI_HOME 指定的文件夹）。

    Assesses the demonstration county, 50,000 persons who do not exist, under the law of 2026-08-01. Register and
    results lie under build/demo, or under DOUDI_HOME; they are taken as they are while nothing has changed.

    \b
    示例 Example:
      doudi demo
    """
    from doudi.cli.output import print_json
    from doudi.cli.run import SET_ASIDE, tell

    home = Path(os.environ.get("DOUDI_HOME") or HOME)
    data = _county(home, persons, seed, fresh, language)
    if as_json:
        print_json(data)
    else:
        tell(data, language)
    ctx.exit(SET_ASIDE if data["faults"] else 0)


def _county(home: Path, persons: int, seed: int, fresh: bool, language: str) -> Mapping[str, Any]:
    """The summary of the county; register and results are made only where their stamps do not match."""
    register, results = home / "register", home / "results"
    made = {"persons": persons, "seed": seed, "region": REGION, "source": source_stamp("population")}
    if fresh or _stamped(home / "register.json", made) is None:
        (home / "register.json").unlink(missing_ok=True)
        _make(register, persons, seed)
        _stamp(home / "register.json", made, {})
    assessed = {"register": made, "date": DAY, "source": source_stamp("")}
    found = None if fresh else _stamped(home / "results.json", assessed)
    if found is None or not all(Path(path).exists() for paths in found["files"].values() for path in paths):
        from doudi.cli.run import assessed as assess_register
        from doudi.cli.run import data_of

        (home / "results.json").unlink(missing_ok=True)
        found = data_of(assess_register(register, REGION, DAY, results, (), None, language))
        _stamp(home / "results.json", assessed, found)
    return found


def _make(folder: Path, persons: int, seed: int) -> None:
    from doudi.population import generate, write

    write(generate(persons, seed, REGION), folder)


def source_stamp(room: str) -> str:
    """The sha256 over the files of a room, or of all of Doudi: rules, parameters and program."""
    folder = Path(doudi.__file__).parent / room
    paths = sorted(path for pattern in SOURCES for path in folder.rglob(pattern))
    digest = sha256()
    for path in paths:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _stamped(path: Path, stamp: Mapping[str, Any]) -> dict[str, Any] | None:
    """What was written under this stamp; None when there is nothing, or it was written under another one."""
    try:
        written = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    same = isinstance(written, dict) and written.get("stamp") == stamp
    return dict(written["data"]) if same else None


def _stamp(path: Path, stamp: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(".new")
    waiting.write_text(json.dumps({"stamp": stamp, "data": data}, ensure_ascii=False), "utf-8")
    waiting.replace(path)
