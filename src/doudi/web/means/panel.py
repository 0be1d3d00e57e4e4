"""What the tab of the check shows below its steps: the newest report."""

from __future__ import annotations

from doudi.web.cases.panels import Panel, panel
from doudi.web.cases.selectors.folders import Folder
from doudi.web.means.matrix import Shown
from doudi.web.means.selectors import checks_of
from doudi.web.registry.templatetags.registry import language


@panel("means")
def newest_report(folder: Folder) -> Panel:
    """The newest report as a table of sources and members; without one, where it is made."""
    checks = checks_of(folder.case)
    newest = shown_context(Shown(checks[0][0].report().data)) if checks else {"shown": None}
    return Panel("means/panel.html", {"checks": checks, **newest})


def shown_context(shown: Shown) -> dict[str, object]:
    """What the template of a report needs."""
    told = language()
    return {
        "shown": shown, "rows": shown.rows(), "differences": shown.differences(told),
        "unanswered": shown.unanswered(told), "totals": shown.totals(told),
    }  # fmt: skip
