"""Addresses of the audit trail."""

from django.urls import path

from doudi.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("<int:number>/", views.entry, name="entry"),
]
