"""Addresses of case work. They hold numbers of rows, never names or id numbers."""

from django.urls import path

from doudi.web.cases.views import (
    approval,
    beginning,
    calculations,
    folders,
    lists,
    papers,
    payments,
    readings,
)

app_name = "cases"
urlpatterns = [
    path("cases/", lists.cases, name="cases"),
    path("cases/export/", lists.export, name="cases_export"),
    path("cases/assign/", lists.assign, name="assign"),
    path("cases/views/", lists.view_keep, name="view_keep"),
    path("cases/views/<int:view>/drop/", lists.view_drop, name="view_drop"),
    path("cases/late/", lists.escalations, name="escalations"),
    path("cases/<int:number>/", folders.folder, name="case"),
    path("cases/<int:number>/tabs/<str:tab>/", folders.tab, name="case_tab"),
    path("cases/<int:number>/steps/<str:step>/", folders.step, name="step"),
    path("cases/<int:number>/kin/", folders.kin, name="kin"),
    path("cases/<int:number>/calculation/", calculations.calculation, name="calculation"),
    path("cases/<int:number>/calculation/<int:frozen>/", calculations.frozen, name="frozen"),
    path("cases/<int:number>/calculation/otherwise/", calculations.otherwise, name="otherwise"),
    path(
        "cases/<int:number>/calculation/<int:frozen>/otherwise/",
        calculations.frozen_otherwise,
        name="frozen_otherwise",
    ),
    path("cases/of/<int:number>/", beginning.choose, name="choose"),
    path("cases/of/<int:number>/<str:kind>/<str:step>/", beginning.begin, name="begin"),
    path("approval/", approval.approval, name="approval"),
    path("approval/sample/", approval.sample, name="sample"),
    path("approval/preview/", approval.preview, name="preview"),
    path("approval/all/", approval.confirm_all, name="confirm_all"),
    path("readings/", readings.readings, name="readings"),
    path("readings/draft/", readings.draft, name="reading_draft"),
    path("readings/<int:number>/", readings.reading, name="reading"),
    path("payments/", payments.payments, name="payments"),
    path("payments/export/", payments.export, name="payments_export"),
    path("papers/<int:number>/<str:form>/", papers.paper, name="paper"),
    path("verify/", papers.verify, name="verify"),
    path("verify/<str:code>/", papers.verify, name="verify_code"),
]
