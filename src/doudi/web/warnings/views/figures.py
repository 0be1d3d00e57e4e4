"""The dashboard, its export, and the monitoring base."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.web.audit import record
from doudi.web.registry.services.export import watermark
from doudi.web.registry.templatetags.registry import language
from doudi.web.warnings.drawing import TREE_HEIGHT, WIDTH, funnel, tree
from doudi.web.warnings.selectors.figures import DAYS, Figures, Line, figures
from doudi.web.warnings.selectors.watched import REASONS, watched
from doudi.web.warnings.words import indicator_word

STEPS = {
    "raised": gettext_lazy("预警"), "dispatched": gettext_lazy("交办"), "visited": gettext_lazy("核查"),
    "closed": gettext_lazy("办结"), "changed": gettext_lazy("待遇有变化"),
}  # fmt: skip
TOWNS = 20
"""Townships on a page."""
TABLES = ("funnel", "indicators", "villages", "townships")


def dashboard(request: Any) -> HttpResponse:
    """From raised to a changed benefit, by indicator and township, and by the villages of one township."""
    found = figures(request.user, _days(request))
    town, villages = found.of(request.GET.get("town", ""))
    towns = Paginator(found.townships, TOWNS).get_page(request.GET.get("page"))
    context = {
        "figures": found, "town": town, "villages": villages, "page": towns,
        "days": DAYS, "funnel": funnel([(str(STEPS[name]), count) for name, count in found.funnel]),
        "steps": [(STEPS[name], count) for name, count in found.funnel], "tree": tree(found.townships),
        "width": WIDTH, "tree_height": TREE_HEIGHT, "until": timezone.now(),
    }  # fmt: skip
    return render(request, "warnings/figures.html", context)


def figures_export(request: Any) -> HttpResponse:
    """One of its tables as CSV, as it is shown."""
    table = request.GET.get("table", TABLES[0])
    if table not in TABLES:
        raise Http404
    found = figures(request.user, _days(request))
    record("warning.export", ("warnings.figures", table), details={"days": found.days})
    buffer = io.StringIO()
    sheet = csv.writer(buffer)
    sheet.writerow([watermark(request.user)])
    sheet.writerows(_rows(found, table))
    answer = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{table}-{timezone.localdate()}.csv"'
    return answer


def _rows(found: Figures, table: str) -> list[list[str]]:
    if table == "funnel":
        return [[_("环节"), _("条数")], *([str(STEPS[name]), str(count)] for name, count in found.funnel)]
    heads = [
        _("代码"), _("名称"), _("预警"), _("未办结"), _("超期"), _("已办结"), _("有用"), _("准确率"), _("准确率下限"), _("准确率上限"),
    ]  # fmt: skip
    lines: list[Line] = getattr(found, table)
    named = [indicator_word(one.key, language()) if table == "indicators" else one.name for one in lines]
    return [
        heads,
        *(
            [one.key, name, *(str(cell) for cell in (one.raised, one.open, one.late, one.closed, one.useful)), *_share(one)]
            for one, name in zip(lines, named, strict=True)
        ),
    ]  # fmt: skip


def _share(line: Line) -> list[str]:
    if line.precision is None or line.precision.share is None or line.precision.interval is None:
        return ["", "", ""]
    return [f"{value:.3f}" for value in (line.precision.share, *line.precision.interval)]


def _days(request: Any) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and int(asked) in DAYS else DAYS[1]


def watched_list(request: Any) -> HttpResponse:
    """The monitoring base: who is watched, and why."""
    reason = request.GET.get("reason", "")
    chosen = reason if reason in REASONS else ""
    page = Paginator(watched(chosen), 20).get_page(request.GET.get("page"))
    record("household.list", ("warnings.watched", ""), details={"by": chosen, "shown": len(page.object_list)})
    return render(request, "warnings/watched.html", {"page": page, "reasons": REASONS, "reason": chosen})
