"""Addresses of all pages, and the pages for what goes wrong."""

from django.urls import include, path

urlpatterns = [
    path("", include("doudi.web.site.urls")),
    path("", include("doudi.web.accounts.urls")),
    path("", include("doudi.web.registry.urls")),
    path("", include("doudi.web.applications.urls")),
    path("", include("doudi.web.cases.urls")),
    path("", include("doudi.web.means.urls")),
    path("", include("doudi.web.paying.urls")),
    path("", include("doudi.web.chain.urls")),
    path("", include("doudi.web.jobs.urls")),
    path("", include("doudi.web.imports.urls")),
    path("", include("doudi.web.notices.urls")),
    path("", include("doudi.web.warnings.urls")),
    path("", include("doudi.web.policies.urls")),
    path("", include("doudi.web.selfcheck.urls")),
    path("", include("doudi.web.convergence.urls")),
    path("", include("doudi.web.simulation.urls")),
    path("audit/", include("doudi.web.audit.urls")),
]
handler400 = "doudi.web.site.errors.bad_request"
handler403 = "doudi.web.site.errors.forbidden"
handler404 = "doudi.web.site.errors.not_found"
handler500 = "doudi.web.site.errors.broken"
