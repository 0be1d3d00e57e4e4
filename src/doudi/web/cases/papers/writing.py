"""Fields of documents: who writes them, and how they are laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from doudi.documents import Block, Fields, Heading, Paragraph
from doudi.web.cases.papers.draft import Draft

_SHORT = 22
"""Characters up to which two values stand beside each other."""
UNKNOWN = "（未填写）"


@dataclass(frozen=True, slots=True)
class Line:
    """A label and a value."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a title of its own."""

    title: str
    blocks: tuple[Block, ...]


Written = Line | Part
Writer = Callable[[Draft], Written]
W = TypeVar("W", bound=Writer)
_writers: dict[tuple[str, str], Writer] = {}


def writes(field: str, *kinds: str) -> Callable[[W], W]:
    """Register the function that writes a field, in every document or in some kinds only."""

    def add(writer: W) -> W:
        for kind in kinds or ("",):
            _writers[kind, field] = writer
        return writer

    return add


def writer_of(kind: str, field: str) -> Writer | None:
    """The function that writes a field of a kind of document; None if nobody does."""
    return _writers.get((kind, field)) or _writers.get(("", field))


def written(draft: Draft) -> list[Written]:
    """The fields of a document, in the order of its form.

    Raises:
        KeyError: nobody writes one of them.
    """
    found = []
    for field in draft.form.fields:
        writer = writer_of(draft.form.name, field)
        if writer is None:
            raise KeyError(f"{draft.form.name}.{field}")
        found.append(writer(draft))
    return found


def laid_out(fields: list[Written]) -> Iterator[Block]:
    """Lines that follow each other as one table, the short ones first; parts under their titles."""
    for is_line, group in groupby(fields, key=lambda each: isinstance(each, Line)):
        if is_line:
            yield from _table([each for each in group if isinstance(each, Line)])
        else:
            for part in group:
                assert isinstance(part, Part)
                yield Heading(part.title)
                yield from part.blocks


def _table(lines: list[Line]) -> Iterator[Block]:
    pairs = [(line.label, line.text or UNKNOWN) for line in lines]
    short = tuple(pair for pair in pairs if len(pair[1]) <= _SHORT)
    long = tuple(pair for pair in pairs if len(pair[1]) > _SHORT)
    if short:
        yield Fields(short, 2 if len(short) > 1 else 1)
    if long:
        yield Fields(long, 1)


def text_part(title: str, text: str) -> Part:
    """A part of paragraphs, one for each line of a text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [UNKNOWN]
    return Part(title, tuple(Paragraph(line) for line in lines))
