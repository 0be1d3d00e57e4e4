"""What a world has of each figure that :mod:`doudi.population.targets` holds it against. Percent, yuan, or plain numbers."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from doudi.population.register_at import register_at
from doudi.population.world import World, on

_EARNED = (
    "wage", "business_gross", "property_gross", "pension", "basic_pension_central", "unemployment_benefit",
    "survivor_benefit", "compensation", "gifts", "alimony_received", "other_income", "entitled_compensation",
    "family_planning_award", "scholarship", "social_aid", "disability_subsidy", "elder_allowance", "child_allowance",
    "conscript_family_payment",
)  # fmt: skip
_COSTS = ("business_cost", "property_cost", "transfers_paid")
_KINDS = ("sight", "hearing", "speech", "limb", "intellectual", "mental", "multiple")
_YEAR = 365.2425


class Measures:
    """The figures of a world, by the names of the targets; each is reckoned when it is asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.register = register_at(world, world.ends)
        self.years = ((world.ends - world.begins).days + 1) / _YEAR

    def __getattr__(self, name: str) -> float:
        """The share of a kind of disability."""
        if name not in _KINDS:
            raise AttributeError(name)
        return _percent(self._disabled, pl.col("disability") == name)

    @cached_property
    def people(self) -> pl.DataFrame:
        """Persons of the last day with age and area."""
        age = ((pl.lit(self.world.ends) - pl.col("born")).dt.total_days() / _YEAR).floor()
        area = self.register["households"].select("household_id", "area")
        return (
            self.register["persons"]
            .with_columns(age=age)
            .join(area, on="household_id", maintain_order="left")
        )

    @cached_property
    def _disabled(self) -> pl.DataFrame:
        return self.people.filter(pl.col("disability") != "none")

    @cached_property
    def homes(self) -> pl.DataFrame:
        """Households with size, area and disposable income per head and year, in yuan."""
        income = pl.sum_horizontal(pl.col(name).cast(pl.Float64) for name in _EARNED)
        income -= pl.sum_horizontal(pl.col(name).cast(pl.Float64) for name in _COSTS)
        grouped = self.people.group_by("household_id", "area").agg(
            size=pl.len(), income=income.sum() / pl.len()
        )
        return grouped.sort("income", "household_id")

    def _ages(self, low: int, high: int) -> float:
        return _percent(self.people, pl.col("age").is_between(low, high))

    @property
    def household_size(self) -> float:
        return self.people.height / self.homes.height

    @property
    def age_0_14(self) -> float:
        return self._ages(0, 14)

    @property
    def age_15_59(self) -> float:
        return self._ages(15, 59)

    @property
    def age_60(self) -> float:
        return self._ages(60, 120)

    @property
    def age_65(self) -> float:
        return self._ages(65, 120)

    @property
    def urban(self) -> float:
        return _percent(self.people, pl.col("area") == "urban")

    @property
    def deaths(self) -> float:
        return 100 * self.world["persons"]["died_on"].count() / self.years / self.people.height

    @property
    def disabled(self) -> float:
        return 100 * self._disabled.height / self.people.height

    @property
    def severe(self) -> float:
        return _percent(self.people, pl.col("disability_grade").is_between(1, 2))

    def _subsidised(self, kind: str) -> float:
        paid = self.world["receipts"].filter(
            on(self.world.ends) & (pl.col("fact") == "disability_subsidy") & (pl.col("kind") == kind)
        )
        return 100 * paid["person_id"].n_unique() / self.people.height

    @property
    def living_subsidy(self) -> float:
        return self._subsidised("living")

    @property
    def nursing_subsidy(self) -> float:
        return self._subsidised("nursing")

    def _median(self, area: str) -> float:
        homes = self.homes.filter(pl.col("area") == area)
        half = homes["size"].sum() / 2
        return float(homes.filter(pl.col("size").cum_sum() >= half)["income"][0])

    @property
    def urban_median(self) -> float:
        return self._median("urban")

    @property
    def rural_median(self) -> float:
        return self._median("rural")

    @cached_property
    def fifths(self) -> list[float]:
        """The mean income per head of each fifth of the persons, from the lowest."""
        size = pl.col("size")
        fifth = ((size.cum_sum() - 1) * 5 // size.sum()).alias("fifth")
        mean = (pl.col("income") * size).sum() / size.sum()
        return self.homes.with_columns(fifth).group_by("fifth").agg(mean=mean).sort("fifth")["mean"].to_list()

    @property
    def lowest_fifth(self) -> float:
        return self.fifths[0] / self.fifths[2]

    @property
    def highest_fifth(self) -> float:
        return self.fifths[4] / self.fifths[2]

    @property
    def unemployed(self) -> float:
        active = self.people.filter((pl.col("area") == "urban") & pl.col("age").is_between(16, 59)).filter(
            pl.col("works") | pl.col("jobless")
        )
        return _percent(active, ~pl.col("works"))

    @property
    def own_medical(self) -> float:
        return float(self.world["bills"]["own"].sum()) / 100 / self.years / self.people.height

    @cached_property
    def held(self) -> pl.DataFrame:
        """What persons hold on the last day: each member of a household that holds something, with the monthly sum."""
        return self.register["holdings"].with_columns(pl.col("monthly").cast(pl.Float64))

    def _holders(self, *programmes: str) -> pl.DataFrame:
        """The members whose household, or who themselves, hold one of these."""
        held = self.held.filter(pl.col("programme").is_in(programmes))
        whole = held.filter(pl.col("person_id").is_null()).select("household_id")
        alone = held.filter(pl.col("person_id").is_not_null()).select("person_id")
        of_home = pl.col("household_id").is_in(whole["household_id"].implode())
        return self.people.filter(of_home | pl.col("person_id").is_in(alone["person_id"].implode()))

    def _share_holding(self, *programmes: str) -> float:
        return 100 * self._holders(*programmes).height / self.people.height

    @property
    def dibao(self) -> float:
        return self._share_holding("dibao", "single_dibao")

    @property
    def tekun(self) -> float:
        return self._share_holding("tekun")

    @property
    def low_margin(self) -> float:
        return self._share_holding("low_margin")

    @property
    def monitored(self) -> float:
        marked = self.register["households"].filter(pl.col("monitored_mark") != "none").select("household_id")
        return 100 * self.people.join(marked, on="household_id", how="semi").height / self.people.height

    def _dibao_size(self, area: str) -> float:
        holders = self._holders("dibao", "single_dibao").filter(pl.col("area") == area)
        return holders.height / max(1, holders["household_id"].n_unique())

    @property
    def dibao_size_urban(self) -> float:
        return self._dibao_size("urban")

    @property
    def dibao_size_rural(self) -> float:
        return self._dibao_size("rural")

    @property
    def dibao_paid(self) -> float:
        standard = {area: self.standards[area] for area in ("urban", "rural")}
        due = (
            self._holders("dibao", "single_dibao")["area"]
            .replace_strict(standard, return_dtype=pl.Float64)
            .sum()
        )
        paid = self.held.filter(pl.col("programme").is_in(["dibao", "single_dibao"]))["monthly"].sum()
        return 100 * float(paid) / float(due) if due else 0.0

    @property
    def standards(self) -> dict[str, float]:
        """The dibao standard of the last day by area, in yuan a month."""
        from doudi.population.county import county_of

        county = county_of(self.world.region)
        return {"urban": float(county.urban.dibao_month[-1]), "rural": float(county.rural.dibao_month[-1])}

    @property
    def dibao_elders(self) -> float:
        return _percent(self._holders("dibao", "single_dibao"), pl.col("age") >= 60)

    @property
    def dibao_disabled(self) -> float:
        return _percent(self._holders("dibao", "single_dibao"), pl.col("disability") != "none")

    @property
    def temporary_aid(self) -> float:
        return 100 * self.world["temporary_aid"].height / self.years / self.people.height

    @property
    def temporary_sum(self) -> float:
        paid = self.world["temporary_aid"]["amount"]
        return float(paid.sum()) / 100 / max(1, paid.len())

    @property
    def silent(self) -> float:
        """Of the persons who are eligible for dibao or as tekun, hold it or are silent, those who are silent."""
        planted = self.world["planted"]
        silent = self._members_of(planted.filter(pl.col("kind") == "silent"))
        hiding = self._members_of(planted.filter(pl.col("kind") == "means_hidden"))
        right = self._holders("dibao", "tekun").height - hiding
        return 100 * silent / max(1, silent + right)

    def _members_of(self, planted: pl.DataFrame) -> int:
        return self.people.join(planted.select("household_id"), on="household_id", how="semi").height


def _percent(frame: pl.DataFrame, where: pl.Expr) -> float:
    return 100 * float(frame.select(where.fill_null(False).mean()).item() or 0)
