"""``doudi link``: whose rows are these."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Doudi
from tests.linkage.people import DAN, LI, persons, row_about, rows, with_wrong_digit


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Two rows, the persons, and the truth."""
    doubtful = row_about(LI, "2", name="王小丽", id_number=with_wrong_digit(LI["id_number"]))
    rows(row_about(DAN, "1"), doubtful).write_csv(tmp_path / "rows.csv")
    persons().write_parquet(tmp_path / "persons.parquet")
    (tmp_path / "truth.csv").write_text(
        "row_id,person_id,noise\n1,dan,none\n2,li,id_one_digit+name_two_homophones\n"
    )
    return tmp_path


def test_rows_are_linked_reviewed_and_told(doudi: Doudi, files: Path) -> None:
    done = doudi("link", files / "rows.csv", files / "persons.parquet", "-o", files / "out")
    assert done.code == 0
    assert "连接 1，复核 1，无 0" in done.out
    assert "neither_agrees 1" in done.out
    assert pl.read_parquet(files / "out" / "links.parquet").height == 2


def test_as_data_with_the_truth(doudi: Doudi, files: Path) -> None:
    done = doudi(
        "link",
        files / "rows.csv",
        files / "persons.parquet",
        "-o",
        files / "out",
        "--truth",
        files / "truth.csv",
        "--json",
    )
    assert done.data["counts"] == {"rows": 2, "link": 1, "review": 1, "none": 0}
    assert done.data["evaluation"]["whole"]["precision"] == 1
    assert done.data["evaluation"]["whole"]["recall"] == 0.5
    assert done.data["evaluation"]["whole"]["recall_with_review"] == 1
    assert {score["kind"] for score in done.data["evaluation"]["by_kind"]} == {
        "none",
        "id_one_digit",
        "name_two_homophones",
    }


def test_the_truth_gives_a_table_and_a_plot(doudi: Doudi, files: Path) -> None:
    done = doudi(
        "link",
        files / "rows.csv",
        files / "persons.parquet",
        "-o",
        files / "out",
        "--truth",
        files / "truth.csv",
        "--lang",
        "en",
    )
    assert "precision" in done.out
    assert "one digit wrong" in done.out
    page = (files / "out" / "evaluation.html").read_text("utf-8")
    assert page.count("<svg") == 2
    assert "http" not in page


def test_decisions_override_and_only_new_rows_are_linked(doudi: Doudi, files: Path) -> None:
    call = ("link", files / "rows.csv", files / "persons.parquet", "-o", files / "out", "--json")
    (files / "decided.csv").write_text("row_id,person_id,decision,by\n2,li,link,clerk\n")
    assert doudi(*call).data["linked_now"] == 2
    assert doudi(*call).data["linked_now"] == 0
    decided = doudi(*call, "--decisions", files / "decided.csv").data
    assert decided["linked_now"] == 1
    assert decided["why"]["link"] == {"exact_id": 1, "clerical:link": 1}


def test_all_files_at_fault_are_told_at_once(doudi: Doudi, files: Path) -> None:
    (files / "decided.csv").write_text("row,person\n")
    (files / "broken.parquet").write_bytes(b"PAR1")
    done = doudi(
        "link",
        files / "nothing.csv",
        files / "broken.parquet",
        "-o",
        files / "out",
        "--decisions",
        files / "decided.csv",
        "--json",
    )
    assert done.code == 2
    assert {"file.unusable", "linkage.file", "linkage.decision_column"} <= set(done.codes)


def test_other_files_and_other_tables(doudi: Doudi, files: Path) -> None:
    (files / "rows.xls").write_text("")
    assert doudi(
        "link", files / "rows.xls", files / "persons.parquet", "-o", files / "out", "--json"
    ).codes == ["linkage.file_kind"]
    wrong = doudi("link", files / "persons.parquet", files / "rows.csv", "-o", files / "out", "--json")
    assert wrong.code == 2
    assert "linkage.column" in wrong.codes


@pytest.mark.parametrize("name", ["rows.csv", "persons.csv"])
def test_a_missing_key_names_its_file_and_no_person(doudi: Doudi, files: Path, name: str) -> None:
    persons().write_csv(files / "persons.csv")
    key = "row_id" if name == "rows.csv" else "person_id"
    text = (files / name).read_text("utf-8")
    (files / name).write_text(text.replace(key, "编号", 1), "utf-8")
    asked = ("link", files / "rows.csv", files / "persons.csv", "-o", files / "out", "--json")
    told = doudi(*asked).data["problems"]
    assert [(each["code"], each["column"], Path(each["file"]).name) for each in told] == [
        ("linkage.column", key, name)
    ]
    assert "id_number" in told[0]["remedy_zh"]
    (files / name).write_text("1,610124198001010011,王小明,男\n2,610124198001010012,李丽,女\n", "utf-8")
    done = doudi(*asked)
    assert done.codes == ["linkage.column"]
    assert not any(word in done.out for word in ("6101", "王小明", "男"))


def test_keys_that_are_empty_or_given_twice_are_told_with_their_rows(doudi: Doudi, files: Path) -> None:
    (files / "rows.csv").write_text(
        "\nrow_id,name\n7,甲\n\n  ,乙\n7,丙\n,丁\n610124198001010011,戊\n610124198001010011,己\n", "utf-8"
    )
    done = doudi("link", files / "rows.csv", files / "persons.parquet", "-o", files / "out", "--json")
    assert [
        (each["code"], Path(each["file"]).name, each["row"], each["column"], each.get("value", "").strip())
        for each in done.data["problems"]
    ] == [
        ("linkage.key_empty", "rows.csv", 5, "row_id", ""),
        ("linkage.key_empty", "rows.csv", 7, "row_id", ""),
        ("linkage.key_twice", "rows.csv", 3, "row_id", "7"),
        ("linkage.key_twice", "rows.csv", 6, "row_id", "7"),
        ("linkage.key_twice", "rows.csv", 8, "row_id", "…"),
        ("linkage.key_twice", "rows.csv", 9, "row_id", "…"),
    ]


def test_encodings_and_empty_files_are_named(doudi: Doudi, files: Path) -> None:
    text = (files / "rows.csv").read_text("utf-8")
    (files / "rows.csv").write_text(text, "utf-16")
    (files / "empty.csv").write_bytes(b"")
    done = doudi("link", files / "rows.csv", files / "empty.csv", "-o", files / "out", "--json")
    assert [(each["code"], each.get("value")) for each in done.data["problems"]] == [
        ("fact.encoding", "UTF-16"), ("linkage.empty", None),
    ]  # fmt: skip
    (files / "rows.csv").write_text("\n\n", "utf-8")
    assert doudi(
        "link", files / "rows.csv", files / "persons.parquet", "-o", files / "out", "--json"
    ).codes == ["linkage.empty"]


def test_gb18030_is_read(doudi: Doudi, files: Path) -> None:
    text = (files / "rows.csv").read_text("utf-8")
    (files / "rows.csv").write_text(text, "gb18030")
    done = doudi("link", files / "rows.csv", files / "persons.parquet", "-o", files / "out", "--json")
    assert done.data["counts"]["link"] == 1


def test_a_configuration_by_name(doudi: Doudi, files: Path) -> None:
    latin = "row_id,given_name,surname,born,number,street,place,postcode\nr,anna,miller,1960-01-02,12345,high street,leeds,1234\n"
    (files / "a.csv").write_text(latin)
    (files / "b.csv").write_text(latin.replace("row_id", "person_id").replace("r,anna", "p,ana"))
    done = doudi("link", files / "a.csv", files / "b.csv", "-o", files / "out", "--config", "latin", "--json")
    assert done.data["counts"]["link"] == 1
