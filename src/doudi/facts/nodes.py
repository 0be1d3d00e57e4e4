"""The nodes of a YAML or JSON file, with the text and line of every value.

JSON gets a small composer of its own: YAML parsers refuse its tabs and some of its escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from doudi.facts.decoding import EncodingError, decode, unreadable
from doudi.rules.errors import Problem, Problems

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BARE = re.compile(r"[^,\]}\s]+")
_TAG = "tag:yaml.org,2002:"
_TEXT, _MAP = f"{_TAG}str", f"{_TAG}map"
_FIRST = Mark("", 0, 0, 0, None, 0)
_NONE = ScalarNode(f"{_TAG}null", "null", _FIRST, _FIRST)


def read_nodes(path: Path, problems: Problems) -> Node | None:
    """The root node of a ``.yaml``, ``.yml`` or ``.json`` file; None, with a fault, when it cannot be read."""
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        problems.add(
            Problem(
                "fact.file_type", "家庭文件应为 YAML 或 JSON", "a household file is YAML or JSON",
                "文件名以 .yaml、.yml 或 .json 结尾", "end its name in .yaml, .yml or .json", file=str(path),
            )
        )  # fmt: skip
        return None
    try:
        text = decode(path.read_bytes())
        if not text.strip():
            problems.add(_empty(path))
            return None
        root = compose_json(text) if path.suffix.lower() == ".json" else yaml.compose(text, Loader=_LOADER)
    except OSError as error:
        problems.add(unreadable(path, error))
    except EncodingError as error:
        problems.add(error.problem(str(path)))
    except json.JSONDecodeError as error:
        problems.add(_broken(path, "JSON", error.lineno, error.msg))
    except yaml.YAMLError as error:
        problems.add(_broken(path, "YAML", *_yaml_place(error, text)))
    except RecursionError:
        problems.add(_broken(path, "YAML/JSON", None, "nested too deeply"))
    else:
        if root is None:
            problems.add(_empty(path))
        return root
    return None


def _empty(path: Path) -> Problem:
    return Problem(
        "fact.empty", "文件是空的", "the file is empty", "写入家庭和成员", "write the household and its persons",
        file=str(path),
    )  # fmt: skip


def _broken(path: Path, form: str, line: int | None, detail: str) -> Problem:
    return Problem(
        "fact.syntax", f"不是有效的 {form}", f"not valid {form}",
        "检查缩进、引号、逗号和冒号", "check indentation, quotes, commas and colons",
        file=str(path), line=line, value=detail,
    )  # fmt: skip


def _yaml_place(error: yaml.YAMLError, text: str) -> tuple[int | None, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__
    if mark is not None:
        return int(mark.line) + 1, str(detail)
    position = getattr(error, "position", None)
    return (None if position is None else text.count("\n", 0, position) + 1), str(detail)


def compose_json(text: str) -> Node:
    """The root node of a JSON text, of the same classes as YAML's.

    Raises:
        json.JSONDecodeError: the text is not valid JSON.
    """
    json.loads(text)
    return _Composer(text).node(0)[0]


def nodes_of(data: Any) -> Node:
    """The root node of plain data (mappings, lists, texts, numbers, None), as if its JSON had been composed; all of it on line 1."""
    if isinstance(data, Mapping):
        return MappingNode(
            _MAP, [(_word(key), nodes_of(value)) for key, value in data.items()], _FIRST, _FIRST
        )
    if isinstance(data, str):
        return ScalarNode(_TEXT, data, _FIRST, _FIRST)
    if data is None:
        return _NONE
    if isinstance(data, list):
        return SequenceNode(_TAG + "seq", [nodes_of(each) for each in data], _FIRST, _FIRST)
    return ScalarNode(_TEXT, json.dumps(data), _FIRST, _FIRST)


@lru_cache(maxsize=4096)
def _word(text: str) -> Node:
    return ScalarNode(_TEXT, text, _FIRST, _FIRST)


class _Composer:
    """Walks a text that is known to be valid JSON."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.line = 0
        self.counted = 0

    def mark(self, place: int) -> Mark:
        self.line += self.text.count("\n", self.counted, place)
        self.counted = place
        return Mark("", place, self.line, 0, None, 0)

    def skip(self, place: int) -> int:
        match = _SPACE.match(self.text, place)
        return match.end() if match else place

    def node(self, place: int) -> tuple[Node, int]:
        """The node that begins at or after ``place``, and the place behind it."""
        place = self.skip(place)
        mark = self.mark(place)
        first = self.text[place]
        if first == "{":
            pairs, end = self.pairs(place + 1)
            return MappingNode(_TAG + "map", pairs, mark, mark), end
        if first == "[":
            items, end = self.items(place + 1)
            return SequenceNode(_TAG + "seq", items, mark, mark), end
        if first == '"':
            text = self.token(_STRING, place)
            return ScalarNode(_TAG + "str", json.loads(text), mark, mark), place + len(text)
        text = self.token(_BARE, place)
        return ScalarNode(_TAG + ("null" if text == "null" else "str"), text, mark, mark), place + len(text)

    def token(self, pattern: re.Pattern[str], place: int) -> str:
        match = pattern.match(self.text, place)
        assert match is not None, "the text is valid JSON"
        return match[0]

    def pairs(self, place: int) -> tuple[list[tuple[Node, Node]], int]:
        found: list[tuple[Node, Node]] = []
        while self.text[place := self.skip(place)] != "}":
            key, place = self.node(place + (self.text[place] == ","))
            value, place = self.node(self.skip(place) + 1)
            found.append((key, value))
        return found, place + 1

    def items(self, place: int) -> tuple[list[Node], int]:
        found: list[Node] = []
        while self.text[place := self.skip(place)] != "]":
            value, place = self.node(place + (self.text[place] == ","))
            found.append(value)
        return found, place + 1
