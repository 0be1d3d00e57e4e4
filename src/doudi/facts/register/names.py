"""Ids as the rows of a table name them: those of the rows themselves, and those that lead to rows of other tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.ids import Index
from doudi.facts.register.sources import Source
from doudi.facts.vocabulary import Fact

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Names:
    """What each row names: in ``rows`` its text, or where that stands among the ``entries``; null if it names nothing.

    Where there are entries, a text that many rows name is looked for but once.
    """

    rows: pl.Series
    entries: pl.Series | None = None

    def texts(self) -> pl.Series:
        """The text of each row."""
        return self.rows if self.entries is None else self.entries.gather(self.rows.cast(pl.UInt32))

    def places(self, index: Index) -> Places:
        """Where in the index stands what each row names; −1 where nothing does."""
        if self.entries is None:
            return index.places(self.rows)
        found = np.append(index.places(self.entries), -1)
        return found.take(self.rows.fill_null(len(self.entries)).to_numpy())


def read_names(source: Source, headings: Mapping[str, str]) -> dict[str, Names]:
    """The ids and links of a table, by column."""
    facts = source.entity.facts
    wanted = {column: heading for column, heading in headings.items() if facts[column].kind in ("id", "link")}
    by_entries = {
        column: names
        for column, heading in wanted.items()
        if (names := _by_entries(source, facts[column], heading)) is not None
    }
    left = {column: heading for column, heading in wanted.items() if column not in by_entries}
    values = [texts_given(source, column, heading) for column, heading in left.items()]
    frame = source.raw.select(left.values()).collect().rechunk().select(values) if left else pl.DataFrame()
    return {column: by_entries.get(column) or Names(frame[column]) for column in wanted}


def texts_given(source: Source, column: str, heading: str) -> pl.Expr:
    """The texts of a column; null where one is empty."""
    value = pl.col(heading).cast(pl.String)
    value = value if source.form == "parquet" else value.str.strip_chars()
    return pl.when(value != "").then(value).alias(column)


def _by_entries(source: Source, fact: Fact, heading: str) -> Names | None:
    """A link whose different texts the file has apart; an id stands but once."""
    if source.pages is None or fact.kind != "link":
        return None
    dictionary = source.pages.dictionary(heading)
    if dictionary is None or dictionary.entries.dtype != pl.String or (dictionary.entries == "").any():
        return None
    numbers = np.arange(len(dictionary.entries), dtype=np.int32)
    rows = source.pages.scan([dictionary.replaced(numbers)]).collect().to_series()
    return Names(rows.rechunk(), dictionary.entries)
