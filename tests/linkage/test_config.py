"""Configurations: those that ship are whole, and the faults of others are told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from doudi.linkage import LinkageError, read_config, read_model
from doudi.linkage.config import FOLDER
from doudi.linkage.model import shipped_model


def changed(tmp_path: Path, **parts: Any) -> Path:
    data = yaml.safe_load((FOLDER / "chinese.yaml").read_text("utf-8"))
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(data | parts, allow_unicode=True), "utf-8")
    return path


@pytest.mark.parametrize("name", ["chinese", "latin"])
def test_what_ships_is_whole(name: str) -> None:
    config = read_config(Path(name))
    for comparison in config.comparisons:
        assert sum(level.m for level in comparison.levels) == pytest.approx(1, abs=0.02), comparison.name
        assert sum(level.u for level in comparison.levels) == pytest.approx(1, abs=0.02), comparison.name
        assert comparison.levels[-1].sql == "ELSE"


def test_no_rule_links_what_only_a_person_may() -> None:
    config = read_config()
    for rule in config.rules:
        for guard in config.review_when:
            shared = all(
                set(rule.when.get(name, config.comparison(name).names())) & set(levels)
                for name, levels in guard.when.items()
            )
            allowed = guard.name == "other_sex" and rule.name == "exact_id"
            assert not shared or allowed, (rule.name, guard.name)


def test_thresholds_can_be_changed(tmp_path: Path) -> None:
    path = changed(tmp_path, zones={"link": 0.99, "review": 0.3, "clear_by": 4, "keep": 5})
    assert read_config(path).zones.keep == 5


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"zones": {"link": 0.5, "review": 0.9, "clear_by": 4, "keep": 5}}, "linkage.config_zones"),
        ({"zones": {"link": 0.5}}, "linkage.config_form"),
        ({"thresholds": {}}, "linkage.config_key"),
        (
            {"rules": [{"name": "x", "zh": "", "en": "", "when": {"idd": ["exact"]}}]},
            "linkage.config_comparison",
        ),
        ({"rules": [{"name": "x", "zh": "", "en": "", "when": {"id": ["exat"]}}]}, "linkage.config_level"),
        (
            {"comparisons": [{"name": "x", "kind": "face", "column": "x", "zh": "", "en": ""}]},
            "linkage.config_kind",
        ),
    ],
)
def test_faults_are_told(tmp_path: Path, parts: dict[str, Any], code: str) -> None:
    with pytest.raises(LinkageError) as caught:
        read_config(changed(tmp_path, **parts))
    assert code in {problem.code for problem in caught.value.problems}


def test_what_is_no_configuration(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("- just\n- a list\n")
    with pytest.raises(LinkageError, match="no YAML configuration"):
        read_config(path)


def test_a_model_comes_back_as_it_was_written(tmp_path: Path) -> None:
    config = read_config()
    model = shipped_model(config)
    model.write(tmp_path / "model.json")
    assert read_model(tmp_path / "model.json", config) == model


def test_a_model_of_another_configuration_is_refused(tmp_path: Path) -> None:
    shipped_model(read_config(Path("latin"))).write(tmp_path / "model.json")
    with pytest.raises(LinkageError, match="another configuration"):
        read_model(tmp_path / "model.json", read_config())
    (tmp_path / "model.json").write_text("{}")
    with pytest.raises(LinkageError, match="no model"):
        read_model(tmp_path / "model.json", read_config())
