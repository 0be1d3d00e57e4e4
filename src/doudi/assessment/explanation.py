"""Why a household comes to its tier: every tier with its tests, amounts, parameters, what was assumed and what is missing.

Which tests belong to a tier, and which truth is asked of each, is read from the law itself (``conditions``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from doudi.assessment import sentences as say
from doudi.assessment.citations import ParameterUse, citations, facts_asked, parameters_used
from doudi.assessment.conditions import TIERS, Step, stated_facts, steps
from doudi.assessment.determination import Determination, TestResult, assess
from doudi.assessment.frozen import law_version
from doudi.facts.household import Assumption
from doudi.facts.vocabulary import Vocabulary

AMOUNTS = (
    "dibao_amount",
    "supplement",
    "single_dibao_amount",
    "tekun_basic_amount",
    "tekun_care_amount",
    "refusal_reduction",
    "grace_amount",
    "monthly_total",
)
STANDARDS = ("dibao_standard", "low_margin_line", "income_per_head")
LONGEST_GRACE = 36


@dataclass(frozen=True, slots=True)
class Condition:
    """One test under a tier: how it came out, whether that is what the tier asks (``met``), its sides as engine integers
    and with units, and the tests it rests on. ``one_of``: it is one of several of which one suffices.
    """

    name: str
    row: int | None
    truth: bool | None
    wanted: bool
    met: bool | None
    one_of: bool
    value: int | None
    limit: int | None
    distance: int | None
    value_text: str | None
    limit_text: str | None
    distance_text: str | None
    sentence: str
    articles: tuple[str, ...]
    rests_on: tuple[str, ...]
    tests: tuple[Condition, ...]

    def reasons(self, met: bool | None) -> Iterator[Condition]:
        """The innermost tests below this one, or itself, that came out so."""
        if self.met is met:
            below = [reason for test in self.tests for reason in test.reasons(met)]
            yield from below or [self]


@dataclass(frozen=True, slots=True)
class TierEntry:
    """One tier for the household (``row`` None) or one person: holds (True), fails (False) or is open (None)."""

    tier: str
    label: str
    row: int | None
    whose: str
    holds: bool | None
    articles: tuple[str, ...]
    tests: tuple[Condition, ...]

    def reasons(self, met: bool | None) -> list[Condition]:
        """The innermost tests that came out so."""
        return [reason for test in self.tests for reason in test.reasons(met)]


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in fen (None: not certain) of the household or a person, with its articles."""

    name: str
    row: int | None
    label: str
    fen: int | None
    text: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraceMonth:
    """One month of the grace period: ``month`` as yyyy-mm, its number, the share paid in ten-thousandths, the amount in fen."""

    month: str
    number: int
    share: int | None
    fen: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """A value that nobody wrote and under which the law was applied: whose, which fact, the value with its unit."""

    entity: str
    row: int
    fact: str
    value: int
    whose: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said of one determination, in one language."""

    language: str
    region: str
    region_name: str
    day: str
    law_version: str
    tier: str | None
    tier_range: tuple[str, str]
    tier_label: dict[str, str] | None
    proposal: str
    missing: tuple[say.Missing, ...]
    tiers: tuple[TierEntry, ...]
    amounts: tuple[Amount, ...]
    grace: tuple[GraceMonth, ...]
    standards: tuple[Amount, ...]
    parameters: tuple[ParameterUse, ...]
    assumed: tuple[Assumed, ...]
    missed: dict[str, str | None]

    def as_data(self) -> dict[str, Any]:
        """As plain data for JSON; sums are engine integers (fen) and stand beside as text."""
        return asdict(self)

    def as_text(self, full: bool = False) -> str:
        """As a text that a resident understands; ``full`` also tells every person who is far from a tier of persons."""
        from doudi.assessment.explanation_text import text_of

        return text_of(self, full)


def explain(determination: Determination, language: str = "zh", *, parameters: bool = True) -> Explanation:
    """The explanation of a determination in ``zh`` or ``en``; for whoever does not tell them, without ``parameters``."""
    statute = determination.statute
    region = statute.resolved.region
    return Explanation(
        language=language,
        region=region.code,
        region_name=region.zh if language == "zh" else region.en,
        day=statute.day.isoformat(),
        law_version=law_version(statute),
        tier=determination.tier,
        tier_range=determination.tier_range,
        tier_label=_tier_labels(determination),
        proposal=_proposal(determination, language),
        missing=tuple(_missing(determination, language)),
        tiers=tuple(_tiers(determination, language)),
        amounts=tuple(_amounts(determination, AMOUNTS, language)),
        grace=tuple(_grace(determination, language)),
        standards=tuple(_amounts(determination, STANDARDS, language)),
        parameters=tuple(parameters_used(determination, language)) if parameters else (),
        assumed=tuple(_assumed(determination, each, language) for each in determination.household.assumed),
        missed=_missed(determination, language),
    )


def tiers_of(determination: Determination, language: str = "zh") -> tuple[TierEntry, ...]:
    """The tiers of an explanation alone, for those who explain many households."""
    return tuple(_tiers(determination, language))


def _tiers(determination: Determination, language: str) -> Iterator[TierEntry]:
    statute = determination.statute
    codes = statute.variable("tier").kind.codes
    assert codes is not None
    for tier, name in TIERS.items():
        formula = statute.variable(name).formula
        articles = _articles(determination, name, language)
        for row in determination.trace.rows(name):
            whose = say.row_label(determination.household, str(formula.entity), row, language)
            tests = [
                *_tests(determination, name, row, language, set()),
                *_facts(determination, name, row, language),
            ]
            truth = determination.trace.test(name, row).truth
            yield TierEntry(tier, codes.label(tier, language), row, whose, truth, articles, tuple(tests))


def _tests(
    determination: Determination, name: str, row: int | None, language: str, told: set[tuple[str, int | None]]
) -> Iterator[Condition]:
    """Each test once, where it stands highest."""
    entity = str(determination.statute.variable(name).formula.entity)
    asked = [
        (step, place)
        for step in steps(determination.statute.graph, name)
        for place in _places(determination, entity, row, step.name)
    ]
    fresh = [(step, place) for step, place in asked if (step.name, place) not in told]
    told.update((step.name, place) for step, place in fresh)
    for step, place in fresh:
        if _goes_without_saying(determination, step, place):
            continue
        opened = step.name not in TIERS.values()
        below = tuple(_tests(determination, step.name, place, language, told)) if opened else ()
        yield _entry(determination, step, determination.trace.test(step.name, place), below, language)


def _goes_without_saying(determination: Determination, step: Step, row: int | None) -> bool:
    """A test that the place has settled for everybody, unless it is what stands in the way."""
    if step.name not in determination.statute.settled:
        return False
    return step.one_of or determination.trace.test(step.name, row).truth == step.wanted


def _facts(determination: Determination, name: str, row: int | None, language: str) -> Iterator[Condition]:
    """Facts that a tier asks for itself, such as a finding of the county."""
    for fact, wanted in stated_facts(determination.statute.graph, name):
        truth = determination.household.rows(fact.entity)[row or 0][fact.name]
        met = None if truth is None else truth == wanted
        label = say.fact_label(determination.household, fact, row, language)
        mark, stop = ("：", "。") if language == "zh" else (": ", ".")
        value = say.fact_value(fact, truth, language)
        sentence = f"{label}{mark}{value}{mark}{say.verdict(met, language)}{stop}"
        rests_on = (fact.name,) if truth is None else ()
        yield Condition(
            fact.name,
            row,
            truth,
            wanted,
            met,
            False,
            None,
            None,
            None,
            None,
            None,
            None,
            sentence,
            (),
            rests_on,
            (),
        )


def _entry(
    determination: Determination, step: Step, result: TestResult, below: tuple[Condition, ...], language: str
) -> Condition:
    sides = say.shown_sides(determination, result, language)
    return Condition(
        name=step.name,
        row=result.row,
        truth=result.truth,
        wanted=step.wanted,
        met=None if result.truth is None else result.truth == step.wanted,
        one_of=step.one_of,
        value=result.value,
        limit=result.limit,
        distance=result.distance,
        value_text=sides.value if sides else None,
        limit_text=sides.limit if sides else None,
        distance_text=sides.gap if sides else None,
        sentence=say.sentence(determination, result, language, step.wanted),
        articles=_articles(determination, step.name, language),
        rests_on=result.rests_on,
        tests=below,
    )


def _places(determination: Determination, entity: str, row: int | None, name: str) -> Iterable[int | None]:
    """The rows of a test that concern one row of the formula that asks for it."""
    below = str(determination.statute.variable(name).formula.entity)
    if below == "household":
        return [None]
    if below == entity:
        return [row]
    links = determination.statute.graph.schema.entities[below].links
    rows = determination.household.facts[below]
    if row is None:
        return range(len(rows))
    return [place for place, values in enumerate(rows) if values[f"{links[0].name}_index"] == row]


def _articles(determination: Determination, name: str, language: str) -> tuple[str, ...]:
    statute = determination.statute

    def told() -> tuple[str, ...]:
        found = citations(statute.variable(name).formula, statute.day)
        return tuple(reference.sentence(language) for reference in found)

    return statute.once(("articles", name, language), told)


def _amounts(determination: Determination, names: tuple[str, ...], language: str) -> Iterator[Amount]:
    """What is paid or may be; amounts that are certainly nothing are left out, the total is not."""
    for name in names:
        formula = determination.statute.variable(name).formula
        for row in determination.trace.rows(name):
            fen = determination.trace.value(name, row)
            if fen == 0 and name not in ("monthly_total", *STANDARDS):
                continue
            label = formula.zh if language == "zh" else formula.en
            if row is not None:
                whose = say.row_label(determination.household, str(formula.entity), row, language)
                label = f"{whose}的{label}" if language == "zh" else f"{label} of {whose}"
            text = say.verdict(None, language) if fen is None else say.money(fen, language)
            yield Amount(name, row, label, fen, text, _articles(determination, name, language))


def _grace(determination: Determination, language: str) -> Iterator[GraceMonth]:
    """From this month to the end: the law applied as if the grace period had begun so many months earlier."""
    household, statute = determination.household, determination.statute
    if not determination.trace.value("is_in_grace"):
        return
    first = statute.day.year * 12 + statute.day.month - 1
    for later in range(LONGEST_GRACE + 1):
        facts = {**household.facts["household"]}
        facts["grace_from"] = _months_earlier(facts["grace_from"], later)
        trace = assess(replace(household, facts={**household.facts, "household": facts}), statute).trace
        if not trace.value("is_in_grace"):
            return
        month = f"{(first + later) // 12}-{(first + later) % 12 + 1:02d}"
        fen, number = trace.value("grace_amount"), int(trace.value("grace_month"))
        text = say.verdict(None, language) if fen is None else say.money(fen, language)
        yield GraceMonth(month, number, trace.value("grace_share"), fen, text)


def _months_earlier(day: int, months: int) -> int:
    """The first of the month so many months before that of ``day`` (yyyymmdd)."""
    year, month = divmod(day // 10_000 * 12 + day // 100 % 100 - 1 - months, 12)
    return year * 10_000 + (month + 1) * 100 + 1


def _assumed(determination: Determination, each: Assumption, language: str) -> Assumed:
    fact = Vocabulary.load().facts.get(each.fact)
    whose = say.row_label(determination.household, each.entity, each.row, language)
    if fact is None:
        label, text = ("户外法定义务人", "无") if language == "zh" else ("supporters outside", "none")
    else:
        label, text = fact.zh if language == "zh" else fact.en, say.fact_value(fact, each.value, language)
    return Assumed(each.entity, each.row, each.fact, int(each.value), whose, label, text)


def _proposal(determination: Determination, language: str) -> str:
    """What the computation comes to. It decides nothing."""
    zh, codes = language == "zh", determination.statute.variable("tier").kind.codes
    assert codes is not None
    no_tier = "不在各类别之内" if zh else "no tier"
    low, high = (
        no_tier if code == "none" else codes.label(code, language) for code in determination.tier_range
    )
    if determination.tier is None:
        text = (
            f"经测算，类别尚不能确定：可能的范围是“{low}”至“{high}”。"
            if zh
            else f"Not yet determined: from {low} to {high}."
        )
    elif determination.tier == "none":
        text = (
            "经测算，现有事实未达到任何一个类别的全部条件。"
            if zh
            else "On these facts not all conditions of any tier are met."
        )
    else:
        text = f"经测算，拟认定为“{low}”。" if zh else f"Proposed: {low}."
    if determination.trace.value("is_in_grace"):
        text += (
            "家庭处于渐退期，保障金逐月递减，不立即停发。"
            if zh
            else " Grace period: aid steps down month by month."
        )
    return text


def _tier_labels(determination: Determination) -> dict[str, str] | None:
    codes, tier = determination.statute.variable("tier").kind.codes, determination.tier
    assert codes is not None
    if tier is None or tier == "none":
        return {"zh": "不在各类别之内", "en": "no tier"} if tier else None
    return {language: codes.label(tier, language) for language in ("zh", "en")}


def _missing(determination: Determination, language: str) -> list[say.Missing]:
    """What the tier rests on and is not known; of several unknown rows only those that matter."""
    if not determination.missing:
        return []
    asked = facts_asked(determination)
    found = say.missing(determination, determination.missing, language)
    return [
        each
        for each in found
        if each.kind == "parameter" or any((name, each.row) in asked for name in each.facts)
    ]


def _missed(determination: Determination, language: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for key, name in (("kind", "missed"), ("cause", "missed_cause")):
        codes, code = determination.statute.variable(name).kind.codes, determination.trace.code(name)
        assert codes is not None
        found[key] = code
        found[f"{key}_label"] = None if code is None else codes.label(code, language)
    return found
