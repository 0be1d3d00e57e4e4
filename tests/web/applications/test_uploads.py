"""Uploads: what is taken, what is refused and why, what is left of a photo, who may look at it."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import translation
from PIL import Image

from doudi.web.accounts.roles import Role
from doudi.web.applications.errors import FileError
from doudi.web.applications.models import Attachment
from doudi.web.applications.pictures import MOST_BYTES, clean, drawn
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from tests.web.applications.making import draft, photo
from tests.web.people import HERE, THERE, People, opened


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Reasons are told in Chinese, whichever language another test left behind."""
    with translation.override("zh-hans"):
        yield


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MAP = "map-of-the-home"


def located(form: str = "JPEG") -> bytes:
    """A photo that says where and by which device it was taken."""
    picture = Image.open(io.BytesIO(photo((400, 300))))
    exif = picture.getexif()
    exif[0x010F] = MAP
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 15.0, 1.0), 3: "E", 4: (108.0, 56.0, 2.0)})
    target = io.BytesIO()
    picture.save(target, form, exif=exif, comment=MAP.encode() if form == "JPEG" else None)
    return target.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small PNG that claims to be a large picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_nothing_is_left_of_a_photo_but_the_picture_upright(form: str):
    content = located(form)
    assert MAP.encode() in content
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    found = clean(content, len(content))
    kept = Image.open(io.BytesIO(found.content))
    assert MAP.encode() not in found.content
    assert b"Exif" not in found.content
    assert not kept.getexif()
    assert not {"exif", "comment", "icc_profile"} & set(kept.info)
    assert kept.size == (300, 400), "it was turned as the phone was held"


def test_a_large_photo_is_made_smaller_and_a_clear_one_seems_clear():
    found = clean(photo((5000, 3000)), 1)
    assert max(Image.open(io.BytesIO(found.content)).size) == 2400
    assert not found.unclear
    blank = io.BytesIO()
    Image.new("RGB", (800, 600), "grey").save(blank, "JPEG")
    assert clean(blank.getvalue(), 1).unclear


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00 a program", "只收照片"),
        (b"<html><script>alert(1)</script></html>", "只收照片"),
        (b"GIF89a", "只收照片"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
        (b"%PDF-1.7 broken off", "不完整"),
        (b"\xff\xd8\xff\xe0 no picture", "损坏"),
        (photo()[:900], "损坏"),
        (bomb(60_000, 60_000), "尺寸"),
        (bomb(8_000, 8_000), "尺寸"),
        (bomb(4_000, 4_000), "损坏"),
        (b"\x89PNG\r\n\x1a\n", "损坏"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused_with_the_reason(content: bytes, said: str):
    with pytest.raises(FileError, match=said):
        clean(content, len(content))


def test_a_paper_as_large_as_may_be_stays_in_memory_until_it_is_sealed():
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE > MOST_BYTES


def test_a_file_that_is_too_large_is_refused_unread():
    with pytest.raises(FileError, match="太大"):
        clean(b"", MOST_BYTES + 1)


def test_a_blank_signature_is_none():
    blank = io.BytesIO()
    Image.new("RGB", (600, 220), "white").save(blank, "PNG")
    with pytest.raises(FileError, match="空白"):
        drawn(blank.getvalue())
    assert drawn(photo(form="PNG")).media == "image/jpeg"
    with pytest.raises(FileError, match="没有收到"):
        drawn(photo(form="JPEG"))


def sent(client: Any, number: int, name: str, content: bytes) -> str:
    """Upload a file; the page that answers."""
    data = {"kind": "medical_receipts", "file": SimpleUploadedFile(name, content)}
    answer = client.post(f"/apply/{number}/upload/", data, follow=True)
    return str(answer.content.decode())


def test_uploads_are_sealed_shown_recorded_and_removed(people: People):
    number = draft(people).pk
    client = people.signed_in(Role.RESIDENT)
    assert "已上传 1 个文件" in sent(client, number, "<script>.jpg", located())
    assert "只收照片" in sent(client, number, "receipt.jpg", b"no picture at all")
    assert "已上传 1 个文件" in sent(client, number, "../../etc/passwd", PDF)
    with acting_as(system()):
        picture, scan = Attachment.objects.order_by("pk")
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM applications_attachment WHERE id = %s", [picture.pk])
            assert b"JFIF" not in bytes(cursor.fetchone()[0])
    shown = client.get(f"/files/{picture.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Security-Policy"].endswith("sandbox")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert MAP.encode() not in shown.content
    saved = client.get(f"/files/{scan.pk}/")
    assert saved["Content-Disposition"] == f'attachment; filename="medical_receipts-{scan.pk}.pdf"'
    assert saved.content == PDF
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="attachment.view", target_kind="registry.household").count() == 2
    client.post(f"/files/{picture.pk}/remove/")
    assert client.get(f"/files/{picture.pk}/").status_code == 404
    with acting_as(system()):
        assert Attachment.objects.get(pk=picture.pk).sealed is None


def test_nobody_outside_sees_a_file_and_the_attempt_is_recorded(people: People):
    number = draft(people).pk
    client = people.signed_in(Role.RESIDENT)
    sent(client, number, "a.jpg", photo())
    with acting_as(system()):
        file = Attachment.objects.get().pk
    for role, county in ((Role.TOWNSHIP_CLERK, THERE), (Role.RESIDENT, THERE), (Role.COUNTY_HEAD, THERE)):
        other = people.signed_in(role, county)
        assert other.get(f"/files/{file}/").status_code == 404
        assert other.get(f"/apply/{number}/").status_code in (403, 404)
    assert people.signed_in(Role.TOWNSHIP_CLERK, HERE).get(f"/files/{file}/").status_code == 200
    with acting_as(system("auditor")):
        missing = Entry.objects.filter(action="page.missing", target="applications:file")
        assert missing.filter(details__contains=f'"{file}"').count() == 3


def test_the_same_photo_twice_is_kept_once_and_a_page_tells_what_departments_show(people: People):
    number = draft(people).pk
    client = people.signed_in(Role.RESIDENT)
    sent(client, number, "a.jpg", photo())
    sent(client, number, "b.jpg", photo())
    page = opened(client, f"/apply/{number}/papers/")
    assert page.count("看照片") == 1
    held, _, offered = page.partition("已经上传的")
    for name in ("户籍信息", "银行流水", "残疾人证"):
        assert name in held
        assert name not in offered.partition("<select")[2].partition("</select>")[0]
