"""What a convergence does in the background: two registers checked and made one, the same opinion on many persons, old files erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.rules.errors import DoudiError
from doudi.web.audit import record
from doudi.web.cases.errors import told
from doudi.web.convergence.errors import ReviewError
from doudi.web.convergence.models import Pair, PairState, Piece
from doudi.web.convergence.services.pairing import CHECK, MAKE
from doudi.web.convergence.services.reviewing import Said, give
from doudi.web.jobs.bulk import deed
from doudi.web.jobs.calendar import duty
from doudi.web.jobs.errors import JobError
from doudi.web.jobs.kinds import kind
from doudi.web.jobs.work import Work

OPINIONS = "convergence.opinions"
KEPT_DAYS = 30
"""How long the files of a pair are kept."""
_PAGE = "convergence:pair"


@deed(OPINIONS, _("并轨批量审核"), page="convergence:person")
def opinions(item: str, actor: Any, word: str, note: str = "") -> str | None:
    """Give an opinion on one person; why not, if it cannot be."""
    try:
        give(int(item), Said(word, note=note), actor)
    except ReviewError as error:
        return " ".join(told(error.problems, "zh"))
    return None


@kind(CHECK, _("检查并轨名单"), page=_PAGE)
def check(work: Work) -> None:
    """Recognise the columns of both registers and check their rows."""
    from doudi.web.convergence.services import making

    with work.batch():
        making.check(Pair.objects.get(pk=work.params["number"]))


@kind(MAKE, _("两项政策并轨"), {"persons": _("名单人数")}, page=_PAGE)
def make(work: Work) -> None:
    """Make both registers one; the reasons why not are kept with the pair."""
    from doudi.web.convergence.services import making

    try:
        with work.batch():
            pair = Pair.objects.get(pk=work.params["number"])
            pair.convergence, pair.state = making.make(pair), PairState.MADE
            pair.save(update_fields=["convergence", "state"])
            work.count("persons", pair.convergence.rows["accepted"])
    except DoudiError as error:
        with work.batch():
            faults = making.told(error.problems)
            Pair.objects.filter(pk=work.params["number"]).update(state=PairState.FAILED, faults=faults)
        raise JobError(*(" ".join(told(error.problems, language)) for language in ("zh", "en"))) from error


@duty("night.tidy", _("清除并轨名单的文件"))
def erase(work: Work) -> None:
    """Erase the files of pairs that were uploaded long ago; what was found in them stays."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    with work.batch():
        old = list(Pair.objects.filter(at__lt=before, erased_at__isnull=True))
        Piece.objects.filter(pair__in=old).delete()
        Pair.objects.filter(pk__in=[pair.pk for pair in old]).update(erased_at=timezone.now())
        for pair in old:
            record("convergence.erased", pair)
