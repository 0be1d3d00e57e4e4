"""Addresses of the means check. They hold numbers of rows, never names or id numbers."""

from django.urls import path

from doudi.web.means import views

app_name = "means"
urlpatterns = [path("cases/<int:number>/means/", views.check, name="check")]
