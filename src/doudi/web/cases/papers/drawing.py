"""Documents as they are shown and printed: their content as it was kept, with the picture of the address at which each can be verified."""

from __future__ import annotations

from dataclasses import replace

import segno

from doudi.documents import Block, Document, Proof, from_data
from doudi.web.cases.models import Paper


def drawn(paper: Paper) -> Document:
    """An issued document, complete. Its picture follows from the address kept in it, and is the same whenever it is made.

    Raises:
        VaultError: its content cannot be opened.
    """
    kept = from_data(paper.content())
    return replace(kept, blocks=tuple(_pictured(block) for block in kept.blocks))


def _pictured(block: Block) -> Block:
    if not isinstance(block, Proof) or block.modules or not block.address:
        return block
    rows = segno.make(block.address, error="m").matrix
    return replace(block, modules=tuple("".join("1" if dark else "0" for dark in row) for row in rows))
