"""The kinds of jobs. Each room tells its own in its module ``background``:

@kind("imports.check", _("检查导入文件"), counts={"read": _("已读入")}, page="imports:batch")
def check(work: Work) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from doudi.web.jobs.errors import JobError

if TYPE_CHECKING:
    from doudi.web.jobs.work import Work

Run = Callable[["Work"], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its title, what does it, the words of its counts, and the page of what it is about.

    ``page`` is the name of a page with one number in its address, which stands in the job's ``params["number"]``.
    """

    name: str
    title: Any
    run: Run
    counts: Mapping[str, Any] = field(default_factory=dict)
    page: str = ""


_KINDS: dict[str, Kind] = {}


def kind(
    name: str, title: Any, counts: Mapping[str, Any] | None = None, page: str = ""
) -> Callable[[Run], Run]:
    """Make a function known as what does the jobs of a kind; its last registration holds."""

    def told(run: Run) -> Run:
        _KINDS[name] = Kind(name, title, run, counts or {}, page)
        return run

    return told


def kind_of(name: str) -> Kind:
    """A kind by its name.

    Raises:
        JobError: there is none.
    """
    found = _KINDS.get(name)
    if found is None:
        raise JobError(f"没有 {name} 这种任务", f"there is no job of the kind {name}")
    return found


def known(name: str) -> Kind | None:
    """A kind by its name; None where it is not known any more."""
    return _KINDS.get(name)
