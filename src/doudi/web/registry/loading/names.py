"""Names as they are looked for: the name itself, and its first letters."""

from __future__ import annotations

import polars as pl

from doudi.linkage.names import with_names

LETTERS = 20


def with_keys(people: pl.DataFrame) -> pl.DataFrame:
    """Add ``name_key``, ``initials`` and ``initials_2`` (where the surname has a second reading with another letter)."""
    names = people.select("name").unique().drop_nulls()
    taken = with_names(names.with_columns(written="name"), "written")
    first = _letters(pl.concat_str("surname_sound", "given_sound", separator=" ", ignore_nulls=True))
    second = _letters(pl.concat_str("surname_sound_2", "given_sound", separator=" ", ignore_nulls=True))
    keys = names.with_columns(written="name").join(
        taken.select("written", name_key="name", initials=first, initials_2=second), on="written", how="left"
    )
    other = pl.when(pl.col("initials_2") != pl.col("initials")).then("initials_2").otherwise(pl.lit(""))
    keys = keys.with_columns(initials_2=other).drop("written")
    return people.join(keys, on="name", how="left", maintain_order="left").with_columns(
        pl.col("name_key", "initials", "initials_2").fill_null("")
    )


def _letters(sound: pl.Expr) -> pl.Expr:
    """The first letter of each syllable; a character without a reading gives none."""
    syllables = sound.str.split(" ").list.eval(pl.element().str.head(1).str.to_lowercase())
    letters = syllables.list.eval(pl.element().filter(pl.element().str.contains("^[a-z]$")))
    return letters.list.join("").str.head(LETTERS)
