"""Who counts as unable to support (无履行义务能力), 民发〔2021〕43号 art. 8: outside the household, and inside it."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, is_in, lookup, not_
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("tekun")
ARTICLE = "mf-2021-43:8"
GONE = ("prison", "declared_missing")


@book.formula(
    "supporter", "flag", zh="义务人收入财产在限度内", en="supporter's own means are small", ref=ARTICLE
)
def supporter_has_small_means(
    supporter_own_income: Money, supporter_property_within_limits: Truth, area: Code, p: Law
) -> Truth:
    """本人收入低于当地上年人均可支配收入，且财产符合当地低收入家庭财产状况规定."""
    return all_of(supporter_own_income < lookup(p.stats.disposable, area), supporter_property_within_limits)


@book.formula(
    "supporter", "flag", zh="义务人残疾符合规定", en="supporter is severely disabled", ref="mf-2021-43:8(4)"
)
def supporter_is_disabled(supporter_disability: Code, supporter_disability_grade: Count, p: Law) -> Truth:
    """重度残疾人和残疾等级为三级的智力、精神残疾人."""
    worst = lookup(p.tekun.supporter_disability_grade, supporter_disability)
    return all_of(supporter_disability_grade >= 1, supporter_disability_grade <= worst)


@book.test("supporter", zh="义务人无履行义务能力", en="supporter is unable to support", ref=ARTICLE)
def supporter_unable(
    supporter_status: Code,
    supporter_age: Count,
    supporter_is_disabled: Truth,
    supporter_has_small_means: Truth,
    supporter_no_civil_capacity: Truth,
    supporter_absence: Code,
    supporter_property_within_limits: Truth,
    p: Law,
) -> Truth:
    """Art. 8(1) to (5): whoever is able and merely does not pay is not among them."""
    aided_elder = all_of(supporter_status == "dibao", supporter_age >= p.tekun.supporter_dibao_age)
    weak = any_of(supporter_age >= p.tekun.supporter_elder_age, supporter_is_disabled)
    absent = any_of(supporter_no_civil_capacity, is_in(supporter_absence, *GONE))
    return any_of(
        supporter_status == "tekun",
        aided_elder,
        all_of(weak, supporter_has_small_means),
        all_of(absent, supporter_property_within_limits),
    )


@book.test(
    "supporter",
    zh="义务人长期不履行，按省级规定视为无履行义务能力（须有证据，记为自由裁量）",
    en="support has in fact ended, which the province takes as inability (with evidence, recorded as discretion)",
    ref=("mf-2021-43:8(6)", "doudi-reading:support-ended"),
)
def supporter_ended(supporter_support_ended: Truth, support_waived: Truth, p: Law) -> Truth:
    """省、自治区、直辖市人民政府规定的其他情形: apart from the waiver of fees, which is ``support_fee.ended_waives``."""
    return all_of(any_of(supporter_support_ended, support_waived), p.tekun.ended_support_counts)


@book.formula(
    "supporter",
    "flag",
    zh="有能力而长期不履行",
    en="supporter is able and has ended support",
    ref="mf-2021-43:8(6)",
)
def supporter_merely_ended(supporter_unable: Truth, supporter_ended: Truth) -> Truth:
    """Only by the province's rule no bar to tekun."""
    return all_of(supporter_ended, not_(supporter_unable))


@book.formula("supporter", "flag", zh="义务人不妨碍特困认定", en="supporter is no bar to tekun", ref=ARTICLE)
def supporter_is_no_bar(supporter_unable: Truth, supporter_ended: Truth) -> Truth:
    """Unable by art. 8(1) to (5), or as the province has added by (6)."""
    return any_of(supporter_unable, supporter_ended)


@book.formula("person", "flag", zh="领取低保", en="is in dibao now", ref="mf-2021-43:8(2)")
def receives_dibao(household_holds_dibao: Truth, by_owner__holding_is_dibao: list[Truth]) -> Truth:
    """The household holds dibao, or the person holds it alone (单人保)."""
    return any_of(household_holds_dibao, any_member(by_owner__holding_is_dibao))


@book.formula("person", "flag", zh="本人收入财产在限度内", en="own means are small", ref=ARTICLE)
def has_small_means(own_income: Money, own_property_within_low_margin: Truth, area: Code, p: Law) -> Truth:
    """As for a supporter outside."""
    return all_of(own_income < lookup(p.stats.disposable, area), own_property_within_low_margin)


@book.formula(
    "person",
    "flag",
    zh="作为义务人残疾符合规定",
    en="is severely disabled as a supporter",
    ref="mf-2021-43:8(4)",
)
def is_disabled_supporter(
    deciding_disability: Code, deciding_grade: Count, is_severely_disabled: Truth, p: Law
) -> Truth:
    """重度残疾人和残疾等级为三级的智力、精神残疾人."""
    listed = all_of(
        deciding_grade >= 1, deciding_grade <= lookup(p.tekun.supporter_disability_grade, deciding_disability)
    )
    return any_of(is_severely_disabled, listed)


@book.formula(
    "person", "flag", zh="户内有履行义务能力", en="is an able supporter in the household", ref=ARTICLE
)
def is_able_member(
    is_minor: Truth,
    tekun_but_for_family: Truth,
    receives_dibao: Truth,
    age: Count,
    is_disabled_supporter: Truth,
    has_small_means: Truth,
    no_civil_capacity: Truth,
    absence: Code,
    own_property_within_low_margin: Truth,
    p: Law,
) -> Truth:
    """An adult whom art. 8 does not call unable."""
    aided_elder = all_of(receives_dibao, age >= p.tekun.supporter_dibao_age)
    weak = all_of(any_of(age >= p.tekun.supporter_elder_age, is_disabled_supporter), has_small_means)
    absent = all_of(any_of(no_civil_capacity, is_in(absence, *GONE)), own_property_within_low_margin)
    return not_(any_of(is_minor, tekun_but_for_family, aided_elder, weak, absent))
