"""What a document consists of. Every text is plain: no markup enters here, so none can be injected."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Tone = Literal["plain", "good", "attention", "open", "faint", "strong"]
"""``good``: nothing to do; ``attention``: look at this; ``open``: not known yet; ``faint``: beside the point; ``strong``."""

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; ``level`` 1 or 2."""

    text: str
    level: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Points:
    """A list, with numbers if ``ordered``; ``lead`` is the line before it, which stays with it."""

    items: tuple[str, ...]
    ordered: bool = False
    lead: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values, in ``columns`` beside each other."""

    pairs: tuple[tuple[str, str], ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that counts, under its label."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers beside each other."""

    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its share of the width, how its cells stand."""

    title: str
    share: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``badge`` sets its text off, ``note`` stands small below."""

    text: str
    tone: Tone = "plain"
    note: str = ""
    badge: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Its heading is repeated on every page; a row is never broken. The last ``totals`` rows are sums. A row of a
    single cell is a subheading, which stays with the rows after it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    totals: int = 0

    def __post_init__(self) -> None:
        if any(len(row) not in (1, len(self.columns)) for row in self.rows):
            raise ValueError("a row has one cell, or as many as the table has columns")


@dataclass(frozen=True, slots=True)
class Notice:
    """A framed text that nobody may overlook."""

    title: str
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: who signs, and the name where it is known."""

    label: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, beside each other."""

    places: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """How anybody can verify the document, at the foot of its last page: ``code`` is typed at ``address``.

    ``modules`` are the rows of a square picture of that address, "1" for dark; without them there is no picture.
    """

    label: str
    code: str
    text: str
    address: str = ""
    modules: tuple[str, ...] = ()


Block = Heading | Paragraph | Points | Fields | Figures | Table | Notice | Signatures | Proof


@dataclass(frozen=True, slots=True)
class Document:
    """A document: who issues it, what it is, its number and date, what stands in it, and a line at the foot of each page."""

    language: Literal["zh", "en"]
    title: str
    issuer: str
    number: str
    made_on: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    footer: str = ""

    def as_data(self) -> dict[str, Any]:
        """The document as plain data for the templates; each block names its ``kind``."""
        data = asdict(self)
        data["made_on"] = self.made_on.isoformat()
        data["blocks"] = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in self.blocks]
        return data
