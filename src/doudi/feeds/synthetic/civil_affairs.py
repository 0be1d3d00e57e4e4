"""What civil affairs itself files: marriages, cremations, the roll of those in assistance, temporary aid."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from doudi.feeds.synthetic.county import County, later, within

_CREMATED = 0.68
_NOTICED_AFTER = timedelta(days=45)
PAID_WRONGLY = ("paid_dead", "paid_moved")
"""Kinds of planted households for which payment goes on by mistake."""
_OFFICE = "婚姻登记处"
_HOME = "县殡仪馆"


def marriages(county: County) -> pl.DataFrame:
    """Marriages and divorces, each once; a spouse from elsewhere has a name and no number."""
    spells = county.world["marriages"].sort("person_id", "since", nulls_last=False)
    spells = spells.join(
        county.persons.select("person_id", "sex"), on="person_id", how="left", maintain_order="left"
    )
    before = pl.col("spouse_id").shift(1).over("person_id")
    spells = spells.with_columns(
        other=pl.coalesce("spouse_id", pl.when(pl.col("marital") == "divorced").then(before))
    )
    events = spells.filter(pl.col("marital").is_in(["married", "divorced"]), pl.col("since").is_not_null())
    man = pl.col("sex") == "male"
    rows = events.with_columns(
        who_man_id=pl.when(man).then("person_id").otherwise("other"),
        who_woman_id=pl.when(man).then("other").otherwise("person_id"),
        event=pl.col("marital").replace_strict({"married": "marriage", "divorced": "divorce"}),
        registered_on="since", known_on="since", office=pl.lit(_OFFICE),
    ).unique(["event", "since", "who_man_id", "who_woman_id"], keep="first", maintain_order=True)  # fmt: skip
    letter = pl.when(pl.col("event") == "marriage").then(pl.lit("J")).otherwise(pl.lit("L"))
    number = letter + pl.col("since").dt.strftime("%Y%m%d") + county.number(rows["person_id"])
    rows = rows.with_columns(certificate_number=number)
    return _strangers(county, rows)


def _strangers(county: County, rows: pl.DataFrame) -> pl.DataFrame:
    """Names for spouses of whom the county knows nothing: those of people of the county, at random."""
    for role, name, sex in (("who_man_id", "man_name", "male"), ("who_woman_id", "woman_name", "female")):
        names = county.persons.filter(pl.col("sex") == sex)["name"]
        drawn = county.stream(f"stranger, {sex}").integers(0, max(1, len(names)), rows.height)
        rows = rows.with_columns(pl.when(pl.col(role).is_null()).then(names.gather(drawn)).alias(name))
    return rows


def cremation(county: County) -> pl.DataFrame:
    """Cremations; burials in the country are in no file."""
    rows = county.persons.filter(pl.col("died_on").is_not_null())
    rows = rows.filter(pl.Series(county.chance("cremated", rows["person_id"]) < _CREMATED))
    days = county.delay("days until cremation", rows["person_id"], 1, 2, 10)
    number = "HH" + pl.col("died_on").dt.strftime("%Y") + county.number(rows["person_id"])
    return rows.with_columns(
        cremated_on=later("died_on", days), cremation_number=number, funeral_home=pl.lit(_HOME),
        who_id_number="person_id",
    ).with_columns(known_on="cremated_on")  # fmt: skip


def aid_roll(county: County, day: date) -> pl.DataFrame:
    """Those for whom aid is paid, also where it should have ended: the roll learns of deaths and moves weeks later."""
    begun = pl.coalesce(pl.col("since").min().over("holding_id"), pl.lit(county.world.begins))
    held = county.world["holdings"].with_columns(begun=begun).filter(within(day))
    persons = held.filter(pl.col("person_id").is_not_null())
    members = roll_members(county, day)
    homes = held.filter(pl.col("person_id").is_null()).drop("person_id")
    rows = pl.concat([
        persons.join(members.select("person_id", "relation"), on="person_id", how="left"),
        homes.join(members, on="household_id").select(*persons.columns, "relation"),
    ]).unique(["household_id", "person_id", "programme"], keep="first", maintain_order=True)  # fmt: skip
    rows = rows.join(county.homes.select("household_id", "village"), on="household_id", how="left")
    return rows.with_columns(
        household_number="JZ" + pl.col("household_id"), who_id_number="person_id",
        members=pl.len().over("household_id", "programme").cast(pl.Int64),
        since="begun",
    ).sort("household_number", "who_id_number", "programme")  # fmt: skip


def roll_members(county: County, day: date) -> pl.DataFrame:
    """Household, person and relation of those whom civil affairs counts: members, those who left a moment ago, and those
    for whom payment goes on by mistake."""
    spells = county.world["memberships"].filter("shares_means")
    wrong = county.world["planted"].filter(pl.col("kind").is_in(PAID_WRONGLY) & (pl.col("day") <= day))
    persons = wrong.filter(pl.col("person_id").is_not_null()).select("household_id", "person_id")
    homes = wrong.filter(pl.col("person_id").is_null()).select("household_id", _gone="day")
    of_persons = spells.join(persons, on=["household_id", "person_id"], how="semi")
    of_homes = spells.join(homes, on="household_id").filter(pl.col("until") >= pl.col("_gone")).drop("_gone")
    now = spells.filter(within(day))
    left = spells.filter((pl.col("until") <= day) & (pl.col("until") > day - _NOTICED_AFTER))
    kept = ("household_id", "person_id", "relation")
    everybody = pl.concat([part.select(kept) for part in (now, of_persons, of_homes, left)])
    return everybody.unique(["household_id", "person_id"], keep="first", maintain_order=True)


def temporary_aid(county: County) -> pl.DataFrame:
    """Aid given in an emergency, to the person named or to the head of the household."""
    rows = county.heads(county.world["temporary_aid"].sort("aid_id"), "granted_on")
    rows = county.sizes(rows, "granted_on")
    rows = rows.join(county.homes.select("household_id", "village"), on="household_id", how="left")
    return rows.with_columns(
        aid_number="LS" + pl.col("aid_id"), persons="size", known_on="granted_on",
        who_id_number=pl.coalesce("person_id", "head"),
    ).filter(pl.col("who_id_number").is_not_null())  # fmt: skip
