"""Addresses of convergences."""

from django.urls import path

from doudi.web.convergence.views import lists, pairs, persons, taking

app_name = "convergence"
urlpatterns = [
    path("convergence/", lists.convergences, name="convergences"),
    path("convergence/take-in/", taking.take_in, name="take_in"),
    path("convergence/pairs/add/", pairs.pair_add, name="pair_add"),
    path("convergence/pairs/<int:number>/", pairs.pair, name="pair"),
    path("convergence/pairs/<int:number>/make/", pairs.pair_make, name="pair_make"),
    path("convergence/pairs/<int:number>/aside/", pairs.pair_aside, name="pair_aside"),
    path("convergence/<int:number>/", lists.convergence, name="convergence"),
    path("convergence/<int:number>/batch/", lists.batch, name="batch"),
    path("convergence/<int:number>/export/", lists.export, name="export"),
    path("convergence/persons/<int:number>/", persons.person, name="person"),
    path("convergence/persons/<int:number>/village/", persons.locate, name="locate"),
]
