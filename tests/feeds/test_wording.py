"""What is wrong with rows, in English: everything that readers of columns say has a wording."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import doudi.feeds
from doudi.feeds import contract
from doudi.feeds.wording import english

SPEAKING = re.compile(r"\.add\(|note_fault\(|_say\(|_numeric\(")
CHINESE = re.compile("[\u4e00-\u9fff]")


def said() -> list[str]:
    """Every sentence on a row that the sources hold, with nothing in its open places."""
    folder = Path(doudi.feeds.__file__).parent
    lines = "".join((folder / name).read_text("utf-8") for name in ("values.py", "checking.py")).splitlines()
    texts = [text for line in lines if SPEAKING.search(line) for text in re.findall(r'"([^"]+)"', line)]
    return sorted({re.sub("{.*?}", "", text) for text in texts if CHINESE.search(text)})


@pytest.mark.parametrize("text", said())
def test_every_sentence_on_a_row_has_an_english_one(text: str):
    feed = contract("monitoring_list")
    coded = next(each for each in feed.fields.values() if each.codes is not None)
    column, told = english(feed, coded.zh, text)
    assert column == coded.en
    assert not CHINESE.search(told)


def test_the_sentences_are_found():
    assert len(said()) >= 20
