"""Addresses of the registry. They hold numbers of rows, never names or id numbers."""

from django.urls import path

from doudi.web.registry.views import changes, deeds, files, lists, mine

app_name = "registry"
urlpatterns = [
    path("households/", lists.households, name="households"),
    path("households/export/", lists.export, name="households_export"),
    path("households/search/", lists.find, name="search"),
    path("households/<int:number>/", files.overview, name="household"),
    path("households/<int:number>/print/", files.on_paper, name="household_print"),
    path("households/<int:number>/determination/otherwise/", files.otherwise, name="household_otherwise"),
    path("households/<int:number>/note/", deeds.note, name="note"),
    path("households/<int:number>/tag/", deeds.tag, name="tag"),
    path("households/<int:number>/plain/<int:person>/<str:field>/", deeds.reveal, name="reveal"),
    path("households/<int:number>/account/<int:person>/", deeds.account, name="account"),
    path("households/<int:number>/change/", changes.change_add, name="change_add"),
    path("households/changes/", changes.waiting, name="changes"),
    path("households/changes/<int:number>/", changes.change, name="change"),
    path("households/changes/<int:number>/withdraw/", changes.withdraw, name="change_withdraw"),
    path("households/<int:number>/<str:tab>/", files.tab, name="household_tab"),
    path("me/looks/", mine.who_looked, name="who_looked"),
]
