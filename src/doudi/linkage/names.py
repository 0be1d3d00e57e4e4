"""Names made comparable: separators, variant forms, surname and given name, sound, sound as careless speech has it."""

from __future__ import annotations

import polars as pl

from doudi.linkage.characters import readings, replacements, surnames

SEPARATOR = "·"
_SEPARATORS = r"[•‧・･∙⋅●。\.．·]"
_SPEECH = {"^zh": "z", "^ch": "c", "^sh": "s", "ng$": "n", "^l": "n", "^h": "f"}
"""Sounds that many dialects do not tell apart."""


def with_names(table: pl.DataFrame, column: str = "name") -> pl.DataFrame:
    """Add what is compared of the name in ``column``; each different name is taken apart once.

    - ``name``: without spaces, one form of the separator, which then does not count; ``variant``: variant forms replaced;
      ``look``: lookalikes replaced as well;
    - ``surname``, ``given``: of the variant form; a name with a separator has its first part as surname;
    - ``surname_sound``, ``surname_sound_2``: its readings; ``given_sound``; ``sound``: both; ``speech``: as careless
      speech has it.
    """
    clean = (
        pl.col(column).cast(pl.String).str.normalize("NFKC").str.replace_all(r"[\s\u200b\ufeff]", "")
        .str.replace_all(_SEPARATORS, SEPARATOR).str.strip_chars(SEPARATOR).str.to_uppercase()
    )  # fmt: skip
    table = table.with_columns(_written=pl.when(clean.str.len_chars() > 0).then(clean))
    different = table.select("_written").unique().drop_nulls()
    return (
        table.drop("name", strict=False)
        .join(_taken_apart(different), on="_written", how="left")
        .drop("_written")
    )


def _taken_apart(names: pl.DataFrame) -> pl.DataFrame:
    plain = pl.col("_written").str.replace_all(SEPARATOR, "", literal=True)
    variant = pl.col("_written").str.replace_many(replacements("variants"))
    names = names.with_columns(name=plain, _variant=variant).with_columns(
        variant=pl.col("_variant").str.replace_all(SEPARATOR, "", literal=True),
        _reach=_surname_length(pl.col("_variant")),
    )
    names = names.with_columns(
        look=pl.col("variant").str.replace_many(replacements("lookalikes")),
        surname=pl.col("variant").str.slice(0, pl.col("_reach")),
        given=pl.col("variant").str.slice(pl.col("_reach")),
    )
    names = _with_sounds(names)
    sound = pl.col("surname_sound") + " " + pl.col("given_sound")
    speech = sound.str.split(" ").list.eval(_spoken(pl.element())).list.join(" ")
    return names.with_columns(sound=sound, speech=speech).drop("_variant", "_reach")


def _surname_length(name: pl.Expr) -> pl.Expr:
    """Two for compound surnames, the first part where a separator stands, else one."""
    compound = name.str.head(2).is_in(sorted(surnames().compound)) & (name.str.len_chars() > 2)
    parts = name.str.split(SEPARATOR).list
    return (
        pl.when(name.str.contains(SEPARATOR, literal=True))
        .then(parts.first().str.len_chars())
        .when(compound)
        .then(2)
        .otherwise(1)
    )


def _with_sounds(names: pl.DataFrame) -> pl.DataFrame:
    characters = (
        names.select(pl.col("variant").str.split("").explode().unique().drop_nulls()).to_series().to_list()
    )
    usual = readings([character for character in characters if character])
    special = surnames().readings

    def sound(column: str) -> pl.Expr:
        read = pl.element().replace(list(usual), list(usual.values())) if usual else pl.element()
        return pl.col(column).str.split("").list.eval(read).list.join(" ")

    first = {name: found[0] for name, found in special.items()}
    second = {name: found[-1] for name, found in special.items()}
    return names.with_columns(surname_sound=sound("surname"), given_sound=sound("given")).with_columns(
        surname_sound_2=pl.col("surname").replace_strict(second, default=pl.col("surname_sound")),
        surname_sound=pl.col("surname").replace_strict(first, default=pl.col("surname_sound")),
    )


def _spoken(reading: pl.Expr) -> pl.Expr:
    for pattern, spoken in _SPEECH.items():
        reading = reading.str.replace(pattern, spoken)
    return reading
