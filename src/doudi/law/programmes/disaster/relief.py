"""Aid after natural disasters (law art. 28; 自然灾害救助条例): transitional living, homes, bereavement, winter and spring. In fen."""

from doudi.law.programmes.status.status import in_year
from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, lookup, month_number, not_, round_half_up, where
from doudi.rules.quantities import Code, Count, Day, Law, Money, Truth

book = Book("programmes/disaster")
RELIEF = ("law-2026:28", "disaster-relief-2019:18")


@book.test(
    "household",
    zh="受灾不满过渡期月数",
    en="the months of transition since the disaster are not over",
    ref=RELIEF,
)
def is_in_transition(disaster_on: Day, today: Day, p: Law) -> Truth:
    """From the month of the disaster, for so many months."""
    passed = month_number(today) - month_number(disaster_on)
    return all_of(disaster_on > 0, passed >= 0, passed < p.transition_aid.months)


@book.test(
    "household",
    zh="因灾住房倒塌、严重损坏或者无法正常生活",
    en="the home is lost, or living is not possible",
    ref=RELIEF,
)
def has_lost_home(disaster_home: Code) -> Truth:
    """倒塌 or 严重损坏."""
    return any_of(disaster_home == "collapsed", disaster_home == "severe")


@book.test("household", zh="应享过渡期生活救助", en="transitional living aid is due", ref=RELIEF)
def transition_aid_due(is_in_transition: Truth, has_lost_home: Truth) -> Truth:
    """Within the months, without a home."""
    return all_of(is_in_transition, has_lost_home)


@book.formula("household", "money", zh="过渡期生活救助", en="transitional living aid", ref=RELIEF)
def transition_aid_amount(transition_aid_due: Truth, persons_in_file: Count, p: Law) -> Money:
    """So much for each person and month."""
    return where(transition_aid_due, p.transition_aid.amount * persons_in_file, 0)


@book.test(
    "household",
    zh="本年度因灾住房受损",
    en="the home was damaged by a disaster this year",
    ref=("law-2026:28", "disaster-relief-2019:20"),
)
def has_damaged_home(disaster_on: Day, this_year: Count, disaster_home: Code) -> Truth:
    """倒塌, 严重损坏 or 一般损坏."""
    return all_of(in_year(disaster_on, this_year), not_(disaster_home == "none"))


@book.test(
    "household",
    zh="应享因灾倒损住房恢复重建救助",
    en="aid for homes lost in a disaster is due",
    ref=("law-2026:28", "disaster-relief-2019:20"),
)
def home_rebuilding_due(has_damaged_home: Truth) -> Truth:
    """By list, after appraisal and notice."""
    return has_damaged_home


@book.formula(
    "household",
    "money",
    zh="因灾倒损住房恢复重建救助",
    en="aid for homes lost in a disaster",
    ref=("law-2026:28", "disaster-relief-2019:20"),
)
def home_rebuilding_amount(
    home_rebuilding_due: Truth, disaster_home: Code, is_tier_family: Truth, p: Law
) -> Money:
    """By damage; a part more for families in one of the tiers."""
    base = lookup(p.home_rebuilding.amount, disaster_home)
    more = where(is_tier_family, round_half_up(base * p.home_rebuilding.tier_share), base)
    return where(home_rebuilding_due, more, 0)


@book.test(
    "household",
    zh="本年度有成员因灾遇难",
    en="a member died in a disaster this year",
    ref=("law-2026:28", "disaster-relief-2019:14"),
)
def bereavement_aid_due(disaster_on: Day, this_year: Count, disaster_deaths: Count) -> Truth:
    """因灾遇难人员亲属."""
    return all_of(in_year(disaster_on, this_year), disaster_deaths > 0)


@book.formula(
    "household",
    "money",
    zh="遇难人员亲属抚慰金",
    en="aid to the bereaved",
    ref=("law-2026:28", "disaster-relief-2019:14"),
)
def bereavement_aid_amount(bereavement_aid_due: Truth, disaster_deaths: Count, p: Law) -> Money:
    """So much for each who died."""
    return where(bereavement_aid_due, p.bereavement_aid.amount * disaster_deaths, 0)


@book.test(
    "household",
    zh="当年冬季次年春季口粮衣被取暖有困难",
    en="lacks food, clothes or heating in winter and spring",
    ref="disaster-relief-2019:21",
)
def has_winter_need(winter_need: Truth) -> Truth:
    """As the county counts by the end of October."""
    return winter_need


@book.test("household", zh="本年度受灾", en="met a disaster this year", ref="disaster-relief-2019:21")
def is_disaster_family(disaster_on: Day, this_year: Count) -> Truth:
    """受灾地区人民政府."""
    return in_year(disaster_on, this_year)


@book.test("household", zh="应享冬春救助", en="winter and spring aid is due", ref="disaster-relief-2019:21")
def winter_aid_due(has_winter_need: Truth, is_disaster_family: Truth) -> Truth:
    """A disaster of the year, and need in the winter after it."""
    return all_of(has_winter_need, is_disaster_family)


@book.formula("household", "money", zh="冬春救助", en="winter and spring aid", ref="disaster-relief-2019:21")
def winter_aid_amount(winter_aid_due: Truth, persons_in_file: Count, p: Law) -> Money:
    """So much for each person."""
    return where(winter_aid_due, p.winter_aid.amount * persons_in_file, 0)
