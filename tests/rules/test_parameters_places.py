"""The readers below the parameters: YAML with places, code sets, units, documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.rules.codes import CodeSet, load_code_sets
from doudi.rules.documents import Document, Documents, Reference, chinese_numeral
from doudi.rules.errors import LawError, ParameterError, Problems
from doudi.rules.units import UNITS, unit
from doudi.rules.yaml_places import read_page

STUDY = CodeSet("study", {"none": ("无", "none"), "primary": ("小学", "primary")}, {"81": "primary"})


def places(error: LawError) -> list[tuple[str, int | None]]:
    """Code and line of each problem."""
    return [(problem.code, problem.line) for problem in error.problems]


def test_a_code_is_its_place_in_the_set():
    assert [STUDY.index("none"), STUDY.index("primary"), STUDY.index("81")] == [0, 1, 1]
    assert STUDY.code(1) == "primary"
    assert (STUDY.label("primary"), STUDY.label("81", "en")) == ("小学", "primary")
    assert STUDY.find("secondary") is None
    assert "81" in STUDY
    assert len(STUDY) == 2
    assert hash(STUDY) == hash(CodeSet("study", dict(STUDY.entries), dict(STUDY.aliases)))


def test_an_unknown_code_names_the_nearest():
    with pytest.raises(LawError) as caught:
        STUDY.index("primery")
    assert caught.value.problems[0].remedy_en == "use one of primary"
    with pytest.raises(LawError):
        STUDY.code(2)
    with pytest.raises(LawError):
        STUDY.code(-1)


def test_code_sets_keep_the_order_of_the_file_and_take_chinese_labels(tmp_path: Path):
    path = tmp_path / "codes.yaml"
    path.write_text(
        "sex:\n  1: {zh: 男, en: male, aliases: [M]}\n  2: {zh: 女, en: female}\n", encoding="utf-8"
    )
    sex = load_code_sets(path)["sex"]
    assert sex.codes == ("1", "2")
    assert [sex.index("男"), sex.index("M"), sex.index("女")] == [0, 0, 1]


def test_faults_of_code_sets_are_told_at_once(tmp_path: Path):
    path = tmp_path / "codes.yaml"
    path.write_text(
        "sex:\n  1: {zh: 男, label: male}\n  2: {zh: 女, en: female, aliases: [男]}\nage: [1]\nsize: {}\nsize: {}\n",
        encoding="utf-8",
    )
    with pytest.raises(LawError) as caught:
        load_code_sets(path)
    assert places(caught.value) == [
        ("yaml.key_twice", 6),
        ("yaml.unknown_key", 2),
        ("yaml.missing_key", 2),
        ("code.alias_taken", 3),
        ("yaml.not_a_mapping", 4),
    ]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("CNY", "560", 56_000),
        ("CNY/person/month", "560.5", 56_050),
        ("CNY/year", "0.29", 29),
        ("CNY", "-12.30", -1230),
        ("CNY", "90071992547409.93", 9_007_199_254_740_993),
        ("ratio", "1.5", 15_000),
        ("ratio", "0.0001", 1),
        ("m2/person", "13.25", 1325),
        ("months", "24", 24),
        ("flag", "true", 1),
        ("flag", "false", 0),
    ],
)
def test_numbers_are_read_digit_by_digit(name: str, text: str, value: int):
    assert unit(name).parse(text) == value


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("CNY", "560.001", "unit.too_many_decimals"),
        ("ratio", "0.33333", "unit.too_many_decimals"),
        ("months", "1.5", "unit.too_many_decimals"),
        ("months", "24.0", "unit.too_many_decimals"),
        ("CNY", "1,000", "unit.not_a_number"),
        ("CNY", "1_000", "unit.not_a_number"),
        ("CNY", "1e3", "unit.not_a_number"),
        ("CNY", "010", "unit.not_a_number"),
        ("CNY", ".5", "unit.not_a_number"),
        ("CNY", "5.", "unit.not_a_number"),
        ("CNY", "nan", "unit.not_a_number"),
        ("CNY", "５６０", "unit.not_a_number"),
        ("CNY", "", "unit.not_a_number"),
        ("flag", "yes", "unit.not_a_flag"),
        ("flag", "1", "unit.not_a_flag"),
    ],
)
def test_what_is_no_exact_number_is_refused(name: str, text: str, code: str):
    with pytest.raises(ParameterError) as caught:
        unit(name).parse(text)
    assert caught.value.problems[0].code == code
    assert caught.value.problems[0].value == text


def test_a_choice_needs_to_be_among_its_choices():
    assert unit("choice").parse("primary", STUDY) == 1
    with pytest.raises(ParameterError):
        unit("choice").parse("secondary", STUDY)
    with pytest.raises(ValueError, match="with its choices"):
        unit("choice").parse("primary")


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("CNY/person/month", 56_000, "560.00 元/人·月", "560.00 CNY per person per month"),
        ("CNY", -5, "-0.05 元", "-0.05 CNY"),
        ("ratio", 15_000, "1.5 倍", "1.5 times"),
        ("ratio", 20_000, "2 倍", "2 times"),
        ("months", 24, "24 个月", "24 months"),
        ("years", 60, "60 岁", "60 years"),
        ("m2/person", 1310, "13.1 平方米/人", "13.1 m² per person"),
        ("count", 100, "100", "100"),
        ("flag", 1, "是", "yes"),
        ("flag", 0, "否", "no"),
        ("ratio", None, "未定", "not set"),
    ],
)
def test_values_are_shown_with_their_unit(name: str, value: int | None, zh: str, en: str):
    assert unit(name).format(value) == zh
    assert unit(name).format(value, "en") == en


def test_choices_are_shown_by_their_label():
    assert unit("choice").format(1, "zh", STUDY) == "小学"


@pytest.mark.parametrize(
    "each", [each for each in UNITS.values() if each.numeric], ids=lambda each: each.name
)
def test_what_is_written_is_read_back(each):
    for value in (0, 1, 99, 100, 12_345, -7):
        assert each.parse(each.number(value)) == value


def test_an_unknown_unit_names_the_nearest():
    with pytest.raises(ParameterError) as caught:
        unit("CNY/person/months")
    assert "CNY/person/month" in caught.value.problems[0].remedy_en


MEASURES = Document(
    "mf-2021-57", "某办法", "Some Measures", "民发〔2021〕57号", "MF 2021 No. 57", articles=51
)
NOTICE = Document("notice", "《某通知》", "Some Notice", articles=("1.1", "1.10", "附件1"))
LETTER = Document("letter", "某函", "Some Letter")
KNOWN = Documents({"mf-2021-57": MEASURES, "notice": NOTICE, "letter": LETTER})


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "mf-2021-57:13",
            "《某办法》（民发〔2021〕57号）第十三条",
            "Some Measures (MF 2021 No. 57), art. 13",
        ),
        (
            "mf-2021-57:8(4)",
            "《某办法》（民发〔2021〕57号）第八条第（四）项",
            "Some Measures (MF 2021 No. 57), art. 8(4)",
        ),
        ("notice:1.10", "《某通知》第1.10项", "Some Notice, item 1.10"),
        ("notice:附件1", "《某通知》附件1", "Some Notice, 附件1"),
        ("letter", "《某函》", "Some Letter"),
    ],
)
def test_references_are_cited_as_people_cite_them(text: str, zh: str, en: str):
    reference = KNOWN.resolve(text)
    assert (reference.sentence(), reference.sentence("en")) == (zh, en)


PARTED = Documents(
    {
        "parted": Document(
            "parted", "某条例", "Some Rules", articles=20, paragraphs={7: (4, 3), 8: (4, 0), 12: (0, 2)}
        )
    }
)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("7.2(3)", "第七条第二款第（三）项", "art. 7, para. 2, item (3)"),
        ("7(4)", "第七条第一款第（四）项", "art. 7, para. 1, item (4)"),
        ("7.1(4)", "第七条第一款第（四）项", "art. 7, para. 1, item (4)"),
        ("8(4)", "第八条第（四）项", "art. 8(4)"),
        ("8.2", "第八条第二款", "art. 8, para. 2"),
        ("12.2(1)", "第十二条第二款第（一）项", "art. 12, para. 2, item (1)"),
        ("13.1", "第十三条第一款", "art. 13, para. 1"),
    ],
)
def test_paragraphs_are_cited_and_named_wherever_an_item_alone_would_not_tell(text: str, zh: str, en: str):
    reference = PARTED.resolve(f"parted:{text}")
    assert (reference.sentence(), reference.sentence("en")) == (f"《某条例》{zh}", f"Some Rules, {en}")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("7.2(4)", "use 7.1(1)–(4), 7.2(1)–(3)"),
        ("7.3", "use 7.1(1)–(4), 7.2(1)–(3)"),
        ("8.2(1)", "use 8.1(1)–(4), 8.2"),
        ("12(1)", "use 12.1, 12.2(1)–(2)"),
        ("13(1)", "use 13"),
        ("13.2", "use 13"),
        ("21.1", "use 1–20"),
    ],
)
def test_a_paragraph_or_item_that_is_not_there_is_refused(text: str, remedy: str):
    with pytest.raises(LawError) as caught:
        PARTED.resolve(f"parted:{text}")
    problem = caught.value.problems[0]
    assert (problem.code, problem.remedy_en) == ("reference.unknown_article", remedy)


def test_a_reference_is_written_back_as_it_was():
    assert str(KNOWN.resolve("mf-2021-57:8(4)")) == "mf-2021-57:8(4)"
    assert KNOWN.resolve("letter") == Reference(LETTER)


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("mf-2021-75:13", "reference.unknown_document", "did you mean mf-2021-57"),
        ("mf-2021-57:52", "reference.unknown_article", "use 1–51"),
        ("mf-2021-57:0", "reference.unknown_article", "use 1–51"),
        ("mf-2021-57", "reference.unknown_article", "use 1–51"),
        ("mf-2021-57:8(a)", "reference.unknown_article", "use 1–51"),
        ("notice:1.2", "reference.unknown_article", "use 1.1"),
        ("letter:1", "reference.unknown_article", "use letter"),
        ("", "reference.unknown_document", "enter it in documents.yaml first"),
    ],
)
def test_unknown_documents_and_articles_are_refused(text: str, code: str, remedy: str):
    with pytest.raises(LawError) as caught:
        KNOWN.resolve(text)
    assert (caught.value.problems[0].code, caught.value.problems[0].remedy_en) == (code, remedy)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (13, "十三"),
        (20, "二十"),
        (78, "七十八"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_article_numbers_in_chinese(number: int, text: str):
    assert chinese_numeral(number) == text


def test_chinese_numerals_have_limits():
    with pytest.raises(ValueError, match="between 1 and 999"):
        chinese_numeral(1000)


def test_the_registry_is_read_from_a_file(tmp_path: Path):
    path = tmp_path / "documents.yaml"
    path.write_text(
        "a:\n  zh: 甲\n  en: A\n  kind: law\n  in_force_from: 2026-07-01\n  articles: 78\n"
        "b: {zh: 乙, en: B, kind: notice, articles: [1.1, 1.10]}\n"
        "c: {zh: 丙, en: C, kind: letter, in_force_until: null}\n",
        encoding="utf-8",
    )
    documents = Documents.load(path)
    assert documents.resolve("a:78").document.in_force_from == "2026-07-01"
    assert documents.resolve("b:1.10").article == "1.10"
    assert documents.resolve("c").document.line == 8


def test_paragraphs_of_the_registry_are_numbers(tmp_path: Path):
    path = tmp_path / "documents.yaml"
    path.write_text("a: {zh: 甲, en: A, kind: law, articles: 9, paragraphs: {7: [4, 3]}}\n", encoding="utf-8")
    assert Documents.load(path).by_id["a"].paragraphs == {7: (4, 3)}
    path.write_text("a: {zh: 甲, en: A, kind: law, articles: 9, paragraphs: {7: [4, x]}}\n", encoding="utf-8")
    with pytest.raises(LawError) as caught:
        Documents.load(path)
    assert [problem.code for problem in caught.value.problems] == ["document.bad_paragraphs"]


def test_faults_of_the_registry_are_told_at_once(tmp_path: Path):
    path = tmp_path / "documents.yaml"
    path.write_text(
        "a:\n  zh: 甲\n  kind: law\n  artcles: 78\nb: {zh: 乙, en: B, kind: law, articles: many}\n",
        encoding="utf-8",
    )
    with pytest.raises(LawError) as caught:
        Documents.load(path)
    assert places(caught.value) == [
        ("yaml.unknown_key", 4),
        ("yaml.missing_key", 1),
        ("document.bad_articles", 5),
    ]
    assert caught.value.problems[0].remedy_en == "use articles"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"a: [1, 2\nb: 3\n", "yaml.broken", 2),
        (b"a: \xb5\xcd\xb1\xa3\n", "yaml.broken", None),
        (b"", "yaml.empty", None),
        (None, "yaml.unreadable", None),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(
    tmp_path: Path, content: bytes | None, code: str, line: int | None
):
    path = tmp_path / "x.yaml"
    if content is not None:
        path.write_bytes(content)
    problems = Problems()
    _, root = read_page(path, problems)
    assert root is None
    assert [(problem.code, problem.line, problem.file) for problem in problems] == [(code, line, str(path))]
