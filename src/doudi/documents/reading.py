"""Reading a document back from the plain data that ``Document.as_data`` gave, so that what was kept can be drawn again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from doudi.documents import model

_BLOCKS = {
    kind.__name__.lower(): kind
    for kind in (
        model.Heading, model.Paragraph, model.Points, model.Fields, model.Figures, model.Table, model.Notice,
        model.Signatures, model.Proof,
    )
}  # fmt: skip
_PARTS = {"figures": ("items", model.Figure), "signatures": ("places", model.Signature)}
_LISTS = {"points": "items", "proof": "modules"}


def from_data(data: Mapping[str, Any]) -> model.Document:
    """The document that plain data describe.

    Raises:
        KeyError: a kind of block that does not exist, or a part that is missing.
    """
    blocks = tuple(_block(dict(each)) for each in data["blocks"])
    known = {name: value for name, value in data.items() if name not in ("blocks", "made_on")}
    return model.Document(**known, made_on=date.fromisoformat(data["made_on"]), blocks=blocks)


def _block(data: dict[str, Any]) -> model.Block:
    kind = data.pop("kind")
    if kind == "table":
        data["columns"] = tuple(model.Column(**each) for each in data["columns"])
        data["rows"] = tuple(tuple(model.Cell(**cell) for cell in row) for row in data["rows"])
    elif kind in _PARTS:
        name, part = _PARTS[kind]
        data[name] = tuple(part(**each) for each in data[name])
    elif kind == "fields":
        data["pairs"] = tuple((label, value) for label, value in data["pairs"])
    elif kind in _LISTS:
        data[_LISTS[kind]] = tuple(data[_LISTS[kind]])
    found: model.Block = _BLOCKS[kind](**data)
    return found
