"""Addresses of rolls. They hold numbers of rows only."""

from django.urls import path

from doudi.web.paying import views

app_name = "paying"
urlpatterns = [
    path("rolls/", views.all_rolls, name="rolls"),
    path("rolls/<int:number>/", views.one, name="roll"),
    path("rolls/lines/<int:number>/", views.decide, name="decide"),
    path("rolls/<int:number>/lock/", views.lock, name="lock"),
    path("rolls/<int:number>/paid/", views.paid, name="paid"),
    path("rolls/<int:number>/export/", views.export, name="export"),
]
