"""How two values are compared: for each kind of comparison its levels, best first, as SQL of DuckDB.

Chinese names are compared by character and position, by surname and by sound. DuckDB's distances of texts count bytes, of
which a Chinese character has three or four, so they are used on digits and Latin letters only.

``m`` is how often a true pair agrees at that level, ``u`` how often two different people do. They are what the weights
are before training, and remain where the data say nothing. ``fixed`` levels keep their ``u``: among pairs drawn at
random those that agree on an id number are true pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

_AGREE = "{c}_l = {c}_r"
_UNKNOWN = "{c}_l IS NULL OR {c}_r IS NULL"
_NEAR = (
    "CASE WHEN id_tail_l = id_tail_r OR substr(id_l, 1, 13) = substr(id_r, 1, 13)"
    " THEN damerau_levenshtein(id_l, id_r) = 1 ELSE false END"
)
"""The distance is worked out where the ends or the beginnings agree: DuckDB works out both sides of an AND for every pair."""


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison. ``frequency`` is the column whose rare values weigh more when they agree."""

    name: str
    zh: str
    en: str
    sql: str
    m: float = 0.0
    u: float = 0.0
    fixed: bool = False
    frequency: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, with its levels from the best down to ``else``; ``unknown`` holds where a side is empty."""

    name: str
    kind: str
    column: str
    zh: str
    en: str
    unknown: str
    levels: tuple[Level, ...]

    def names(self) -> tuple[str, ...]:
        """The names of all levels, with ``unknown``."""
        return (*(level.name for level in self.levels), "unknown")

    def level(self, value: int) -> Level | None:
        """The level that the value of a comparison means; None for unknown."""
        return None if value < 0 else self.levels[len(self.levels) - 1 - value]

    def value_of(self, name: str) -> int:
        """The value of a level: -1 for unknown, 0 for the last."""
        names = [level.name for level in self.levels]
        return -1 if name == "unknown" else len(names) - 1 - names.index(name)


def _id_number(column: str, options: Mapping[str, str]) -> tuple[str, tuple[Level, ...]]:
    return "coalesce(id_l, id_known_l) IS NULL OR coalesce(id_r, id_known_r) IS NULL", (
        Level("exact", "号码相同且校验位正确", "same, check digit right",
              "id_l = id_r AND id_verified_l AND id_verified_r", 0.68, 1e-8, True),
        Level("exact_unverified", "号码相同但校验位不对", "same, check digit wrong", "id_l = id_r", 0.005, 1e-8, True),
        Level("near", "错一位或相邻两位颠倒", "one digit wrong or two swapped",
              f"CASE WHEN NOT (id_verified_l AND id_verified_r) THEN {_NEAR} ELSE false END", 0.13, 1e-8, True),
        Level("known", "前15位相同，其余丢失", "first 15 digits same, the rest lost",
              "(id_l IS NULL OR id_r IS NULL) AND id_known_l = id_known_r", 0.06, 1e-7, True),
        Level("differs_unverified", "号码不同，其中一个有错", "differs, one of them is wrong",
              "NOT (id_verified_l AND id_verified_r)", 0.12, 0.25),
        Level("differs", "两个号码都正确但不同", "both right, and differ", "ELSE", 0.005, 0.75),
    )  # fmt: skip


def _surname_sound() -> str:
    pairs = [f"surname_sound{left}_l = surname_sound{right}_r" for left in ("", "_2") for right in ("", "_2")]
    return f"({' OR '.join(pairs)})"


def _changed() -> str:
    """How many of the first twelve characters differ by position."""
    return " + ".join(
        f"(substr(variant_l, {place}, 1) <> substr(variant_r, {place}, 1))::INT" for place in range(1, 13)
    )


def _chinese_name(column: str, options: Mapping[str, str]) -> tuple[str, tuple[Level, ...]]:
    same_length = "length(variant_l) = length(variant_r)"
    sound = f"given_sound_l = given_sound_r AND {same_length} AND {_surname_sound()}"
    one = (
        "(substr(variant_l, 1, 1) = substr(variant_r, 1, 1) OR substr(variant_l, 2) = substr(variant_r, 2))"
        f" AND ({_changed()}) = 1 AND substr(variant_l, 13) = substr(variant_r, 13)"
    )
    shorter = (
        "surname_l = surname_r AND abs(length(variant_l) - length(variant_r)) = 1"
        " AND least(length(variant_l), length(variant_r)) >= 2 AND (contains(given_l, given_r) OR contains(given_r, given_l))"
    )
    return _UNKNOWN.format(c="name"), (
        Level("exact", "姓名相同", "same", "name_l = name_r", 0.93, 3e-5, frequency="name"),
        Level("variant", "异体或繁简字", "another form of a character", "variant_l = variant_r", 0.015, 1e-6),
        Level("one_sound", "一字不同，读音相同", "one character differs, sounds the same",
              f"{sound} AND {one}", 0.02, 2e-5),
        Level("lookalike", "形近字", "a lookalike character", "look_l = look_r", 0.008, 1e-6),
        Level("sound", "几个字不同，读音相同", "several characters differ, sounds the same", sound, 0.004, 2e-5),
        Level("speech", "读音相近", "sounds alike in careless speech",
              f"speech_l = speech_r AND {same_length}", 0.002, 4e-5),
        Level("one_character", "三字以上有一字不同", "one character of three or more differs",
              f"{same_length} AND length(variant_l) >= 3 AND {one}", 0.008, 3e-3),
        Level("shorter", "多一字或少一字", "one character more or less", shorter, 0.005, 4e-4),
        Level("surname", "只有姓相同或同音", "only the surname agrees, or its sound",
              f"surname_l = surname_r OR {_surname_sound()}", 0.004, 0.05),
        Level("differs", "姓名不同", "differs", "ELSE", 0.004, 0.947),
    )  # fmt: skip


def _birth_date(column: str, options: Mapping[str, str]) -> tuple[str, tuple[Level, ...]]:
    unknown = _UNKNOWN.format(c="born")
    if options.get("covered") == "id":
        unknown += f" OR coalesce(id_l = id_r OR id_known_l = id_known_r, false) OR {_NEAR}"
    swapped = "substr(born_l, 5, 2) = substr(born_r, 7, 2) AND substr(born_l, 7, 2) = substr(born_r, 5, 2)"
    return unknown, (
        Level("exact", "出生日期相同", "same", "born_l = born_r", 0.95, 4e-5),
        Level("swapped", "月日颠倒", "month and day swapped", f"born_year_l = born_year_r AND {swapped}", 0.006, 2e-5),
        Level("digit", "错一位", "one digit differs", "hamming(born_l, born_r) = 1", 0.02, 1.5e-3),
        Level("day", "月日相同，年份相近", "same month and day, near year",
              "born_day_l = born_day_r AND abs(born_year_l::INT - born_year_r::INT) <= 3", 0.004, 1e-4),
        Level("year", "只有年份相同", "only the year agrees", "born_year_l = born_year_r", 0.01, 0.014),
        Level("differs", "出生日期不同", "differs", "ELSE", 0.01, 0.984),
    )  # fmt: skip


def _sex(column: str, options: Mapping[str, str]) -> tuple[str, tuple[Level, ...]]:
    return _UNKNOWN.format(c="sex"), (
        Level("exact", "性别相同", "same", "sex_l = sex_r", 0.99, 0.5),
        Level("differs", "性别不同", "differs", "ELSE", 0.01, 0.5),
    )


def _place(column: str, options: Mapping[str, str]) -> tuple[str, tuple[Level, ...]]:
    part = "(ends_with({c}_l, {c}_r) OR ends_with({c}_r, {c}_l)) AND least(length({c}_l), length({c}_r)) >= 2"
    return _UNKNOWN.format(c=column), (
        Level("exact", "地点相同", "same", _AGREE.format(c=column), 0.85, 0.006, frequency=column),
        Level("part", "一个写得较短", "one is written shorter", part.format(c=column), 0.08, 0.002),
        Level("differs", "地点不同", "differs", "ELSE", 0.07, 0.992),
    )


def _latin_name(column: str, options: Mapping[str, str]) -> tuple[str, tuple[Level, ...]]:
    other = options.get("swapped_with")
    swapped = (Level("swapped", "名姓颠倒", "given name and surname swapped",
                     f"{column}_l = {other}_r OR {other}_l = {column}_r", 0.02, 1e-3),) if other else ()  # fmt: skip
    likeness = "jaro_winkler_similarity({c}_l, {c}_r) >= {least}"
    return _UNKNOWN.format(c=column), (
        Level(
            "exact", "相同", "same", _AGREE.format(c=column), 0.8 if other else 0.82, 5e-3, frequency=column
        ),
        Level("like", "很像", "very alike", likeness.format(c=column, least=0.92), 0.08, 1e-3),
        *swapped,
        Level("alike", "相像", "alike", likeness.format(c=column, least=0.8), 0.06, 1e-2),
        Level("differs", "不同", "differs", "ELSE", 0.04, 0.98),
    )


def _text(column: str, options: Mapping[str, str]) -> tuple[str, tuple[Level, ...]]:
    return _latin_name(column, {})


def _number(column: str, options: Mapping[str, str]) -> tuple[str, tuple[Level, ...]]:
    return _UNKNOWN.format(c=column), (
        Level("exact", "相同", "same", _AGREE.format(c=column), 0.85, 1e-3, frequency=options.get("frequency") and column),
        Level("near", "错一位或相邻两位颠倒", "one digit wrong or two swapped",
              f"damerau_levenshtein({column}_l, {column}_r) = 1", 0.1, 1e-3),
        Level("differs", "不同", "differs", "ELSE", 0.05, 0.998),
    )  # fmt: skip


KINDS: dict[str, Callable[[str, Mapping[str, str]], tuple[str, tuple[Level, ...]]]] = {
    "id_number": _id_number,
    "chinese_name": _chinese_name,
    "birth_date": _birth_date,
    "sex": _sex,
    "place": _place,
    "latin_name": _latin_name,
    "text": _text,
    "number": _number,
}


def comparison(name: str, kind: str, column: str, zh: str, en: str, options: Mapping[str, str]) -> Comparison:
    """A comparison of a kind. Options: ``covered`` (where the id number agrees, the birth date in it
    tells no more and counts as unknown), ``swapped_with`` (the column whose content may stand here), ``frequency``."""
    unknown, levels = KINDS[kind](column, options)
    return Comparison(name, kind, column, zh, en, unknown, levels)


def with_weights(found: Comparison, weights: Mapping[str, tuple[float, float]]) -> Comparison:
    """The comparison with other ``m`` and ``u`` by name of level."""
    levels = tuple(
        replace(level, m=weights[level.name][0], u=weights[level.name][1]) if level.name in weights else level
        for level in found.levels
    )
    return replace(found, levels=levels)
