"""How often departments' files are wrong, and in what way. All shares stand here and nowhere else.

Slips of entry belong to a person in one department's database and come back in each of its rows; slips of sending belong
to a row of one file. A department's ``care`` (``forms.yaml``) multiplies them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from doudi.feeds.contract_model import Contract
from doudi.feeds.synthetic import slips
from doudi.feeds.synthetic.columns import ROLES
from doudi.feeds.synthetic.county import County

OLD_NUMBERS_UNTIL = 1966
"""Those born up to this year may still be filed under 15 digits."""
_UNREADABLE = "?"
_BASIC_PLANE = 0x9FFF


@dataclass(frozen=True)
class Noise:
    """Shares of 1. ``old_number`` is of those born early enough, ``rare_character`` of names that hold a rare one."""

    # Entry: each in a person's record of one department.
    one_digit: float = 0.006
    swapped: float = 0.003
    of_relative: float = 0.0008
    old_number: float = 0.06
    variant: float = 0.006
    homophone: float = 0.006
    lookalike: float = 0.004
    written_otherwise: float = 0.012
    rare_character: float = 0.5
    # Sending: each in a row of a file.
    missing: float = 0.004
    """The number is left out; twice as often where the contract does not ask for it."""
    lost_digits: float = 0.003
    spaces: float = 0.02
    full_width: float = 0.008
    twice: float = 0.002
    late: float = 0.02
    """The row comes with a later file."""
    wrong_amount: float = 0.002
    """Mended by a file of corrections."""
    wrong_death: float = 0.006
    """Of deaths: another of the household is struck off; withdrawn later."""
    by_mistake: float = 0.0015
    """A record that should not be there, withdrawn by a file of corrections."""


NOISE = Noise()
NONE = Noise(*[0.0] * len(Noise.__dataclass_fields__))
"""Files without fault, in their various forms."""

_NUMBERS: Mapping[str, Callable[[str, np.random.Generator], str]] = {
    "one_digit": slips.one_digit_wrong,
    "swapped": slips.neighbours_swapped,
    "old_number": lambda number, _: slips.fifteen_digits(number),
}
_NAMES: Mapping[str, Callable[[str, np.random.Generator], str]] = {
    "variant": lambda name, rng: slips.characters_replaced(name, slips.VARIANTS, rng),
    "homophone": lambda name, rng: slips.characters_replaced(name, slips.HOMOPHONES, rng, first=1),
    "lookalike": lambda name, rng: slips.characters_replaced(name, slips.LOOKALIKES, rng, first=1),
    "written_otherwise": lambda name, _: slips.spaced(name),
}


def entered(county: County, feed: str, rows: pl.DataFrame, noise: Noise, care: float) -> pl.DataFrame:
    """The rows with numbers and names of their people as the department holds them.

    Adds for each role of the rows the number and the name, ``true_<role>`` (the number as it is), and ``noise_<role>``,
    kinds of noise joined by +, empty where there is none.
    """
    for role, name in ROLES.items():
        if f"who_{role}" in rows.columns:
            rows = _entered(county, feed, rows, role, name, noise, care)
    return rows


def _entered(
    county: County, feed: str, rows: pl.DataFrame, role: str, name: str, noise: Noise, care: float
) -> pl.DataFrame:
    who = rows[f"who_{role}"].drop_nulls().unique().sort()
    people = pl.DataFrame({"_who": who}).join(
        county.persons.select(_who="person_id", _number="id_number", _name="name", _born="born"), on="_who",
        how="left", maintain_order="left",
    ).with_columns(_true="_number")  # fmt: skip
    topic = f"{feed} {role}"
    numbers, number_kinds = _changed_numbers(county, topic, people, noise, care)
    names, name_kinds = _changed_names(county, topic, people, noise, care)
    kinds = [
        f"{first}+{then}" if first and then else first or then
        for first, then in zip(number_kinds, name_kinds, strict=True)
    ]
    people = people.with_columns(
        pl.Series("_number", numbers, dtype=pl.String), pl.Series("_name", names, dtype=pl.String),
        pl.Series(f"noise_{role}", kinds, dtype=pl.String),
    )  # fmt: skip
    rows = rows.join(
        people.drop("_born"), left_on=f"who_{role}", right_on="_who", how="left", maintain_order="left"
    )
    given = [pl.col(name)] if name in rows.columns else []
    return rows.with_columns(
        pl.col("_number").alias(role), pl.coalesce("_name", *given).alias(name), pl.col("_true").alias(f"true_{role}"),
        pl.col(f"noise_{role}").fill_null(""),
    ).drop("_number", "_name", "_true")  # fmt: skip


def _changed_numbers(
    county: County, topic: str, people: pl.DataFrame, noise: Noise, care: float
) -> tuple[list[str], list[str]]:
    numbers = people["_number"].to_list()
    kinds = [""] * len(numbers)
    shares = {kind: getattr(noise, kind) * care for kind in ("one_digit", "swapped", "of_relative")}
    chance, chance_old = county.chances(people["_who"], f"{topic} number", f"{topic} old number")
    drawn = _drawn(chance, shares)
    old = chance_old < min(1.0, noise.old_number * care)
    early = (people["_born"].dt.year() <= OLD_NUMBERS_UNTIL).to_numpy()
    drawn |= {int(place): "old_number" for place in np.flatnonzero(old & early) if place not in drawn}
    persons = people["_who"].gather(sorted(drawn)).to_list()
    relatives = _relatives(county, [drawn[place] for place in sorted(drawn)], persons)
    for (place, kind), person in zip(sorted(drawn.items()), persons, strict=True):
        number = numbers[place]
        rng = county.stream(f"{topic} number of {person}")
        changed = relatives.get(person, number) if kind == "of_relative" else _NUMBERS[kind](number, rng)
        if changed != numbers[place]:
            numbers[place], kinds[place] = changed, kind
    return numbers, kinds


def _relatives(county: County, kinds: list[str], persons: list[str]) -> dict[str, str]:
    """The number of another of the household of those who are filed under it."""
    who = pl.Series(
        [person for person, kind in zip(persons, kinds, strict=True) if kind == "of_relative"],
        dtype=pl.String,
    )
    if not len(who):
        return {}
    found = county.others.filter(pl.col("person_id").is_in(who.implode()))
    return dict(found.select("person_id", "other_number").iter_rows())


def _changed_names(
    county: County, topic: str, people: pl.DataFrame, noise: Noise, care: float
) -> tuple[list[str], list[str]]:
    names = people["_name"].to_list()
    kinds = [""] * len(names)
    chance, chance_rare = county.chances(people["_who"], f"{topic} name", f"{topic} rare character")
    drawn = _drawn(chance, {kind: getattr(noise, kind) * care for kind in _NAMES})
    for place, kind in sorted(drawn.items()):
        rng = county.stream(f"{topic} name of {people['_who'][place]}")
        changed = _NAMES[kind](names[place], rng)
        if changed != names[place]:
            names[place], kinds[place] = changed, kind
    lost = chance_rare < min(1.0, noise.rare_character * care)
    for place in np.flatnonzero(lost).tolist():
        changed = "".join(_UNREADABLE if ord(each) > _BASIC_PLANE else each for each in names[place])
        if changed != names[place]:
            names[place], kinds[place] = changed, "rare_character"
    return names, kinds


def _drawn(chance: np.ndarray, shares: Mapping[str, float]) -> dict[int, str]:
    """The places at which something happens, and what."""
    kinds = list(shares)
    place = np.searchsorted(np.cumsum(list(shares.values())), chance, side="right")
    return {int(row): kinds[place[row]] for row in np.flatnonzero(place < len(kinds))}


def sent(
    contract: Contract, rows: pl.DataFrame, noise: Noise, care: float, rng: np.random.Generator
) -> pl.DataFrame:
    """The rows of one file with the slips of sending.

    ``noise`` tells what befell the whole row. Adds ``refused`` (the row must be set aside), ``spaced``, ``wide`` and ``lost_<role>``
    (how cells are written), ``cut_<role>`` (a slip made it look as if digits were lost); a row sent twice follows itself.
    """
    height = rows.height
    rows = rows.with_columns(refused=pl.lit(False))
    for role in ROLES:
        if role in rows.columns:
            rows = _roles_sent(contract, rows, role, noise, care, rng)
    marks = {
        "spaced": ("spaces", rng.random(height) < noise.spaces * care),
        "wide": ("full_width", rng.random(height) < noise.full_width * care),
    }
    for column, (kind, hit) in marks.items():
        rows = rows.with_columns(pl.Series(column, hit)).with_columns(noted("noise", kind, pl.col(column)))
    twice = rng.random(height) < noise.twice * care
    if not twice.any():
        return rows
    places = np.repeat(np.arange(height), 1 + twice)
    again = np.append(False, places[1:] == places[:-1])
    return rows[places].with_columns(noted("noise", "twice", pl.lit(pl.Series(again))))


def _roles_sent(
    contract: Contract, rows: pl.DataFrame, role: str, noise: Noise, care: float, rng: np.random.Generator
) -> pl.DataFrame:
    """Numbers left out, and numbers whose digits a spreadsheet lost."""
    field = contract.fields[role]
    share = noise.missing * care * (1 if field.required else 2)
    missing = pl.Series(rng.random(rows.height) < share) & rows[role].is_not_null()
    lost = pl.Series(rng.random(rows.height) < noise.lost_digits * care) & rows[role].is_not_null() & ~missing
    lost = lost & (rows[role].str.len_chars() == 18)
    empty = pl.when(missing).then(None).otherwise(pl.col(role))
    rows = rows.with_columns(empty.alias(role), lost.alias(f"lost_{role}"), missing.alias("_missing"))
    cut = pl.col(role).str.ends_with("000") & pl.col(f"noise_{role}").str.contains("one_digit|swapped")
    rows = rows.with_columns(cut.fill_null(False).alias(f"cut_{role}"))
    unreadable = pl.col(f"lost_{role}") | pl.col(f"cut_{role}")
    refused = unreadable if field.wrong == "reject" else pl.lit(False)
    if field.required:
        refused = refused | pl.col(role).is_null()
    return (
        rows.with_columns(pl.col("refused") | refused, noted(f"noise_{role}", "missing", pl.col("_missing")))
        .with_columns(noted(f"noise_{role}", "lost_digits", pl.col(f"lost_{role}")))
        .drop("_missing")
    )


def noted(column: str, kind: str, where: pl.Expr) -> pl.Expr:
    """The kinds in ``column`` with one more where it holds."""
    told = pl.col(column)
    more = pl.when(told == "").then(pl.lit(kind)).otherwise(told + f"+{kind}")
    return pl.when(where).then(more).otherwise(told).alias(column)
