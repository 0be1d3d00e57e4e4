"""``doudi facts``: the vocabulary of facts."""

from __future__ import annotations

from pathlib import Path

import click

from doudi.cli.lazy import LazyGroup
from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

PAGE = Path("docs/facts.md")
COMMANDS = {"docs": ("doudi.cli.facts:docs", "写出事实词汇页 Write the page of facts.")}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def facts() -> None:
    """事实词汇：家庭文件和登记册用的名称、单位、代码。

    The vocabulary of facts: names, units and codes of household files and registers.

    \b
    示例 Example:
      doudi facts docs
    """


@click.command()
@click.option(
    "-o", "--out", type=FILE, default=PAGE, show_default=True, metavar="FILE", help="写到何处 where to"
)
@speaking
def docs(out: Path, language: str, as_json: bool) -> None:
    """写出事实词汇页：每项事实的含义、单位、允许值、不写时的含义和用到它的规则。

    Writes the page of facts: what each means, its unit, its allowed values, what its absence means, and the rules
    that need it.

    \b
    示例 Example:
      doudi facts docs -o docs/facts.md
    """
    from doudi.cli.output import print_json

    text = page()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, "utf-8", newline="\n")
    if as_json:
        print_json({"file": str(out), "lines": text.count("\n")})
    else:
        click.echo(say(language, f"已写出 {out}", f"written: {out}"))


def page() -> str:
    """The page of facts with the rules that need each fact."""
    from doudi.assessment.catalogue import catalogue
    from doudi.facts.docs import facts_page
    from doudi.programmes.law import readers

    needed = dict(catalogue().readers)
    for name, rules in readers().items():
        needed[name] = (*needed.get(name, ()), *rules)
    return facts_page(needed)
