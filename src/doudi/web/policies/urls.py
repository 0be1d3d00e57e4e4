"""Addresses of the policy library."""

from django.urls import path

from doudi.web.policies import views

app_name = "policies"
urlpatterns = [
    path("policies/", views.policies, name="policies"),
    path("policies/<slug:programme>/", views.policy, name="policy"),
]
