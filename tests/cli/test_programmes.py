"""``doudi programmes``, ``doudi statement`` and ``doudi cliff`` as people call them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.conftest import Doudi

EXAMPLES = Path(__file__).parents[2] / "examples"
STORY = EXAMPLES / "one-household-one-file.yaml"
WORKER = EXAMPLES / "found-a-job.yaml"


def test_the_catalogue_is_listed_with_the_number_of_organisations(doudi: Doudi):
    found = doudi("programmes", "list")
    assert found.code == 0
    assert "重度残疾人护理补贴" in found.out
    programmes, organisations = map(int, re.findall(r"(\d+) 个", found.out)[-2:])
    assert programmes >= 56
    assert organisations >= 21


def test_one_group_is_listed(doudi: Doudi):
    found = doudi("programmes", "list", "--group", "children", "--json").data
    assert {one["group"]["id"] for one in found} == {"children"}
    assert doudi("programmes", "list", "--group", "childern", "--json").codes == ["programme.group"]


def test_one_programme_is_shown_by_id_or_by_name(doudi: Doudi):
    by_id = doudi("programmes", "show", "disability_nursing", "--json").data
    by_name = doudi("programmes", "show", "重度残疾人护理补贴", "--json").data
    assert by_id == by_name
    assert [each["asked"] for each in by_id["documents"]] == [False]
    assert {each["with"] for each in by_id["relations"]} >= {"elder_care", "dibao"}
    assert "不向申请人索取" in doudi("programmes", "show", "disability_nursing").out


def test_an_unknown_programme_is_refused_with_the_nearest(doudi: Doudi):
    found = doudi("programmes", "show", "disability_nursin", "--lang", "en")
    assert found.code == 2
    assert "disability_nursing" in found.err


def test_a_statement_tells_kinds_and_totals(doudi: Doudi):
    found = doudi("statement", STORY, "--year", 2024)
    assert found.code == 0
    assert "共 8 项，实得合计 59,486.00 元" in found.out
    assert "漏救" in found.out
    data = doudi("statement", STORY, "--year", 2024, "--json").data
    assert (data["kinds"], data["received"]) == (8, "59486.00")
    assert data["waterfall"]["cost"] == "352000.00"


def test_a_statement_in_english(doudi: Doudi):
    assert "8 kinds, received 59,486.00 CNY" in doudi("statement", STORY, "--year", 2024, "--lang", "en").out


def test_a_statement_is_written_as_one_page_without_names_or_ids(doudi: Doudi, tmp_path: Path):
    page = tmp_path / "statement.html"
    assert doudi("statement", STORY, "--year", 2024, "--html", page).code == 0
    text = page.read_text("utf-8")
    assert "59486.00" in text
    assert "http://" not in re.sub(
        r"http://www\.w3\.org/\S*|http://www\.apache\.org/\S*", "", text.split("<script>")[0]
    )
    assert "mother" not in text.split("<script>")[0]
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert data["kind"] == "statement"


def test_a_parameter_of_a_programme_can_be_replaced(doudi: Doudi):
    data = doudi(
        "statement", STORY, "--year", 2024, "--set", "disability_nursing.grade_one=150", "--json"
    ).data
    (nursing,) = (one for one in data["programmes"] if one["programme"] == "disability_nursing")
    assert (nursing["due"], nursing["received"], nursing["state"]) == ("1800.00", "1440.00", "short")


def test_faults_of_file_and_options_are_told_together(doudi: Doudi):
    assert set(doudi("statement", "nowhere.yaml", "--set", "nonsense", "--json").codes) >= {"usage.set"}


def test_the_cliff_is_told_and_drawn(doudi: Doudi, tmp_path: Path):
    page = tmp_path / "cliff.html"
    data = doudi("cliff", WORKER, "--earner", 2, "--html", page, "--json").data
    assert data["earner"] == 2
    assert len(data["points"]) == 61
    assert data["falls"]
    assert all(float(fall["above"]) - float(fall["below"]) <= 1 for fall in data["falls"])
    assert "净资源曲线" in page.read_text("utf-8")


def test_a_member_who_is_not_there_is_refused(doudi: Doudi):
    assert doudi("cliff", WORKER, "--earner", 9, "--json").codes == ["cliff.earner"]
