"""The files of an import: kept in the database, sealed, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from doudi.web.imports.models import PURPOSE, Batch, Chunk, FileKind, owner
from doudi.web.registry.sensitive import open_sealed, seal

PIECE = 1024 * 1024
MOST = 50 * 1024 * 1024
"""The largest file that is taken, in bytes."""


def keep(batch: Batch, kind: FileKind, pieces: Iterable[bytes]) -> None:
    """Store a file in the place of an earlier one of its kind."""
    Chunk.objects.filter(batch=batch, kind=kind).delete()
    for place, piece in enumerate(pieces):
        sealed = seal(piece, PURPOSE, owner(batch.pk, kind, place))
        Chunk.objects.create(region_id=batch.region_id, batch=batch, kind=kind, place=place, sealed=sealed)


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """A file in pieces."""
    while piece := file.read(PIECE):
        yield piece


def opened(batch: Batch, kind: FileKind) -> Iterator[bytes]:
    """The pieces of a file, in their order.

    Raises:
        VaultError: one of them cannot be opened.
    """
    chunks = Chunk.objects.filter(batch=batch, kind=kind).order_by("place")
    for number, place in chunks.values_list("pk", "place"):
        sealed = Chunk.objects.values_list("sealed", flat=True).get(pk=number)
        yield open_sealed(sealed, PURPOSE, owner(batch.pk, kind, place))


def lay_down(batch: Batch, kind: FileKind, folder: Path) -> Path:
    """Write a file into a folder, for readers that need it on the disk."""
    path = folder / ("file" + Path(batch.name).suffix.lower())
    with path.open("wb") as file:
        for piece in opened(batch, kind):
            file.write(piece)
    return path
