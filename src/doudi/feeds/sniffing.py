"""What kind of file it really is, whatever its name says; files that are not read get a sentence on how to save them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from doudi.feeds.contract_model import FeedError, fault

Form = Literal["xlsx", "csv"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HEAD = 4096
_OLE_SCAN = 4 * 2**20
MOST_UNPACKED = 6 * 2**30
BOMB_RATIO = 200
BOMB_SIZE = 64 * 2**20
MOST_SHARED = 2**30
_SAVE_ZH = "用 Excel 或 WPS 打开，“文件—另存为”，类型选“Excel 工作簿（*.xlsx）”后重新发送"
_SAVE_EN = "open it in Excel or WPS, choose File, Save As, Excel Workbook (*.xlsx), and send it again"


def form_of(path: Path) -> Form:
    """Whether the file is read as a workbook or as text with delimiters.

    Raises:
        FeedError: it is empty, of a kind that is not read, damaged, or locked with a password.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\x00 \r\n\t"):
        raise _refused(
            path, "feed.empty", "文件是空的", "the file is empty", "核对导出是否成功", "check the export"
        )
    if head.startswith(_OLE):
        raise _old_office(path)
    if head.startswith(b"PK"):
        return _zipped(path, head)
    if head.startswith(b"%PDF"):
        raise _refused(
            path,
            "feed.pdf",
            "这是 PDF，不是表格",
            "a PDF is no table",
            "请发送 .xlsx 或 .csv",
            "send .xlsx or .csv",
        )
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if (
        text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta"))
        or b"urn:schemas-microsoft-com:office" in text
    ):
        raise _refused(
            path, "feed.web_page", "这是网页，只是名字像表格", "a web page under the name of a workbook",
            _SAVE_ZH, _SAVE_EN,
        )  # fmt: skip
    return "csv"


def _old_office(path: Path) -> FeedError:
    with path.open("rb") as file:
        data = file.read(_OLE_SCAN)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _refused(
            path, "feed.password", "文件设有打开密码", "the workbook is protected by a password",
            "在“文件—信息—保护工作簿”中去掉密码，另存为 .xlsx；密码另行保管", "remove the password, save as .xlsx",
        )  # fmt: skip
    if path.suffix.lower() in (".et", ".ett"):
        return _refused(path, "feed.et", "这是 WPS 的 .et 文件", "an .et file of WPS", _SAVE_ZH, _SAVE_EN)
    return _refused(
        path, "feed.xls", "这是旧式 .xls 文件", "a workbook in the old .xls form", _SAVE_ZH, _SAVE_EN
    )


def _zipped(path: Path, head: bytes) -> Form:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            _refuse_bomb(path, archive)
            if any(item.flag_bits & 1 for item in archive.infolist()):
                raise _refused(
                    path, "feed.password", "压缩包设有密码", "the archive is protected by a password",
                    "去掉密码，直接发送 .xlsx 或 .csv", "remove the password and send the .xlsx or .csv itself",
                )  # fmt: skip
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise damaged(path) from error
    if "xl/workbook.bin" in names:
        raise _refused(path, "feed.xlsb", "这是 .xlsb 文件", "an .xlsb workbook", _SAVE_ZH, _SAVE_EN)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        raise _refused(path, "feed.ods", "这是 .ods 文件", "an .ods workbook", _SAVE_ZH, _SAVE_EN)
    if "[Content_Types].xml" in names and head.startswith(_ZIP):
        raise damaged(path)
    raise _refused(
        path, "feed.archive", "这是压缩包，不是表格", "an archive is no table",
        "解压后逐个发送其中的 .xlsx 或 .csv", "unpack it and send the .xlsx or .csv files",
    )  # fmt: skip


def _refuse_bomb(path: Path, archive: zipfile.ZipFile) -> None:
    items = archive.infolist()
    swollen = any(
        item.file_size > BOMB_SIZE and item.file_size > BOMB_RATIO * max(item.compress_size, 1)
        for item in items
    )
    shared = sum(item.file_size for item in items if item.filename.endswith("sharedStrings.xml"))
    if swollen or sum(item.file_size for item in items) > MOST_UNPACKED or shared > MOST_SHARED:
        raise _refused(
            path, "feed.bomb", "文件解压后大得不合常理，没有打开", "the file unpacks to an absurd size; not opened",
            "确认来源；确为数据的，请分批或改用 .csv 发送", "check where it comes from; real data can come as .csv or in parts",
        )  # fmt: skip


def damaged(path: Path) -> FeedError:
    """The error that a workbook is not whole."""
    return _refused(
        path, "feed.damaged", "XLSX 文件不完整或已损坏（可能没有传完）", "the XLSX file is truncated or damaged",
        "请对方重新发送，核对文件大小", "have it sent again and compare the size",
    )  # fmt: skip


def _refused(path: Path, code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FeedError:
    from doudi.feeds.masking import masked

    return fault(code, zh, en, remedy_zh, remedy_en, file=masked(path.name))
