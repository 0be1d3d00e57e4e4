"""Sheets made small and large again."""

from __future__ import annotations

import json

import pytest

from doudi.web.registry.squeezing import squeeze, unsqueeze

TEXTS = ["", "{}", '{"facts":{"fact":["wage"],"value":["6000.00"]}}', "𠮷" * 5000]


def test_what_is_squeezed_comes_out_as_it_was():
    for text in TEXTS:
        assert unsqueeze(squeeze(text.encode())).decode() == text


def test_a_usual_sheet_takes_a_fraction_of_its_text():
    facts = ["household_id", "relation", "born", "sex", "marital", "study", "full_time", "disability"]
    columns = {
        "fact": facts, "value": ["h1", "head", "1970-01-01", "male", "single", "none", "true", "none"],
        "source": ["registry"] * 8, "period": [None] * 8, "used": [True] * 8, "rule": ["only_source"] * 8,
    }  # fmt: skip
    text = json.dumps({"facts": columns}, separators=(",", ":")).encode()
    assert len(squeeze(text)) < len(text) / 4


def test_a_sheet_of_another_shared_text_is_not_opened_as_something_else():
    small = bytearray(squeeze(b"{}"))
    small[2:6] = b"\0\0\0\1"
    with pytest.raises(KeyError):
        unsqueeze(bytes(small))
