"""The generated county looks like one: census, health, income, property and aid."""

from datetime import date

import polars as pl
import pytest

from doudi.population.county import COUNTIES

COUNTY = COUNTIES["999901"]
EARNED = (
    "wage", "business_gross", "property_gross", "pension", "unemployment_benefit", "survivor_benefit",
    "compensation", "gifts", "alimony_received", "other_income",
)  # fmt: skip
PAID = ("business_cost", "property_cost", "transfers_paid")


@pytest.fixture(scope="module")
def people(register) -> pl.DataFrame:
    """Persons with age in years and the area of their household."""
    age = (pl.lit(COUNTY.ends) - pl.col("born")).dt.total_days() / 365.2425
    area = register["households"].select("household_id", "area")
    return register["persons"].with_columns(age=age).join(area, on="household_id")


@pytest.fixture(scope="module")
def homes(register, people) -> pl.DataFrame:
    """Households with size and countable income per head and month in yuan, unknown amounts taken as zero."""
    counted = sum(pl.col(name).fill_null(0).cast(pl.Float64) for name in EARNED)
    counted -= sum(pl.col(name).fill_null(0).cast(pl.Float64) for name in PAID)
    summed = people.group_by("household_id").agg(size=pl.len(), income=counted.sum())
    standard = (
        pl.when(pl.col("area") == "rural")
        .then(COUNTY.rural.dibao_month[-1])
        .otherwise(COUNTY.urban.dibao_month[-1])
    )
    per_head = pl.col("income") / pl.col("size") / 12
    return (
        register["households"]
        .join(summed, on="household_id")
        .with_columns(per_head=per_head, standard=standard)
    )


def share(frame: pl.DataFrame, condition: pl.Expr) -> float:
    """The share of rows that meet the condition."""
    return frame.select(condition.fill_null(False).mean()).item()


def test_sizes_and_ages_follow_the_census_of_2020(people, homes):
    assert homes["size"].mean() == pytest.approx(2.62, abs=0.05)
    assert share(people, pl.col("age") < 15) == pytest.approx(0.1795, abs=0.01)
    assert share(people, pl.col("age") >= 60) == pytest.approx(0.187, abs=0.01)
    assert share(homes, pl.col("size") == 1) == pytest.approx(0.254, abs=0.02)
    assert share(people, pl.col("sex") == "male") == pytest.approx(0.507, abs=0.02)
    assert people["age"].max() < 100


def test_three_in_five_live_in_the_country(people):
    assert share(people, pl.col("area") == "rural") == pytest.approx(0.60, abs=0.02)


def test_a_village_lies_wholly_in_town_or_in_the_country(register):
    areas = register["households"].group_by("village").agg(pl.col("area").n_unique())
    assert (areas["area"] == 1).all()
    assert areas.height > 50


def test_parents_are_older_than_their_children(people):
    heads = people.filter(pl.col("relation") == "head").select("household_id", head_age="age")
    children = people.filter(pl.col("relation") == "child").join(heads, on="household_id")
    assert (children["head_age"] - children["age"] > 18).all()


def test_about_one_in_eighteen_is_disabled_by_kind_and_grade(people):
    assert share(people, pl.col("disability") != "none") == pytest.approx(0.06, abs=0.008)
    disabled = people.filter(pl.col("disability") != "none")
    assert set(disabled["disability_grade"].unique()) == {1, 2, 3, 4}
    assert disabled["disability"].n_unique() == 7
    assert (people.filter(pl.col("disability") == "none")["disability_grade"] == 0).all()
    multiple = people.filter(pl.col("disability") == "multiple")
    assert (multiple["gravest_component"] != "none").all()
    assert (multiple["gravest_component_grade"] > 0).all()


def test_grave_illness_is_rare_and_dear(register, people):
    ill = people.filter(pl.col("illness") != "none")
    assert ill.height / people.height == pytest.approx(0.007, abs=0.0015)
    bills = register["expenses"].filter(pl.col("kind") == "medical").join(ill, on="person_id", how="semi")
    of_year = bills.group_by("person_id").agg(pl.col("amount").cast(pl.Float64).sum())
    assert of_year["amount"].median() > 8_000


def test_pupils_are_in_the_stage_of_their_age(people):
    stage_of = {"primary": (6, 12), "junior": (12, 15), "senior": (15, 18), "bachelor": (18, 25)}
    for stage, (youngest, oldest) in stage_of.items():
        ages = people.filter(pl.col("study") == stage)["age"]
        assert ages.len() > 100
        assert ages.min() >= youngest - 0.01
        assert ages.max() < oldest + 1


def test_the_old_draw_the_central_pension_and_nobody_younger_does(people):
    drawing = pl.col("basic_pension_central") > 0
    assert share(people.filter(pl.col("age") >= 60.1), drawing) == pytest.approx(0.72, abs=0.08)
    assert share(people.filter(pl.col("age") < 59.9), drawing) == 0
    whole_year = people.filter(drawing & (pl.col("age") >= 61.1))["basic_pension_central"].unique()
    assert whole_year.cast(pl.Float64).to_list() == [5 * 143.0 + 7 * 163.0]


def test_incomes_have_a_poor_tail_around_the_standard(homes):
    rural = homes.filter(pl.col("area") == "rural")["per_head"]
    urban = homes.filter(pl.col("area") == "urban")["per_head"]
    assert 14_000 < rural.median() * 12 < 26_000
    assert 28_000 < urban.median() * 12 < 42_000
    poor = homes.filter(pl.col("per_head") < pl.col("standard"))["size"].sum() / homes["size"].sum()
    assert 0.05 < poor < 0.11


def test_farms_and_trades_have_costs(people):
    trading = people.filter(pl.col("business_gross") > 0)
    cost = trading["business_cost"].cast(pl.Float64) / trading["business_gross"].cast(pl.Float64)
    assert cost.median() == pytest.approx(0.42, abs=0.05)


def test_some_amounts_are_unknown(register, people):
    wages = people.filter((pl.col("works")) & ((pl.col("wage") > 0) | pl.col("wage").is_null()))
    assert share(wages, pl.col("wage").is_null()) == pytest.approx(0.022, abs=0.008)
    assert share(register["assets"], pl.col("value").is_null()) == pytest.approx(0.02, abs=0.005)
    assert register["supporters"]["family_income"].null_count() > 0


def test_some_families_have_a_van_of_52000_yuan(register):
    vans = register["assets"].filter((pl.col("kind") == "vehicle") & (pl.col("value") == 52_000))
    assert 100 < vans.height < 500
    assert set(vans["purpose"].unique()) == {"none", "livelihood"}


def test_nearly_every_household_has_a_home_and_deposits_are_common(register, homes):
    owners = {
        kind: register["assets"].filter(pl.col("kind") == kind)["household_id"].n_unique()
        for kind in ("home", "deposit")
    }
    assert owners["home"] / homes.height > 0.9
    assert 0.7 < owners["deposit"] / homes.height < 0.9


def test_most_old_people_apart_have_children_elsewhere_and_some_have_nobody(register, people, homes):
    alone = homes.filter(pl.col("size") == 1).select("household_id")
    old = people.join(alone, on="household_id").filter(pl.col("age") >= 60)
    supported = old.join(register["supporters"], on="person_id", how="semi")
    assert 0.6 < supported.height / old.height < 0.95
    single = old.filter(pl.col("marital") == "single")
    assert single.height > 50
    assert single.join(register["supporters"], on="person_id", how="semi").is_empty()


def test_a_couple_shares_its_children_with_the_same_means(register):
    supporters = register["supporters"].join(
        register["persons"].select("person_id", "household_id"), on="person_id"
    )
    shared = supporters.filter(pl.col("supported_persons") == 2).drop("supporter_id", "person_id")
    twice = shared.group_by(pl.all()).len()
    assert (twice["len"] % 2 == 0).all()


def test_most_of_the_poor_hold_dibao_and_some_hold_it_wrongly(register, homes):
    held = register["holdings"].filter(pl.col("programme") == "dibao").select("household_id")
    holders = homes.join(held, on="household_id")
    poor = holders.filter(pl.col("per_head") < pl.col("standard")).height
    assert 400 < holders.height < 900
    assert poor / holders.height > 0.7
    assert 20 < holders.filter(pl.col("per_head") > 1.5 * pl.col("standard")).height < 120


def test_every_programme_is_held_by_someone(register):
    assert register["holdings"]["programme"].n_unique() == 6
    one_person = register["holdings"].filter(pl.col("programme").is_in(["tekun", "single_dibao"]))
    assert one_person["person_id"].null_count() == 0


def test_nothing_lies_after_the_day_of_the_register(register):
    assert register["persons"]["born"].max() < COUNTY.ends
    assert register["holdings"]["since"].max() <= COUNTY.ends
    for table, column in (
        ("households", "applied_on"),
        ("households", "grace_from"),
        ("persons", "started_work_on"),
        ("expenses", "paid_on"),
    ):
        days = register[table][column].drop_nulls()
        assert days.len() > 0
        assert date(2000, 1, 1) < days.min() <= days.max() <= COUNTY.ends


def test_names_are_chinese_and_mostly_differ(people):
    assert people["name"].str.contains(r"^\p{Han}{2,4}$|^\p{Han}+·\p{Han}+$").all()
    assert people["name"].n_unique() > 20_000
