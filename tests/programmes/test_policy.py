"""A programme as anybody may read it is what the rules of the place and day say, in both languages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from doudi.law import library
from doudi.programmes.law import Offer, law_of
from doudi.programmes.people import people
from doudi.programmes.phrases import Phrases
from doudi.programmes.policy import RECOGNISED, policy
from doudi.rules.errors import LawError

DAY = date(2026, 8, 1)


@pytest.fixture(scope="module")
def offer() -> Offer:
    """What the demonstration county offers."""
    return Offer(law_of("999901", DAY, specialised=False))


@pytest.mark.parametrize(
    ("rule", "given", "text"),
    [
        ("age_allowance_due", "", "周岁不低于高龄津贴起始年龄（80 岁）"),
        ("is_in_compulsory_school", "", "在读教育阶段是小学、初中"),
        ("has_new_certificate", "", "有取得证书日期，并且取得证书日期在本年度"),
        ("certificate_award_amount", "certificate_award_due", "证书奖励标准（600.00 元） × 当年取得证书数"),
        ("has_disability_certificate", "", "残疾类别不是无"),
        ("funeral_relief_amount", "funeral_relief_due", "基本殡葬服务费用，最多基本殡葬费用减免限额（1500.00 元）"),
        (
            "disability_nursing_amount",
            "disability_nursing_due",
            "据以认定的残疾等级是1的，重度残疾人护理补贴标准（一级）（120.00 元/人·月）；其余，重度残疾人护理补贴标准（其他）（90.00 元/人·月）",
        ),
        (
            "gap_amount", "",
            "（最低生活保障标准（每人每月） × 全年人月数 减 可计入家庭收入） × 领取低保人口 ÷ 全年人月数（进位到元）",
        ),
    ],
)  # fmt: skip
def test_a_rule_is_read_out_with_the_figures_of_the_place(offer: Offer, rule: str, given: str, text: str):
    assert Phrases(offer.statute, "zh").of(rule, given) == text


def test_a_figure_that_the_place_has_not_set_says_so_and_leaves_the_programme_open():
    elsewhere = policy(Offer(law_of("610100", DAY, specialised=False)), "age_allowance")
    assert elsewhere is not None
    assert elsewhere.conditions[0].phrase == "周岁不低于高龄津贴起始年龄（未定）"
    assert set(elsewhere.unset) == {"高龄津贴起始年龄", "高龄津贴标准"}


def test_tests_are_told_with_those_below_them_and_their_articles(offer: Offer):
    dibao = policy(offer, "dibao")
    assert dibao is not None
    qualifies = dibao.conditions[0]
    assert qualifies.label == "符合最低生活保障条件"
    assert [each.label for each in qualifies.tests][:2] == [
        "家庭月人均收入低于低保标准",
        "财产状况符合低保规定",
    ]
    assert qualifies.tests[0].articles == ("《中华人民共和国社会救助法》第十八条",)
    assert any("民发〔2021〕57号" in article for article in qualifies.tests[1].articles)
    assert any(
        term.label == "最低生活保障标准（每人每月）" and "560.00" in term.phrase for term in dibao.terms
    )


def test_a_condition_that_must_not_hold_and_how_several_belong_together_are_said(offer: Offer):
    low_margin, grace = policy(offer, "low_margin"), policy(offer, "dibao_grace")
    assert low_margin is not None
    assert grace is not None
    last = low_margin.conditions[-1]
    assert (last.label, last.wanted) == ("符合最低生活保障条件", False)
    assert low_margin.summary == "收入财产符合低保边缘条件，并且不是“符合最低生活保障条件”"
    assert "渐退期开始时为低保家庭，并且有成员就业" in grace.summary, "what decides is more than its one test"


def test_an_amount_that_names_no_figure_is_told_with_those_that_it_rests_on(offer: Offer):
    living, allowance = policy(offer, "tekun_living"), policy(offer, "age_allowance")
    assert living is not None
    assert allowance is not None
    assert [term.label for term in living.basis] == [
        "特困基本生活标准（按承包地和搬迁）",
        "最低生活保障标准（每人每月）",
    ]
    assert allowance.basis == ()


def test_where_the_choice_of_the_place_suffices_nothing_else_is_told(offer: Offer):
    told = Phrases(offer.statute, "zh").of("dibao_home_checked")
    assert told == "不是“低保要求住房安全（否）”，并且不是“低保要求饮水安全（否）”"


def test_a_choice_of_the_place_is_told_for_every_code_also_the_first(offer: Offer):
    told = Phrases(offer.statute, "zh").of("dibao_amount")
    assert "低保金计算方式（按城乡：城市 补差；农村 就近分档）" in told


def test_a_figure_has_its_versions_the_newest_first_and_whether_it_was_checked(offer: Offer):
    dibao = policy(offer, "dibao")
    assert dibao is not None
    standard = next(one for one in dibao.figures if one.name == "dibao.standard")
    days = [one.since for one in standard.versions]
    assert days == sorted(days, reverse=True)
    assert len(days) > 1
    assert not standard.verified
    assert {use.place for use in standard.uses} == {"演示市"}, "the county says nothing of its own"


def test_who_pays_is_told_as_of_the_day(offer: Offer):
    dibao, rigid = policy(offer, "dibao"), policy(offer, "rigid")
    assert dibao is not None
    assert dibao.funding is not None
    assert dibao.funding.central == 6_000
    assert rigid is not None
    assert (rigid.name, rigid.funding, rigid.amount) == ("刚性支出困难家庭", None, "")


def test_what_a_place_does_not_have_is_not_there(offer: Offer):
    assert policy(offer, "no_such_programme") is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_programme_and_tier_can_be_read_in_both_languages(offer: Offer, language: str):
    foreign = re.compile(r"[\u3400-\u9fff]") if language == "en" else re.compile(r"[a-z]+_[a-z]")
    for name in (*RECOGNISED, *(one.id for one in offer.programmes)):
        found = policy(offer, name, language)
        assert found is not None
        texts = [
            found.name,
            found.rule,
            found.amount,
            *(text for term in found.terms for text in (term.label, term.phrase)),
        ]
        texts += [text for one in found.conditions for text in (one.label, one.phrase)]
        assert [text for text in texts if foreign.search(text)] == [], name
        assert found.conditions
        assert found.articles
        assert found.programme is None or bool(found.amount) == bool(found.programme.amount)


def test_people_find_what_is_for_them_by_the_rules(offer: Offer):
    meant = {
        kind.id: {one.id for one in offer.programmes if kind.meant_by(one, offer.statute.graph)} for kind in people().values()
    }  # fmt: skip
    assert {"age_allowance", "elder_care", "tekun_living"} <= meant["elders"]
    assert "dibao" not in set().union(*meant.values()), "what everybody may have is nobody's in particular"
    assert {"leukaemia_fund", "inpatient_aid", "single_dibao"} <= meant["ill"]
    assert "disability_nursing" in meant["disabled"] - meant["elders"]
    assert all(meant.values())


def test_every_fault_of_the_file_of_people_is_told(tmp_path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "people.yaml").write_text("elders: {zh: 老年人, groups: [elder], rules: [is_old]}\n", "utf-8")
    monkeypatch.setattr(library, "PROGRAMMES", tmp_path)
    with pytest.raises(LawError) as failed:
        people.__wrapped__()
    assert len(failed.value.problems) == 3
