"""Addresses of background jobs."""

from django.urls import path

from doudi.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("admin/jobs/", views.jobs, name="jobs"),
    path("jobs/", views.mine, name="mine"),
    path("jobs/<int:number>/", views.job, name="job"),
    path("jobs/<int:number>/retry/", views.retry, name="retry"),
    path("jobs/<int:number>/cancel/", views.cancel, name="cancel"),
]
