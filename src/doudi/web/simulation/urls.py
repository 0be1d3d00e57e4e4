"""Addresses of simulations."""

from django.urls import path

from doudi.web.simulation.views import asking, results

app_name = "simulation"
urlpatterns = [
    path("simulation/", asking.simulations, name="simulations"),
    path("simulation/add/", asking.add, name="add"),
    path("simulation/<int:number>/", results.simulation, name="simulation"),
    path("simulation/<int:number>/households/", results.households, name="households"),
    path("simulation/<int:number>/withdraw/", results.withdraw, name="withdraw"),
]
