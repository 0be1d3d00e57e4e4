"""Addresses of the self-check. They name questions, never answers."""

from django.urls import path

from doudi.web.selfcheck import views

app_name = "selfcheck"
urlpatterns = [
    path("check/", views.start, name="start"),
    path("check/result/", views.result, name="result"),
    path("check/clear/", views.clear, name="clear"),
    path("check/<slug:step>/", views.step, name="step"),
]
