"""Photos: made small, and freed of what the camera wrote into them; when and where they were taken is kept apart."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from doudi.web.cases.errors import refused
from doudi.web.warnings.errors import WarningError

SIDE, QUALITY = 1600, 80
LARGEST = 10 * 1024 * 1024
MOST = 6
"""Photos of one visit."""
PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it is kept: a JPEG without metadata; ``about`` has latitude, longitude and accuracy where they are known."""

    token: uuid.UUID
    jpeg: bytes
    taken_at: datetime | None
    about: dict[str, Any] = field(default_factory=dict)


def picture(data: bytes, token: uuid.UUID, told: dict[str, Any] | None = None) -> Picture:
    """A photo from the bytes that were sent. ``told`` is what the phone said of it: ``taken_at`` (ISO), ``latitude``, ``longitude``,
    ``accuracy``; what it did not say is read from the picture before that is stripped.

    Raises:
        WarningError: it is too large, or no picture.
    """
    if len(data) > LARGEST:
        raise WarningError(refused(
            "photo.large", "照片大于 10 MB", "the photo is larger than 10 MB", "缩小后再上传", "make it smaller",
        ))  # fmt: skip
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > PIXELS:
                raise ValueError
            found = _from_camera(image)
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise WarningError(refused(
            "photo.kind", "不是可以读取的照片", "not a photo that can be read", "上传 JPEG、PNG 或 WebP", "send JPEG, PNG or WebP",
        )) from error  # fmt: skip
    upright.thumbnail((SIDE, SIDE))
    buffer = io.BytesIO()
    # A new image, since what hangs on the old one would be written along.
    clean = Image.frombytes("RGB", upright.size, upright.tobytes())
    clean.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    about = found | {name: value for name, value in (told or {}).items() if value is not None}
    return Picture(token, buffer.getvalue(), _moment(about.pop("taken_at", None)), about)


def _from_camera(image: Image.Image) -> dict[str, Any]:
    exif = image.getexif()
    found: dict[str, Any] = {}
    taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(
        ExifTags.Base.DateTime
    )
    if taken:
        found["taken_at"] = str(taken).replace(":", "-", 2).replace(" ", "T", 1)
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    for name, value, side, below in (
        ("latitude", ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S"),
        ("longitude", ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W"),
    ):
        if value in place:
            degrees, minutes, seconds = (float(part) for part in place[value])
            sign = -1 if place.get(side) == below else 1
            found[name] = round(sign * (degrees + minutes / 60 + seconds / 3600), 6)
    return found


def _moment(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)
