"""Uploaded files made safe: known by their first bytes, not by their names; pictures drawn anew, so that nothing hides in them.

What a phone writes into a photo beside the picture (where it was taken, by which device, comments) is gone after that.
"""

from __future__ import annotations

import io
import warnings
from typing import NamedTuple

from django.utils.translation import gettext as _
from PIL import Image, ImageFilter, ImageOps, ImageStat

from doudi.web.applications.errors import FileError
from doudi.web.applications.models.attachment import JPEG, PDF

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST, QUALITY = 2400, 85
_SHARP = 60.0
"""Variance of the edges below which a picture looks as if nothing could be read on it."""
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypheim", b"ftypmsf1")


class Clean(NamedTuple):
    """A file as it is kept."""

    content: bytes
    media: str
    unclear: bool


def clean(content: bytes, size: int) -> Clean:
    """A file made safe. ``size``: its size as the browser sent it.

    Raises:
        FileError: it is empty, too large, of another kind, damaged, or a picture that would not fit into memory.
    """
    if size > MOST_BYTES or len(content) > MOST_BYTES:
        raise FileError(_("文件太大：最多 10 MB。拍照时选小一点的尺寸，或者截图后再传。"))
    if not content:
        raise FileError(_("文件是空的，请重新选择。"))
    if content.startswith(b"%PDF-"):
        return _document(content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(content)
    if content[4:12] in _HEIC:
        raise FileError(
            _("这是 HEIC 照片，这里打不开。请在手机相机设置里选“兼容性最佳”（JPEG）再拍，或者截图后上传。")
        )
    raise FileError(_("只收照片（JPG、PNG）和 PDF。这个文件不是，请重新选择。"))


def drawn(content: bytes) -> Clean:
    """A signature that was drawn on the screen: black on white, and not blank.

    Raises:
        FileError: it is no picture, or nothing was written.
    """
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) > MOST_BYTES:
        raise FileError(_("没有收到签名，请再签一次。"))
    found = _picture(content)
    with Image.open(io.BytesIO(found.content)) as image:
        low, high = image.convert("L").getextrema()
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)) or high - low < 60:
        raise FileError(_("签名是空白的，请在框里写上姓名。"))
    return Clean(found.content, found.media, False)


def _document(content: bytes) -> Clean:
    if b"%%EOF" not in content[-2048:]:
        raise FileError(_("这个 PDF 不完整，请重新导出或者拍照上传。"))
    return Clean(content, PDF, False)


def _picture(content: bytes) -> Clean:
    wrong_size = FileError(_("照片的尺寸不对：太大或者太小。请用手机相机重新拍一张。"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
                if image.width * image.height > MOST_PIXELS or min(image.size) < 2:
                    raise wrong_size
                return _redrawn(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise wrong_size from None
    except (OSError, ValueError, SyntaxError, Warning, MemoryError, ArithmeticError):
        raise FileError(_("照片打不开，可能已经损坏。请重新拍一张。")) from None


def _redrawn(image: Image.Image) -> Clean:
    image.draft("RGB", (LONGEST, LONGEST))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST, LONGEST))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
    else:
        # A picture without any of what the file said about it.
        paper = Image.new("RGB", upright.size)
        paper.paste(upright.convert("RGB"))
    target = io.BytesIO()
    paper.save(target, "JPEG", quality=QUALITY, optimize=True)
    return Clean(target.getvalue(), JPEG, _is_unclear(paper))


def _is_unclear(picture: Image.Image) -> bool:
    small = picture.convert("L")
    small.thumbnail((640, 640))
    edges = small.filter(ImageFilter.FIND_EDGES).crop(
        (1, 1, max(small.width - 1, 2), max(small.height - 1, 2))
    )
    return bool(ImageStat.Stat(edges).var[0] < _SHARP)
