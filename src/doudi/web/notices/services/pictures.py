"""Pictures of notices where they hang: drawn anew, so that nothing of the file is left but what is seen, and sealed."""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError

from doudi.web.audit import record
from doudi.web.cases.errors import refused
from doudi.web.notices.errors import PictureError
from doudi.web.notices.models import Photo, Posting
from doudi.web.notices.models.photo import PURPOSE
from doudi.web.registry.sensitive import seal

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
_KINDS = ("JPEG", "PNG", "WEBP")


@transaction.atomic
def keep_picture(posting: Posting, file: Any, user: Any) -> Photo:
    """Keep a picture of a notice; the same picture is kept once.

    Raises:
        PictureError: no picture, of another kind, or too large.
    """
    if file.size > LARGEST:
        raise PictureError(
            refused(
                "picture.large",
                "照片超过 10 MB",
                "the picture is larger than 10 MB",
                "换一张小一些的",
                "take a smaller one",
            )
        )
    data = drawn_anew(file)
    digest = hashlib.sha256(data).hexdigest()
    known = Photo.objects.filter(posting=posting, digest=digest).first()
    if known is not None:
        return known
    photo = Photo.objects.create(
        region_id=posting.region_id, posting=posting, digest=digest, by=user, at=timezone.now(),
        sealed=seal(data, PURPOSE, digest),
    )  # fmt: skip
    record("notice.photo", posting, details={"photo": photo.pk})
    return photo


def drawn_anew(file: BinaryIO) -> bytes:
    """A picture as JPEG, upright, no side longer than ``LONGEST_SIDE``, without anything that the file says beside it.

    Raises:
        PictureError: no picture, of another kind, or with more pixels than ``MOST_PIXELS``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=_KINDS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise PictureError(_no_picture())
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise PictureError(_no_picture()) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new("RGB", upright.size)
    fresh.paste(upright)
    kept = io.BytesIO()
    fresh.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def _no_picture() -> Any:
    return refused(
        "picture.kind", "不是可以识别的照片，或者像素太多", "no picture that can be read, or too many pixels",
        "上传 JPG、PNG 或 WebP 照片", "send a JPG, PNG or WebP picture",
    )  # fmt: skip
