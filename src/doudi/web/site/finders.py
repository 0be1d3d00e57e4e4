"""Static files that another room ships already, so that they are not shipped twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class _Shared(FileSystemStorage):
    """Files by the name under which they are served."""

    prefix = ""

    def path(self, name: str) -> str:
        """Where the file lies."""
        return str(settings.SHARED_STATIC_FILES[Path(name).as_posix()])


class SharedFilesFinder(BaseFinder):
    """Finds exactly the files of ``SHARED_STATIC_FILES``."""

    def check(self, **kwargs: Any) -> list:
        """Nothing to complain of."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where a file lies; an empty list when it is not one of these."""
        found = settings.SHARED_STATIC_FILES.get(Path(path).as_posix())
        if found is None:
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, _Shared]]:
        """All of them."""
        storage = _Shared()
        for name in settings.SHARED_STATIC_FILES:
            yield name, storage
