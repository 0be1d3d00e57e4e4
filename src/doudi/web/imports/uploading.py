"""A limit on what a browser may send: a request that says it is larger is not read at all."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from doudi.web.imports.files import MOST

_ROOM = 1024 * 1024


class LimitedUploadHandler(FileUploadHandler):
    """Refuses a request larger than the largest file; passes everything else on."""

    def handle_raw_input(
        self,
        input_data: Any,
        meta: Any,
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Look at how large the request says it is.

        Raises:
            RequestDataTooBig: too large.
        """
        if content_length > MOST + _ROOM:
            raise RequestDataTooBig("the request is larger than the largest file that is taken")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
