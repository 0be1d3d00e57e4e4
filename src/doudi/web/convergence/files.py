"""The files of a pair: kept in the database, sealed, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from doudi.web.convergence.models.pair import FILES, Pair, Piece
from doudi.web.registry.sensitive import open_sealed, seal


def keep(pair: Pair, file: str, pieces: Iterable[bytes]) -> None:
    """Store a file in the place of an earlier one of its name."""
    pair.pieces.filter(file=file).delete()
    for place, piece in enumerate(pieces):
        sealed = seal(piece, FILES, _owner(pair, file, place))
        Piece.objects.create(region_id=pair.region_id, pair=pair, file=file, place=place, sealed=sealed)


def content(pair: Pair, file: str) -> bytes:
    """A file; empty if it is not there.

    Raises:
        VaultError: a part cannot be opened.
    """
    rows = pair.pieces.filter(file=file).order_by("place").values_list("place", "sealed")
    return b"".join(open_sealed(sealed, FILES, _owner(pair, file, place)) for place, sealed in rows)


def lay_down(pair: Pair, folder: Path) -> tuple[Path, Path]:
    """Both files in a folder under the names that they came with, each in a folder of its own.

    Raises:
        VaultError: a part cannot be opened.
    """
    listed, base = (
        _laid(content(pair, file), folder / file / name)
        for file, name in (("listed", pair.listed_name), ("base", pair.base_name))
    )
    return listed, base


def _laid(data: bytes, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _owner(pair: Pair, file: str, place: int) -> str:
    return f"{pair.pk}/{file}/{place}"
