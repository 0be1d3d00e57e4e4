"""What is held about a household, for itself: from whom, who looked, what was authorised; corrected, withdrawn, downloaded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.documents import to_pdf
from doudi.web.applications.models import Authorisation
from doudi.web.applications.resident_forms import ClaimForm
from doudi.web.applications.selectors.dossiers import signed
from doudi.web.applications.selectors.holdings import as_data, as_document
from doudi.web.applications.selectors.homes import own_household
from doudi.web.applications.services import residents, signing
from doudi.web.applications.sources import choices
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.registry.models import Person
from doudi.web.registry.selectors import checks
from doudi.web.registry.selectors.files import File
from doudi.web.registry.templatetags.registry import language


def privacy(request: Any) -> HttpResponse:
    """From which departments data are held, and the authorisations."""
    home = own_household()
    sources, rows = [], []
    if home is not None:
        record("household.privacy", home)
        sources = checks.report(File(home).known)
        found = Authorisation.objects.filter(household=home).select_related("person", "signer")
        rows = list(found.order_by("-pk")[:50])
    mine = _mine(request)
    context = {
        "home": home,
        "allowed": _allowed(home, mine),
        "sources": sources,
        "signed": rows,
        "today": timezone.localdate(),
        "mine": mine,
    }
    return render(request, "applications/privacy.html", context)


def _allowed(home: Any, person: Any) -> list[tuple[str, str]]:
    """The sources that a member allows to be asked now, with what they are called."""
    found = signed(home, [person.pk]).get(person.pk) if home is not None and person is not None else None
    return [each for each in choices(language()) if found is not None and each[0] not in found.refused]


def _mine(request: Any) -> Any:
    return Person.objects.filter(login=request.user).first()


@require_POST
def withdraw(request: Any) -> HttpResponse:
    """Take one's own authorisation back, for some sources or for all."""
    home, person = own_household(), _mine(request)
    if home is None or person is None:
        raise Http404
    chosen = request.POST.getlist("source") if "some" in request.POST else None
    if chosen == []:
        messages.info(request, _("没有选择来源，授权没有改变。"))
    elif not signing.withdraw(home, [person], chosen):
        messages.info(request, _("没有有效的授权。"))
    elif chosen:
        messages.success(request, _("已撤回。不会再向所选的来源查询您的信息。"))
    else:
        messages.success(request, _("已撤回。不会再向部门查询您的信息；正在办的申请可能因此办不下去。"))
    return redirect("applications:privacy")


def correct(request: Any) -> HttpResponse:
    """Say what is wrong; somebody looks into it and answers."""
    home = own_household()
    form = ClaimForm(request.POST or None)
    if home is not None and form.is_valid():
        try:
            made = residents.complain(home, form.cleaned_data["claims"], request.user)
        except CaseError as error:
            for line in told(error.problems, language()):
                form.add_error(None, line)
        else:
            messages.success(request, _("已收到，办件编号 %(number)s。") % {"number": made.number})
            return redirect("applications:my_case", made.pk)
    return render(request, "applications/correct.html", {"home": home, "form": form})


def download(request: Any, form: str) -> HttpResponse:
    """All that is held about the household, as JSON or PDF."""
    home = own_household()
    if home is None or form not in ("json", "pdf"):
        raise Http404
    record("household.download", home, details={"form": form})
    name = f"my-data-{timezone.localdate()}.{form}"
    if form == "json":
        answer: HttpResponse = JsonResponse(
            as_data(home), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    else:
        answer = HttpResponse(to_pdf(as_document(home, language())), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
