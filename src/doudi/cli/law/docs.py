"""``doudi law docs``: the catalogue that a lawyer reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking
from doudi.rules.errors import DoudiError
from doudi.rules.files import foreign, put_text

FOLDER = Path("docs/law")


@click.command()
@click.option(
    "-o", "--out", type=FILE, default=FOLDER, show_default=True, metavar="FOLDER", help="写到何处 where to"
)
@speaking
def docs(out: Path, language: str, as_json: bool) -> None:
    """写出供法律人员审阅的目录：每条规则一句话、条文、参数的各地各时期数值、案例。

    Writes the catalogue: each rule in a sentence, its article, what it asks for, its parameters by region and date
    with references, its cases; an index by article; a page for each region. The same law gives the same pages.

    \b
    示例 Example:
      doudi law docs -o docs/law
    """
    from doudi.assessment.law_pages import MARK, writers
    from doudi.cli.output import print_json, watched

    to_write = writers()
    with watched(to_write.items(), say(language, "写目录", "writing"), len(to_write)) as waiting:
        pages = {name: write() for name, write in waiting}
    removed = write_pages(pages, out, MARK)
    if as_json:
        print_json({"folder": str(out), "pages": sorted(pages), "removed": removed})
    else:
        gone = say(language, f"，删去 {len(removed)} 页", f", {len(removed)} removed") if removed else ""
        click.echo(say(language, f"{out}：{len(pages)} 页", f"{out}: {len(pages)} pages") + gone)


def write_pages(pages: Mapping[str, str], folder: Path, mark: str) -> list[str]:
    """Write the pages; earlier pages that begin with ``mark`` and no longer exist are removed and named.

    Raises:
        DoudiError: files without the mark lie where pages should; nothing is written.
        OSError: a page cannot be written.
    """
    others = [name for name in pages if (folder / name).exists() and not _is_ours(folder / name, mark)]
    if others:
        raise DoudiError([foreign(folder, others)])
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        put_text(path, text)
    old = [path for path in sorted(folder.rglob("*.md")) if path.relative_to(folder).as_posix() not in pages]
    stale = [path for path in old if _is_ours(path, mark)]
    for path in stale:
        path.unlink()
    return [path.relative_to(folder).as_posix() for path in stale]


def _is_ours(path: Path, mark: str) -> bool:
    """Whether it is a page that was written with this mark."""
    return path.is_file() and path.read_bytes().startswith(mark.encode())
