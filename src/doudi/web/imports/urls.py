"""Addresses of imports."""

from django.urls import path

from doudi.web.imports import views

app_name = "imports"
urlpatterns = [
    path("imports/", views.batches, name="batches"),
    path("imports/template/", views.template_file, name="template"),
    path("imports/<int:number>/", views.batch, name="batch"),
    path("imports/<int:number>/returned/", views.returned, name="returned"),
    path("imports/<int:number>/decide/", views.decide, name="decide"),
    path("imports/<int:number>/agree/", views.agree, name="agree"),
    path("imports/<int:number>/discard/", views.discard, name="discard"),
    path("imports/<int:number>/reverse/", views.reverse, name="reverse"),
]
