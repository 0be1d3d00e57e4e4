"""Text from bytes: UTF-8 with or without a mark and GB 18030 are read; any other encoding is named, not guessed at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from doudi.rules.errors import Problem

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_LIKELY = (("big5", "Big5"), ("shift_jis", "Shift JIS"), ("cp1252", "Windows-1252"))
_SAMPLE = 200_000
_ENOUGH = 0.6


class EncodingError(Exception):
    """Bytes in an encoding that is not read; ``likely`` names it where it can be told."""

    def __init__(self, likely: str) -> None:
        super().__init__(likely)
        self.likely = likely

    def problem(self, file: str) -> Problem:
        """The fault that the file's encoding is not read."""
        return Problem(
            "fact.encoding", "文件编码无法识别", "the encoding of the file is not read",
            "另存为 UTF-8 或 GB 18030 编码", "save it as UTF-8 or GB 18030", file=file, value=self.likely,
        )  # fmt: skip


def unreadable(path: Path, error: OSError) -> Problem:
    """The fault that a file cannot be opened."""
    return Problem(
        "fact.unreadable", "文件无法打开", "the file cannot be opened",
        "检查路径与权限", "check the path and the permissions",
        file=str(path), value=error.strerror or type(error).__name__,
    )  # fmt: skip


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (a mark at its start is dropped) or GB 18030.

    Raises:
        EncodingError: the bytes are neither; the likely encoding is named.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise EncodingError(name)
    if b"\x00" in data[:_SAMPLE]:
        raise EncodingError("UTF-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if _common_share(data, "gb18030") >= _ENOUGH:
        return data.decode("gb18030")
    likely = next((name for codec, name in _LIKELY if _common_share(data, codec) >= _ENOUGH), "unknown")
    raise EncodingError(likely)


def _common_share(data: bytes, codec: str) -> float:
    """The share of non-ASCII characters that are everyday ones under ``codec``; 0 when it cannot decode the bytes.

    GB 18030 decodes nearly any bytes, but text of another encoding then becomes rare characters.
    """
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    counts = Counter(character for character in text[:_SAMPLE] if character > "\x7f")
    if not counts:
        return 0.0
    common = sum(count for character, count in counts.items() if _everyday(character, codec))
    return common / counts.total()


def _everyday(character: str, codec: str) -> bool:
    if codec == "cp1252":
        return character.isalpha()
    if codec == "shift_jis":
        return "\u3040" <= character <= "\u30ff"
    if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uff5e":
        return True
    level_one = b"\xb0" if codec == "gb18030" else b"\xa4"
    last = b"\xd8" if codec == "gb18030" else b"\xc7"
    encoded = character.encode(codec)
    in_set = len(encoded) == 2 and level_one <= encoded[:1] < last
    return in_set and (codec != "gb18030" or encoded[1:] >= b"\xa1")
