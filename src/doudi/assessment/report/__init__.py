"""The report of a register: one HTML file that needs nothing else, for the screen and for paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from doudi.assessment.report.content import content
from doudi.rules.files import put_text

if TYPE_CHECKING:
    from doudi.assessment.run import RunResult

FOLDER = Path(__file__).parent


def write_report(result: RunResult, path: Path) -> Path:
    """Write the report of a register to ``path`` and return it. Nobody's name or id is in it."""
    put_text(path, render(result))
    return path


def render(result: RunResult) -> str:
    """The report as HTML."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(count=_count, yuan=_yuan, percent=_percent)
    told = content(result)
    return environment.get_template("template.html").render(
        told,
        data=embedded(told["charts"]),
        style=_verbatim("report.css"),
        scripts=[_verbatim(name) for name in ("echarts.common.min.js", "charts.js")],
    )


def embedded(data: Any) -> Markup:
    """Plain data as JSON that may stand inside a script element, whatever texts it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _verbatim(name: str) -> Markup:
    return Markup((FOLDER / name).read_text(encoding="utf-8"))


def _count(value: int) -> str:
    return f"{value:,}"


def _yuan(value: float) -> str:
    return f"{value:,.2f}"


def _percent(value: float) -> str:
    return f"{value * 100:.2f}%"
