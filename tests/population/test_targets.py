"""A county of the usual size holds its targets; every target says where its value comes from."""

from dataclasses import replace

import pytest

from doudi.population import world_of
from doudi.population.check_page import shown, write_page
from doudi.population.targets import Finding, compare, targets


@pytest.fixture(scope="module", params=[2026, 7], ids=lambda seed: f"seed {seed}")
def findings(request):
    """What the usual county has of each target."""
    return compare(world_of(50_000, seed=request.param))


def test_all_targets_hold(findings):
    assert {f"{each.target.name} {each.found:.3f}" for each in findings if not each.holds} == set()


def test_targets_have_both_languages_a_source_and_a_tolerance_below_their_value():
    names = [target.name for target in targets()]
    assert len(names) == len(set(names)) > 30
    for target in targets():
        assert all((target.zh, target.en, target.source_zh, target.source_en))
        assert 0 < target.tolerance < target.value
        assert target.unit in ("percent", "yuan", "number")


def test_a_figure_holds_up_to_its_tolerance_and_not_beyond():
    target = replace(targets()[0], value=10.0, tolerance=2.0)
    assert Finding(target, 12.0).holds
    assert Finding(target, 8.0).holds
    assert not Finding(target, 12.001).holds
    assert not Finding(target, 7.999).holds


def test_figures_are_shown_with_their_unit():
    assert [shown(1426.6, "yuan"), shown(18.7, "percent"), shown(0.3349, "percent"), shown(2.624, "number")] == [
        "1,427 元", "18.70%", "0.335%", "2.62",
    ]  # fmt: skip


def test_a_world_that_is_not_the_county_misses_targets(world):
    young = world["persons"].with_columns(born=world["persons"]["born"].dt.offset_by("-15y"))
    other = replace(world, tables={**world.tables, "persons": young})
    missed = {each.target.name for each in compare(other) if not each.holds}
    assert {"age_0_14", "age_60", "age_65"} <= missed


def test_the_page_needs_nothing_else_and_names_every_target(tmp_path, world):
    page = write_page(world, compare(world), tmp_path / "new" / "page.html", seed=3).read_text("utf-8")
    assert "http" not in page
    assert "src=" not in page
    for target in targets():
        assert target.zh in page
    assert page.count("<svg") == len(targets()) + 5
    assert ">nan" not in page.lower()
    assert '"nan"' not in page.lower()
    assert not any(name in page for name in world["persons"]["name"].head(50))
    assert world.region in page
