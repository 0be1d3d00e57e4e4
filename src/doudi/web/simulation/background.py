"""What simulations do in the background: worked out when asked for; their rows of households erased when they are old."""

from __future__ import annotations

from datetime import timedelta

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.rules.errors import DoudiError
from doudi.web.audit import record
from doudi.web.cases.errors import told
from doudi.web.jobs.calendar import duty
from doudi.web.jobs.errors import Cancelled, Interrupted, JobError
from doudi.web.jobs.kinds import kind
from doudi.web.jobs.work import Work
from doudi.web.simulation.models import Move, Simulation, State
from doudi.web.simulation.services import running
from doudi.web.simulation.services.asking import KIND

KEPT_DAYS = 30
"""How long the rows of households are kept; the figures stay."""


@kind(
    KIND,
    _("政策仿真"),
    {"read": _("已读取的家庭"), "aside": _("无法计算的家庭")},
    page="simulation:simulation",
)
def run(work: Work) -> None:
    """Work a simulation out. How it ended is kept with it, since not everybody who may look at it sees the job of another."""
    number = work.params["number"]
    running.stand(number, State.ASKED)
    try:
        running.run(work)
    except Cancelled:
        running.stand(number, State.CANCELLED)
        raise
    except (JobError, Interrupted, OperationalError, InterfaceError):
        raise
    except DoudiError as error:
        running.fail(number, error)
        raise JobError(*(" ".join(told(error.problems, language)) for language in ("zh", "en"))) from error
    except Exception:
        running.stand(number, State.FAILED)
        raise


@duty("night.tidy", _("清除仿真的家庭名单"))
def erase(work: Work) -> None:
    """Erase which households would have moved under simulations that were worked out long ago; their figures stay."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    with work.batch():
        old = Simulation.objects.filter(state=State.DONE, done_at__lt=before, erased_at__isnull=True)
        for found in old:
            gone = Move.objects.filter(simulation=found).delete()[0]
            Simulation.objects.filter(pk=found.pk).update(erased_at=timezone.now())
            record("simulation.erased", found, details={"rows": gone})
