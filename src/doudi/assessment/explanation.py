"""Why a household comes to its tier: every tier with its tests, amounts, parameters, what was assumed and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from doudi.assessment import sentences as say
from doudi.assessment.citations import ParameterUse, facts_asked, parameters_used
from doudi.assessment.determination import Determination, assess
from doudi.assessment.explanation_tiers import TierEntry, articles_of, tiers_of
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
        tiers=tiers_of(determination, language),
        amounts=tuple(_amounts(determination, AMOUNTS, language)),
        grace=tuple(_grace(determination, language)),
        standards=tuple(_standards(determination, language)),
        parameters=tuple(parameters_used(determination, language)) if parameters else (),
        assumed=tuple(_assumed(determination, each, language) for each in determination.household.assumed),
        missed=_missed(determination, language),
    )


def _amounts(determination: Determination, names: tuple[str, ...], language: str) -> Iterator[Amount]:
    """What is paid or may be; amounts that are certainly nothing are left out, the total is not."""
    for name in names:
        for row in determination.trace.rows(name):
            if determination.trace.value(name, row) != 0 or name == "monthly_total":
                yield _amount(determination, name, row, language)


def _standards(determination: Determination, language: str) -> Iterator[Amount]:
    """The lines of the household, and the standard of each 特困 person whose land or resettlement gives another (43号 art. 19)."""
    trace = determination.trace
    for name in STANDARDS:
        yield _amount(determination, name, None, language)
    for row in trace.rows("own_tekun_basic"):
        other = trace.value("own_tekun_basic", row) != trace.value("tekun_basic")
        if trace.value("is_tekun", row) and other:
            yield _amount(determination, "own_tekun_basic", row, language)


def _amount(determination: Determination, name: str, row: int | None, language: str) -> Amount:
    formula, fen = determination.statute.variable(name).formula, determination.trace.value(name, row)
    label = formula.zh if language == "zh" else formula.en
    if row is not None:
        whose = say.row_label(determination.household, str(formula.entity), row, language)
        label = f"{whose}的{label}" if language == "zh" else f"{label} of {whose}"
    text = say.verdict(None, language) if fen is None else say.money(fen, language)
    return Amount(name, row, label, fen, text, articles_of(determination, name, language))


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
