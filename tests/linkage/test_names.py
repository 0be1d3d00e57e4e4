"""Names made comparable."""

from __future__ import annotations

import polars as pl
import pytest

from doudi.linkage.characters import replacements, surnames
from doudi.linkage.levels import comparison
from doudi.linkage.names import with_names


def parts(name: str) -> dict[str, str]:
    return with_names(pl.DataFrame({"name": [name]})).row(0, named=True)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [("单雄信", "shan", "dan"), ("曾国藩", "zeng", "ceng"), ("仇英", "qiu", "chou"), ("解缙", "xie", "jie"),
     ("尉迟恭", "yu chi", "wei chi"), ("翟让", "zhai", "di"), ("王羲之", "wang", "wang")],
)  # fmt: skip
def test_surnames_are_read_as_surnames_and_both_readings_are_kept(name: str, first: str, second: str) -> None:
    found = parts(name)
    assert (found["surname_sound"], found["surname_sound_2"]) == (first, second)


def test_compound_surnames_and_names_with_separators() -> None:
    assert parts("欧阳修")["surname"] == "欧阳"
    assert parts("欧阳")["surname"] == "欧"
    assert parts("麦麦提·吐尔逊")["surname"] == "麦麦提"


@pytest.mark.parametrize("written", ["麦麦提•吐尔逊", "麦麦提・吐尔逊", "麦麦提.吐尔逊", " 麦麦提 · 吐尔逊 "])
def test_separators_do_not_matter(written: str) -> None:
    assert parts(written)["name"] == parts("麦麦提·吐尔逊")["name"]


def test_variant_forms_are_one_name() -> None:
    assert parts("劉國華")["variant"] == parts("刘国华")["variant"]


def test_names_that_sound_alike() -> None:
    assert parts("王晓莉")["sound"] == parts("王小丽")["sound"]
    assert parts("买买提·吐尔逊")["sound"] == parts("麦麦提·吐尔逊")["sound"]
    assert parts("李林")["speech"] == parts("李灵")["speech"]


@pytest.mark.parametrize("name", ["𠮷明", "䶮", "欧阳䶮", "丁𬭎"])
def test_rare_characters_stay(name: str) -> None:
    assert parts(name)["name"] == name


def test_nothing_written_is_unknown() -> None:
    assert with_names(pl.DataFrame({"name": ["", "  ", None]}))["name"].null_count() == 3


def test_the_tables_of_characters_are_without_fault() -> None:
    for kind in ("variants", "lookalikes"):
        assert replacements(kind)
    assert {"单", "曾", "仇", "解"} <= surnames().readings.keys()
    assert all(len(name) == 2 for name in surnames().compound)


def test_no_distance_of_bytes_is_used_on_chinese_names() -> None:
    sql = " ".join(level.sql for level in comparison("name", "chinese_name", "name", "", "", {}).levels)
    assert not any(word in sql for word in ("levenshtein", "jaro", "hamming", "jaccard"))
