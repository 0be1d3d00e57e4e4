"""``doudi run``: a register, good and bad, through the real command."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Doudi, Outcome

HOUSEHOLDS = """\
household_id,area,village,safe_housing,safe_water
h1,rural,东村,true,true
h2,urban,西街,true,true
h3,rural,东村,true,true
"""
PERSONS = """\
person_id,household_id,relation,born,wage,pension,other_income,marital
p1,h1,head,1980-03-02,0,0,3000,married
p2,h1,child,2015-05-01,0,0,0,single
p3,h2,head,1975-01-01,90000,0,0,married
p4,h3,head,1950-01-01,0,1560,0,widowed
"""
SUPPORTERS = """\
supporter_id,person_id,relation,born,family_size,family_income,own_income,property_within_limits
s1,p4,child,1975-01-01,3,60000,30000,true
"""
PLACE = ("--region", "999901", "--date", "2026-08-01")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of three households in CSV."""
    folder = tmp_path / "register"
    folder.mkdir()
    for name, text in (("households", HOUSEHOLDS), ("persons", PERSONS), ("supporters", SUPPORTERS)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    for name in ("assets", "expenses", "holdings"):
        heads = {
            "assets": "household_id,kind,value",
            "expenses": "household_id,kind,amount",
            "holdings": "household_id,programme,monthly",
        }
        (folder / f"{name}.csv").write_text(
            heads[name]
            + "\nh1,"
            + {"assets": "deposit,100", "expenses": "medical,100", "holdings": "dibao,100"}[name]
            + "\n"
        )
    return folder


def changed(register: Path, table: str, old: str, new: str) -> None:
    """Replace a text in one table."""
    path = register / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def run(doudi: Doudi, register: Path, *more: object) -> Outcome:
    """The register assessed, told as JSON."""
    return doudi("run", register, *PLACE, "-o", register.parent / "out", "--json", *more)


def test_a_clean_register_is_assessed_whole(doudi: Doudi, register: Path, tmp_path: Path):
    done = run(doudi, register)
    assert done.code == 0
    assert done.data["counts"]["households"] == {"read": 3, "assessed": 3, "set_aside": 0}
    frame = pl.read_parquet(tmp_path / "out" / "determinations.parquet")
    assert frame["household_id"].to_list() == ["h1", "h2", "h3"]
    assert frame["tier"].cast(pl.String).to_list()[0] == "dibao"
    for paths in done.data["files"].values():
        assert all(Path(path).exists() for path in paths)


def test_the_summary_is_a_table_and_says_where_the_results_lie(doudi: Doudi, register: Path, tmp_path: Path):
    told = doudi("run", register, *PLACE, "-o", tmp_path / "out")
    assert told.code == 0
    for words in (
        "演示县 999901，2026-08-01",
        "3 户，审核 3，搁置 0",
        "最低生活保障家庭",
        "元/月",
        "沉默型",
        "determinations.parquet",
    ):
        assert words in told.out
    lines = told.out.splitlines()
    rule = next(place for place, line in enumerate(lines) if line.startswith("──"))
    assert lines[rule - 1].startswith("类别")
    english = doudi("run", register, *PLACE, "-o", tmp_path / "out", "--lang", "en").out
    assert "dibao family" in english
    assert "3 households, 3 assessed, 0 set aside" in english


def test_one_household_and_the_register_agree(doudi: Doudi, register: Path, write):
    text = (
        "region: '999901'\ndate: 2026-08-01\nhousehold: {area: rural, safe_housing: true, safe_water: true}\n"
        "persons:\n- {id: p1, relation: head, born: 1980-03-02, marital: married, income: {other_income: 3000}}\n"
        "- {id: p2, relation: child, born: 2015-05-01}\n"
        "assets: [{kind: deposit, value: 100}]\nexpenses: [{kind: medical, amount: 100}]\n"
        "holdings: [{programme: dibao, monthly: 100}]\nsupporters: []\n"
    )
    alone = doudi("assess", write("h1.yaml", text), "--json").data
    run(doudi, register)
    row = pl.read_parquet(register.parent / "out" / "determinations.parquet").row(0, named=True)
    total = next(each["fen"] for each in alone["amounts"] if each["name"] == "monthly_total")
    assert (alone["tier"], total) == (str(row["tier"]), int(row["monthly_total"] * 100))


@pytest.mark.parametrize(
    ("table", "old", "new", "code"),
    [
        ("persons", "p3,h2,head,1975-01-01,90000", "p3,h2,head,1975-01-01,much", "fact.number"),
        ("persons", "p3,h2,head,1975-01-01,90000", "p3,h2,head,1975-01-01,-5", "fact.range"),
        ("persons", "p3,h2,head,1975-01-01,90000", "p3,h2,head,1975-01-01,999999999999", "fact.range"),
        ("persons", "p3,h2,head,1975-01-01", "p3,h2,head,1975-13-01", "fact.date"),
        ("persons", "p3,h2,head", "p3,h2,chief", "fact.code"),
        ("persons", "p3,h2,head", "p3,h2,child", "fact.no_head"),
        ("persons", "p2,h1,child", "p2,h1,head", "fact.two_heads"),
        ("persons", "p2,h1,child", "p1,h2,child", "fact.duplicate_id"),
        ("persons", "p3,h2,head", "p3,h9,head", "fact.dangling"),
        ("supporters", "s1,p4", "s1,p99", "fact.dangling"),
        ("households", "h2,urban", "h2,seaside", "fact.code"),
    ],
)
def test_bad_rows_are_set_aside_and_the_rest_is_assessed(
    doudi: Doudi, register: Path, table: str, old: str, new: str, code: str
):
    changed(register, table, old, new)
    done = run(doudi, register)
    assert done.code == 1
    for counts in done.data["counts"].values():
        assert counts["read"] == counts["assessed"] + counts["set_aside"]
    assert done.data["counts"][table]["set_aside"] >= 1
    assert done.data["counts"]["households"]["assessed"] + done.data["counts"]["supporters"]["assessed"] >= 2
    assert done.data["problems"]
    fault = done.data["faults"][0]
    assert fault["file"].endswith(f"{table}.csv") or code in (
        "fact.no_head",
        "fact.dangling",
        "fact.duplicate_id",
    )
    assert fault["row"] >= 2
    assert fault["column"]
    assert fault.get("remedy_zh")


def test_what_was_set_aside_has_the_shape_received_and_reads_again_when_mended(
    doudi: Doudi, register: Path, tmp_path: Path
):
    changed(register, "persons", "p3,h2,head,1975-01-01,90000", "p3,h2,head,1975-01-01,much")
    assert run(doudi, register).code == 1
    aside = tmp_path / "out" / "set_aside"
    with (aside / "persons.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["person_id"] for row in rows] == ["p3"]
    assert "错误" in rows[0]
    assert "wage" in rows[0]["错误"] or "工资" in rows[0]["错误"]
    mended = (aside / "persons.csv").read_text("utf-8-sig").replace("much", "90000")
    (aside / "persons.csv").write_text(mended, "utf-8")
    again = doudi("run", aside, *PLACE, "-o", tmp_path / "again", "--json")
    assert again.code == 0
    assert again.data["counts"]["households"] == {"read": 1, "assessed": 1, "set_aside": 0}


def test_faults_on_the_screen(doudi: Doudi, register: Path, tmp_path: Path):
    changed(register, "persons", "p3,h2,head,1975-01-01,90000", "p3,h2,head,1975-01-01,much")
    told = doudi("run", register, *PLACE, "-o", tmp_path / "out")
    assert told.code == 1
    assert "搁置 1" in told.out
    assert "persons.csv row 4 wage" in told.err
    assert "set_aside" in told.out


def _heading(register: Path) -> None:
    changed(register, "persons", "pension", "pensoin")


def _column(register: Path) -> None:
    changed(register, "persons", "relation,", "")
    changed(register, "persons", "head,", "")
    changed(register, "persons", "child,", "")


def _empty(register: Path) -> None:
    (register / "persons.csv").write_bytes(b"")


def _encoding(register: Path) -> None:
    (register / "persons.csv").write_bytes("person_id,household_id\nsüd,h1\n".encode("latin-1"))


def _table(register: Path) -> None:
    (register / "households.csv").unlink()


def _not_parquet(register: Path) -> None:
    (register / "persons.csv").unlink()
    (register / "persons.parquet").write_text("not a table")


@pytest.mark.parametrize("spoil", [_heading, _column, _empty, _encoding, _table, _not_parquet])
def test_a_table_that_cannot_be_read_stops_before_anything_is_written(doudi: Doudi, register: Path, spoil):
    spoil(register)
    failed = run(doudi, register)
    assert failed.code == 2
    assert failed.codes
    assert all(problem.get("remedy_zh") for problem in failed.data["problems"])
    assert not (register.parent / "out").exists()


def test_a_register_in_gb18030_is_read(doudi: Doudi, register: Path):
    path = register / "households.csv"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    assert run(doudi, register).code == 0


def test_faults_of_place_day_options_and_register_at_once(doudi: Doudi, register: Path):
    _heading(register)
    failed = doudi(
        "run",
        register,
        "--region",
        "123456",
        "--date",
        "2026-02-30",
        "--set",
        "rubbish",
        "-o",
        register,
        "--json",
    )
    assert failed.code == 2
    assert {"region.unknown", "date.bad", "usage.set", "usage.out"} <= set(failed.codes)
    assert len(failed.codes) >= 5
    assert (register / "persons.csv").read_text("utf-8").startswith("person_id")


def test_place_and_day_that_do_not_exist(doudi: Doudi, register: Path, tmp_path: Path):
    out = ("-o", tmp_path / "out", "--json")
    assert doudi("run", register, "--date", "2026-08-01", *out).codes == ["region.missing"]
    assert doudi("run", register, "--region", "999901", "--date", "1950-01-01", *out).codes == [
        "date.before_law"
    ]
    assert doudi("run", tmp_path / "nowhere", *PLACE, *out).codes == ["fact.no_register"]
    assert doudi("run", register, *PLACE, "--json").codes == ["usage.missing"]


def test_a_parameter_set_for_a_whole_register(doudi: Doudi, register: Path):
    high = run(
        doudi, register, "--set", "dibao.standard.urban=5000", "--set", "dibao.standard.rural=5000"
    ).data
    usual = run(doudi, register).data
    assert high["total"]["monthly"] > usual["total"]["monthly"]
