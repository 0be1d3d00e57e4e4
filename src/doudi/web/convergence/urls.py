"""Addresses of convergences."""

from django.urls import path

from doudi.web.convergence.views import lists, persons, taking

app_name = "convergence"
urlpatterns = [
    path("convergence/", lists.convergences, name="convergences"),
    path("convergence/take-in/", taking.take_in, name="take_in"),
    path("convergence/<int:number>/", lists.convergence, name="convergence"),
    path("convergence/<int:number>/batch/", lists.batch, name="batch"),
    path("convergence/<int:number>/export/", lists.export, name="export"),
    path("convergence/persons/<int:number>/", persons.person, name="person"),
    path("convergence/persons/<int:number>/village/", persons.locate, name="locate"),
]
