"""Small charts as SVG text that needs nothing else: bars side by side, a pyramid, lines over months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

COLOURS = ("#1f5fa8", "#c65d21", "#3c8a5a", "#8a5aa8", "#6b6b6b")
_WIDTH, _HEIGHT = 640, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 12, 34
_GRID = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A series of a chart: its name and one value for each place on the axis."""

    name: str
    values: Sequence[float]


def bars(places: Sequence[str], rows: Sequence[Row], unit: str = "") -> str:
    """Bars of each series side by side at each place."""
    top = max((value for row in rows for value in row.values), default=0) or 1
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(places))
    width = step * 0.8 / max(1, len(rows))
    parts = [_axes(top, unit), _labels(places, step)]
    for number, row in enumerate(rows):
        for place, value in enumerate(row.values):
            x = _LEFT + place * step + step * 0.1 + number * width
            y = _y(value, top)
            title = f"{places[place]} · {row.name}：{value:,.1f}{unit}"
            parts.append(_rect(x, y, width, _HEIGHT - _BOTTOM - y, COLOURS[number], title))
    return _svg(parts, rows)


def pyramid(places: Sequence[str], left: Row, right: Row) -> str:
    """Two series back to back, one bar for each place from below upwards; values in percent."""
    top = max([*left.values, *right.values, 0.1])
    half = (_WIDTH - 2 * _LEFT) / 2
    step = (_HEIGHT - _TOP - _BOTTOM) / max(1, len(places))
    middle = _WIDTH / 2
    parts = []
    for place, name in enumerate(places):
        y = _HEIGHT - _BOTTOM - (place + 1) * step
        for number, (row, side) in enumerate(((left, -1), (right, 1))):
            length = row.values[place] / top * (half - 22)
            x = middle + side * 22 - (length if side < 0 else 0)
            parts.append(
                _rect(
                    x,
                    y + 1,
                    length,
                    step - 2,
                    COLOURS[number],
                    f"{name} · {row.name}：{row.values[place]:.2f}%",
                )
            )
        parts.append(_text(middle, y + step / 2 + 3.5, name, "middle"))
    parts.append(_text(middle, _HEIGHT - 14, "%", "middle"))
    return _svg(parts, (left, right))


def lines(places: Sequence[str], rows: Sequence[Row]) -> str:
    """A line for each series over the places."""
    top = max((value for row in rows for value in row.values), default=0) or 1
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(places))
    parts = [_axes(top, ""), _labels(places, step)]
    for number, row in enumerate(rows):
        points = " ".join(
            f"{_LEFT + (place + 0.5) * step:.1f},{_y(value, top):.1f}"
            for place, value in enumerate(row.values)
        )
        dash = ("", "6 3", "2 3", "9 3 2 3", "1 2")[number]
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{COLOURS[number]}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
    return _svg(parts, rows)


def gauge(low: float, high: float, aim: float, found: float) -> str:
    """Where a figure lies: the tolerated range as a band, the aim as a line, what was found as a dot."""
    spread = max(high - low, 1e-9)
    reach = max(spread, abs(found - aim) * 1.1)

    def x(value: float) -> float:
        return 90 + (value - aim) / reach * 85

    colour = COLOURS[2] if low <= found <= high else COLOURS[1]
    return (
        '<svg class="gauge" viewBox="0 0 180 16" role="img" aria-hidden="true">'
        f'<rect x="{x(low):.1f}" y="3" width="{x(high) - x(low):.1f}" height="10" fill="#dfe6ee"/>'
        f'<line x1="90" x2="90" y1="1" y2="15" stroke="#6b6b6b"/>'
        f'<circle cx="{x(found):.1f}" cy="8" r="4" fill="{colour}"/></svg>'
    )


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM)


def _axes(top: float, unit: str) -> str:
    parts = []
    for number in range(_GRID + 1):
        value = top * number / _GRID
        y = _y(value, top)
        parts.append(
            f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d9d9d9"/>'
        )
        shown = f"{value:,.0f}" if top >= _GRID else f"{value:.1f}"
        parts.append(_text(_LEFT - 6, y + 4, shown + unit, "end"))
    return "".join(parts)


def _labels(places: Sequence[str], step: float) -> str:
    every = max(1, round(len(places) / 13))
    return "".join(
        _text(_LEFT + (place + 0.5) * step, _HEIGHT - 14, name, "middle")
        for place, name in enumerate(places)
        if place % every == 0
    )


def _rect(x: float, y: float, width: float, height: float, colour: str, title: str) -> str:
    shape = f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0, width):.1f}" height="{max(0, height):.1f}" fill="{colour}">'
    return f"{shape}<title>{escape(title)}</title></rect>"


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(parts: Sequence[str], rows: Sequence[Row]) -> str:
    legend = "".join(
        f'<span><i style="background:{COLOURS[number]}"></i>{escape(row.name)}</span>'
        for number, row in enumerate(rows)
    )
    drawn = "".join(parts)
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">{drawn}</svg><p class="legend">{legend}</p>'
