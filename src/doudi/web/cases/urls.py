"""Addresses of case work. They hold numbers of rows, never names or id numbers."""

from django.urls import path

from doudi.web.cases.views import folders, lists, papers

app_name = "cases"
urlpatterns = [
    path("cases/", lists.cases, name="cases"),
    path("cases/<int:number>/", folders.folder, name="case"),
    path("cases/<int:number>/steps/<str:step>/", folders.step, name="step"),
    path("papers/<int:number>/<str:form>/", papers.paper, name="paper"),
    path("verify/", papers.verify, name="verify"),
    path("verify/<str:code>/", papers.verify, name="verify_code"),
]
