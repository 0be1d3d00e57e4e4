"""Addresses of what all pages share."""

from django.urls import path
from django.views.i18n import set_language

from doudi.web.site import health, views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("health/", health.health, name="health"),
    path("language/", set_language, name="set_language"),
]
