"""Explanations: the sentences a resident reads, which tests belong to a tier, and where the law of the case comes from."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.assessment.families import ELDER_ALONE, FOUND_A_JOB, LITTLE_KNOWN, WITH_A_VAN, determined

from doudi.assessment.citations import cells_used, citations
from doudi.assessment.conditions import TIERS, steps
from doudi.assessment.explanation import Explanation, explain
from doudi.assessment.explanation_tiers import Condition, TierEntry
from doudi.assessment.sentences import missing, money, sentence
from doudi.rules.errors import LawError

LAW_18 = "《中华人民共和国社会救助法》第十八条"
MEASURES = "《最低生活保障审核确认办法》（民发〔2021〕57号）"


def tier(explanation: Explanation, code: str, row: int | None = None) -> TierEntry:
    return next(each for each in explanation.tiers if (each.tier, each.row) == (code, row))


def entry(found: TierEntry, *path: str) -> Condition:
    tests, step = found.tests, None
    for name in path:
        step = next(test for test in tests if test.name == name)
        tests = step.tests
    assert step is not None
    return step


def said(text: str, name: str, row: int | None = None, language: str = "zh") -> str:
    determination = determined(text)
    return sentence(determination, determination.trace.test(name, row), language)


@pytest.mark.parametrize(
    ("text", "name", "row", "zh", "en"),
    [
        (
            WITH_A_VAN,
            "dibao_income",
            None,
            "家庭月人均收入 291.00 元，低于低保标准 560.00 元（差 269.00 元）：符合。",
            "Monthly income per head 291.00 CNY is below the dibao standard 560.00 CNY (by 269.00 CNY): met.",
        ),
        (
            WITH_A_VAN.replace("wage: 9000", "wage: 16000"),
            "dibao_income",
            None,
            "家庭月人均收入 582.67 元，高于低保标准 560.00 元（差 22.67 元）：未满足。",
            "Monthly income per head 582.67 CNY is above the dibao standard 560.00 CNY (by 22.67 CNY): not met.",
        ),
        (
            WITH_A_VAN.replace("wage: 9000", "wage: 15456"),
            "dibao_income",
            None,
            "家庭月人均收入 560.00 元，等于低保标准 560.00 元，未低于：未满足。",
            "Monthly income per head 560.00 CNY equals the dibao standard 560.00 CNY, and is not below it: not met.",
        ),
        (
            WITH_A_VAN.replace("wage: 9000", "wage: 15455.99"),
            "dibao_income",
            None,
            "家庭月人均收入 559.9996 元，低于低保标准 560.00 元（差 0.0004 元）：符合。",
            "Monthly income per head 559.9996 CNY is below the dibao standard 560.00 CNY (by 0.0004 CNY): met.",
        ),
        (
            WITH_A_VAN.replace("wage: 9000", "wage: 15456.01"),
            "dibao_income",
            None,
            "家庭月人均收入 560.0004 元，高于低保标准 560.00 元（差 0.0004 元）：未满足。",
            "Monthly income per head 560.0004 CNY is above the dibao standard 560.00 CNY (by 0.0004 CNY): not met.",
        ),
        (
            WITH_A_VAN.replace("wage: 9000", "wage: 10000").replace(
                "expenses: []", "expenses: [{kind: medical, amount: 6000}]"
            ),
            "rigid_share",
            None,
            "刚性支出占家庭收入比例 60%，等于规定的 60%，未超出：未满足。",
            "Rigid expenditure 60% equals the set share of income 60%, and is not above it: not met.",
        ),
        (
            WITH_A_VAN.replace("wage: 9000", "wage: 10000").replace(
                "expenses: []", "expenses: [{kind: medical, amount: 6000.01}]"
            ),
            "rigid_share",
            None,
            "刚性支出占家庭收入比例 60.0001%，超出规定的 60%（差 0.0001 个百分点）：符合。",
            "Rigid expenditure 60.0001% is above the set share of income 60% (by 0.0001 percentage points): met.",
        ),
        (
            WITH_A_VAN,
            "dibao_vehicle_value",
            None,
            "单台车辆农机价值 52,000.00 元，超过低保限额 50,000.00 元（超出 2,000.00 元）：未满足。",
            "Value of each vehicle 52,000.00 CNY is above the dibao limit 50,000.00 CNY (by 2,000.00 CNY): not met.",
        ),
        (
            WITH_A_VAN,
            "dibao_vehicles",
            None,
            "车辆农机数量 1，等于低保限额 1：符合。",
            "Number of vehicles 1 equals the dibao limit 1: met.",
        ),
        (
            WITH_A_VAN,
            "tekun_elder",
            1,
            "成员2（子女）：60周岁以上老年人（实际 14 岁，界限 60 岁，相差 46 岁）：未满足。",
            "Member 2 (child): is 60 or more (actual 14 years, line 60 years, apart by 46 years): not met.",
        ),
        (
            WITH_A_VAN.replace("expenses: []", "expenses: [{kind: medical, amount: 3000}]"),
            "rigid_share",
            None,
            "刚性支出占家庭收入比例 33.33%，未超出规定的 60%（差 26.67 个百分点）：未满足。",
            "Rigid expenditure 33.33% is below the set share of income 60% (by 26.67 percentage points): not met.",
        ),
        (
            LITTLE_KNOWN,
            "dibao_income",
            None,
            "家庭月人均收入低于低保标准：不能确定：还需要知道 成员2（子女）的收入、成员3（父母）的工资性收入。",
            "Monthly income per head below the dibao standard: cannot be determined: still needed: "
            "income of member 2 (child), wages of member 3 (parent).",
        ),
        (
            LITTLE_KNOWN,
            "tekun_income",
            2,
            "成员3（父母）：本人月收入低于低保标准（特困）：不能确定：还需要知道 成员3（父母）的工资性收入。",
            "Member 3 (parent): own monthly income below the dibao standard (tekun): cannot be determined: "
            "still needed: wages of member 3 (parent).",
        ),
        (
            LITTLE_KNOWN,
            "dibao_property",
            None,
            "财产状况符合低保规定：不能确定：还需要知道 家庭财产情况（尚未申报）。",
            "Property as dibao demands: cannot be determined: still needed: the household's assets (not declared yet).",
        ),
    ],
)
def test_a_test_in_a_sentence(text: str, name: str, row: int | None, zh: str, en: str) -> None:
    assert said(text, name, row) == zh
    assert said(text, name, row, "en") == en


def test_with_no_income_a_share_is_not_written_out() -> None:
    poor = WITH_A_VAN.replace("wage: 9000", "wage: 0").replace(
        "expenses: []", "expenses: [{kind: medical, amount: 3000}]"
    )
    assert said(poor, "rigid_share") == "刚性支出占家庭收入比例 超过 10,000%，超出规定的 60%：符合。"
    english = "Rigid expenditure more than 10,000% is above the set share of income 60%: met."
    assert said(poor, "rigid_share", language="en") == english


def test_a_second_home_that_is_allowed_is_not_called_too_much() -> None:
    two = "assets: [{kind: home, value: 1, area: 15}, {kind: home, value: 1, area: 15}]"
    text = WITH_A_VAN.replace("assets: [{kind: deposit, value: 12000}, {kind: vehicle, value: 52000}]", two)
    assert said(text, "dibao_homes") == "住房套数和面积符合低保规定：符合。"
    area = "多一套住房时人均面积 15.00 平方米，低于低保规定 20.00 平方米（差 5.00 平方米）：符合。"
    assert said(text, "dibao_second_home") == area
    told = explain(determined(text)).as_text()
    assert area in told
    assert "住房套数 2，超过低保限额" not in told


def test_a_second_home_that_is_too_large_is_told_with_its_area() -> None:
    two = "assets: [{kind: home, value: 1, area: 15}, {kind: home, value: 1, area: 30}]"
    text = WITH_A_VAN.replace("assets: [{kind: deposit, value: 12000}, {kind: vehicle, value: 52000}]", two)
    told = explain(determined(text)).as_text()
    assert "住房套数 2，超过低保限额 1（超出 1）：未满足。" in told
    assert "多一套住房时人均面积 22.50 平方米，高于低保规定 20.00 平方米（差 2.50 平方米）：未满足。" in told


@pytest.mark.parametrize("homes", ["", "{kind: home, value: 1, area: 15}"])
def test_who_has_no_second_home_is_told_nothing_of_its_area(homes: str) -> None:
    text = WITH_A_VAN.replace("{kind: deposit, value: 12000}, {kind: vehicle, value: 52000}", homes)
    told = explain(determined(text)).as_text()
    assert "住房套数" in told
    assert "多一套" not in told


def test_a_parameter_that_is_not_set_is_asked_for_by_its_codes() -> None:
    determination = determined(WITH_A_VAN, settings={"property.vehicle_cap.dibao": "null"})
    found = sentence(determination, determination.trace.test("dibao_vehicle_value"))
    asked = "当地的“车辆价值限额”（最低生活保障）（规则参数，尚未确定）"
    assert found == f"单台车辆农机价值符合低保规定：不能确定：还需要知道 {asked}。"


def test_what_a_supporter_who_refuses_declared_is_asked_for() -> None:
    supporter = (
        "supporters: [{relation: child, family_size: 3, family_income: 60000, consents: false, person: p1}]"
    )
    determination = determined(
        WITH_A_VAN.replace("supporters: []", supporter),
        settings={"support_fee.without_consent": "undetermined"},
    )
    rests_on = determination.trace.finding("dibao_income").rests_on
    found = [each.label for each in missing(determination, rests_on)]
    assert found == ["法定义务人1（成员1（户主）的子女）的义务人家庭收入"]


def test_the_tests_of_a_tier_are_those_its_formula_asks_for() -> None:
    found = tier(explain(determined(WITH_A_VAN)), "dibao")
    names = ["dibao_income", "dibao_property", "has_members", "belongs_here"]
    assert [test.name for test in found.tests] == names, (
        "housing and water are not asked about in this county"
    )
    inner = [test.name for test in entry(found, "dibao_property").tests]
    parts = ("money", "vehicles", "vehicle_value", "homes", "shops", "business", "woodland")
    assert inner == [f"dibao_{part}" for part in parts]
    graph = determined(WITH_A_VAN).statute.graph
    for name in TIERS.values():
        assert {step.name for step in steps(graph, name)} <= set(
            graph.variables[name].formula.arguments.values()
        )


def test_a_tier_asks_that_another_one_does_not_hold() -> None:
    poor = WITH_A_VAN.replace("52000", "45000")
    found = tier(explain(determined(poor)), "low_margin")
    other = entry(found, "is_dibao")
    assert (found.holds, other.truth, other.wanted, other.met, other.tests) == (False, True, False, False, ())
    assert other.sentence == "“符合最低生活保障条件”应为否，现为是：未满足。"
    assert entry(tier(explain(determined(poor)), "rigid"), "is_dibao").wanted is False
    grounds = tier(explain(determined(poor)), "single_dibao", 0).tests
    assert {test.name for test in grounds if not test.wanted} >= {"is_dibao", "is_tekun"}
    assert next(test for test in grounds if test.name == "single_by_illness").one_of
    assert not other.one_of


def test_reasons_are_the_innermost_tests() -> None:
    explanation = explain(determined(WITH_A_VAN))
    assert [test.name for test in tier(explanation, "dibao").reasons(False)] == ["dibao_vehicle_value"]
    (van,) = tier(explanation, "dibao").reasons(False)
    assert (van.value, van.limit, van.distance) == (5_200_000, 5_000_000, -200_000)
    assert (van.value_text, van.limit_text, van.distance_text) == (
        "52,000.00 元",
        "50,000.00 元",
        "2,000.00 元",
    )
    assert van.articles == (LAW_18, f"{MEASURES}第十四条")
    (county,) = tier(explanation, "other").reasons(False)
    assert county.sentence == "家庭的“符合本地其他困难情形”：否：未满足。"


def test_articles_are_those_of_the_day() -> None:
    before = explain(determined(WITH_A_VAN, day=date(2026, 6, 30)))
    order = "《社会救助暂行办法》（国务院令第649号）第九条"
    assert entry(tier(before, "dibao"), "dibao_income").articles == (order,)
    formula = determined(WITH_A_VAN).statute.variable("dibao_income").formula
    assert [str(each) for each in citations(formula, date(2026, 7, 1))] == ["law-2026:18"]
    assert [str(each) for each in citations(formula, date(2026, 6, 30))] == ["order-649:9"]
    assert [str(each) for each in citations(formula, date(2021, 6, 30))] == ["order-649:9"]


def test_every_formula_of_the_law_cites_registered_articles() -> None:
    failing = {}
    for day in (date(2024, 1, 1), date(2026, 8, 1)):
        for formula in determined(WITH_A_VAN, day=day).statute.graph.formulas.values():
            try:
                citations(formula, day)
            except LawError as error:
                failing[formula.name] = str(error)
    assert failing == {}


@pytest.mark.parametrize(("area", "tie", "told"), [
    ("urban", "land", ["728.00 元"]), ("rural", "land", []), ("rural", "resettled", ["936.00 元"]), ("urban", "none", []),
])  # fmt: skip
def test_a_standard_by_land_or_resettlement_is_told_where_it_is_another(
    area: str, tie: str, told: list[str]
) -> None:
    text = ELDER_ALONE.replace("area: rural", f"area: {area}").replace(
        "relation: head", f"relation: head\n    land_tie: {tie}"
    )
    standards = explain(determined(text)).standards[3:]
    assert [each.text for each in standards] == told
    assert all("特困基本生活标准（按承包地和搬迁）" in each.label and each.articles for each in standards)


def test_amounts_standards_and_the_total() -> None:
    explanation = explain(determined(ELDER_ALONE))
    assert [(each.name, each.row, each.text) for each in explanation.amounts] == [
        ("tekun_basic_amount", 0, "728.00 元"),
        ("tekun_care_amount", 0, "416.00 元"),
        ("monthly_total", None, "1,144.00 元"),
    ]
    assert [(each.name, each.fen) for each in explanation.standards] == [
        ("dibao_standard", 56_000),
        ("low_margin_line", 84_000),
        ("income_per_head", 0),
    ]
    open_amounts = {each.name: each.text for each in explain(determined(LITTLE_KNOWN)).amounts}
    assert open_amounts["monthly_total"] == "不能确定"


def test_the_grace_period_month_by_month_to_its_end() -> None:
    explanation = explain(determined(FOUND_A_JOB))
    assert [(each.month, each.number, each.share, each.fen) for each in explanation.grace] == [
        ("2026-08", 2, 10_000, 80_000),
        ("2026-09", 3, 8_000, 64_000),
        ("2026-10", 4, 8_000, 64_000),
        ("2026-11", 5, 6_000, 48_000),
        ("2026-12", 6, 6_000, 48_000),
    ]
    assert "渐退期" in explanation.proposal
    assert "2026-09（第3个月，80%）：640.00 元" in explanation.as_text()
    assert explain(determined(WITH_A_VAN)).grace == ()


def test_parameters_that_decided_say_where_they_come_from_and_that_nobody_checked() -> None:
    explanation = explain(determined(WITH_A_VAN))
    used = {(each.name, each.code): each for each in explanation.parameters}
    cap = used["property.vehicle_cap", "dibao"]
    assert (cap.place, cap.since, cap.reference, cap.verified, cap.status) == (
        "演示县",
        "2021-07-01",
        "《演示县规则》",
        False,
        "未核实",
    )
    assert ("dibao.standard", "rural") in used
    assert ("dibao.standard", "urban") not in used
    assert ("deduction.illness_cap", None) not in used
    assert used["tekun.elder_age", None].status == "已核实"
    given = explain(determined(WITH_A_VAN, settings={"property.vehicle_cap.dibao": "51000"}), "en")
    assert next(each for each in given.parameters if each.value == 5_100_000).place == "given by the user"


def test_only_what_decided_is_told() -> None:
    determination = determined(WITH_A_VAN)
    assert ("employment_cost.rate", None) in cells_used(determination)
    assert ("employment_cost.amount", None) not in cells_used(determination)
    jobless = determined(WITH_A_VAN.replace("wage: 9000", "gifts: 100"))
    assert ("employment_cost.rate", None) not in cells_used(jobless)


def test_assumptions_and_the_kind_missed() -> None:
    explanation = explain(determined(WITH_A_VAN))
    kept = [
        each for each in explanation.assumed if (each.entity, each.row, each.fact) == ("person", 1, "study")
    ]
    assert [(each.whose, each.label, each.text) for each in kept] == [
        ("成员2（子女）", "在读教育阶段", "不在读")
    ]
    assert not [each for each in explanation.assumed if (each.row, each.fact) == (0, "marital")]
    labels = {"kind": "critical", "kind_label": "临界型", "cause": "institution", "cause_label": "制度层面"}
    assert explanation.missed == labels
    assert "成员2（子女）：收入 各项均为 0；" in explanation.as_text()


@pytest.mark.parametrize("text", [WITH_A_VAN, ELDER_ALONE, LITTLE_KNOWN, FOUND_A_JOB])
def test_the_text_proposes_and_names_nobody(text: str) -> None:
    for language in ("zh", "en"):
        explanation = explain(determined(text), language)
        told = explanation.as_text() + json.dumps(explanation.as_data(), ensure_ascii=False)
        assert not [word for word in ("拒绝认定", "不符合", "王小明", "p1", "reject") if word in told]
    assert "以上是测算建议，由审核确认机关决定。" in explain(determined(text)).as_text()


def test_what_the_proposal_says() -> None:
    assert explain(determined(ELDER_ALONE)).proposal == "经测算，拟认定为“特困人员”。"
    assert explain(determined(ELDER_ALONE)).tier_label == {
        "zh": "特困人员",
        "en": "person in extreme hardship",
    }
    assert (
        explain(determined(WITH_A_VAN), "en").proposal
        == "On these facts not all conditions of any tier are met."
    )
    unknown = explain(determined(LITTLE_KNOWN))
    assert unknown.proposal == "经测算，类别尚不能确定：可能的范围是“不在各类别之内”至“最低生活保障家庭”。"
    assert [each.label for each in unknown.missing] == [
        "家庭财产情况（尚未申报）",
        "家庭支出情况（尚未申报）",
        "成员2（子女）的收入",
        "成员3（父母）的工资性收入",
    ]


def test_nobody_is_asked_for_the_income_of_somebody_who_does_not_count() -> None:
    in_prison = "  - {id: p4, relation: child, born: 2000-01-01, absence: prison}\n"
    text = LITTLE_KNOWN.replace("supporters:", f"{in_prison}supporters:")
    labels = [each.label for each in explain(determined(text)).missing]
    assert "成员2（子女）的收入" in labels
    assert not [label for label in labels if label.startswith("成员4")]


def test_sums_are_written_with_thousands_apart() -> None:
    assert [money(5_200_005), money(-99, "en"), money(0)] == ["52,000.05 元", "-0.99 CNY", "0.00 元"]
