"""Addresses of applying and of residents' pages. They hold numbers of rows and codes drawn by lot, never names or id numbers."""

from django.urls import path

from doudi.web.applications.views import (
    cards,
    data,
    files,
    leads,
    mine,
    offices,
    review,
    sections,
    signing,
    sos,
    staff,
    start,
)

app_name = "applications"
urlpatterns = [
    path("apply/", start.start, name="start"),
    path("apply/newcomers/", start.newcomers, name="newcomers"),
    path("apply/<int:number>/", sections.tasks, name="tasks"),
    path("apply/<int:number>/discard/", start.discard, name="discard"),
    path("apply/<int:number>/review/", review.review, name="review"),
    path("apply/<int:number>/upload/", files.upload, name="upload"),
    path("apply/<int:number>/sign/<int:person>/", signing.sign, name="sign"),
    path("apply/<int:number>/<str:section>/", sections.section, name="section"),
    path("apply/<int:number>/<str:section>/<str:part>/", sections.part, name="part"),
    path("files/<int:number>/", files.file, name="file"),
    path("files/<int:number>/remove/", files.remove, name="file_remove"),
    path("submitted/<int:number>/", review.submitted, name="submitted"),
    path("declared/<int:number>/", staff.declared, name="declared"),
    path("my/", mine.cases, name="my_cases"),
    path("my/cases/<int:number>/", mine.case, name="my_case"),
    path("cases/<int:number>/sign/<int:person>/", signing.sign_later, name="sign_later"),
    path("my/cases/<int:number>/papers/", mine.bring, name="bring"),
    path("my/cases/<int:number>/withdraw/", mine.withdraw, name="withdraw"),
    path("my/benefits/", mine.benefits, name="my_benefits"),
    path("my/report/", mine.report, name="report"),
    path("my/privacy/", data.privacy, name="privacy"),
    path("my/privacy/withdraw/", data.withdraw, name="withdraw_authorisation"),
    path("my/privacy/correct/", data.correct, name="correct"),
    path("my/data/<str:form>/", data.download, name="my_data"),
    path("sos/", sos.call, name="sos"),
    path("c/<str:code>/", cards.card, name="card"),
    path("cards/<int:number>/", cards.make, name="card_make"),
    path("leads/", leads.leads, name="leads"),
    path("leads/<int:number>/", leads.lead, name="lead"),
    path("offices/", offices.offices, name="offices"),
    path("offices/<str:code>/", offices.office, name="office"),
    path("large/", start.large, name="large"),
]
