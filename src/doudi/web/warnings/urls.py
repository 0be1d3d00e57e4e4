"""Addresses of warnings, visits and leads."""

from django.urls import path

from doudi.web.warnings.views import (
    alerts,
    duty,
    figures,
    homes,
    leads,
    phone,
    proof,
    sendings,
    surveys,
    visits,
)

app_name = "warnings"
urlpatterns = [
    path("t/alerts/", alerts.alerts, name="alerts"),
    path("t/alerts/dispatch/", alerts.alerts_dispatch, name="alerts_dispatch"),
    path("t/alerts/send/", sendings.alerts_send, name="alerts_send"),
    path("t/alerts/sendings/", sendings.sendings, name="sendings"),
    path("t/alerts/sendings/<int:number>/recall/", sendings.sending_recall, name="sending_recall"),
    path("t/alerts/<int:number>/", alerts.alert, name="alert"),
    path("t/alerts/<int:number>/accept/", alerts.alert_accept, name="alert_accept"),
    path("t/alerts/<int:number>/remark/", alerts.alert_remark, name="alert_remark"),
    path("t/alerts/<int:number>/hold/", alerts.alert_hold, name="alert_hold"),
    path("t/alerts/<int:number>/lift/", alerts.alert_lift, name="alert_lift"),
    path("t/alerts/<int:number>/meeting/", alerts.alert_meeting, name="alert_meeting"),
    path("t/duty/", duty.duty, name="duty"),
    path("t/duty/<int:number>/end/", duty.duty_end, name="duty_end"),
    path("v/today/", visits.today, name="today"),
    path("v/tasks/", visits.tasks_data, name="tasks"),
    path("v/visit/<int:number>/", visits.visit, name="visit"),
    path("v/visits/<int:number>/", visits.visited, name="visited"),
    path("v/visits/<int:number>/settle/", visits.visit_settle, name="visit_settle"),
    path("v/photos/<int:number>/", visits.photo, name="photo"),
    path("v/household/<int:number>/", homes.home, name="home"),
    path("v/survey/", surveys.survey, name="survey"),
    path("v/survey/sheets/", surveys.survey_sheets, name="survey_sheets"),
    path("v/survey/<int:number>/sheet/", surveys.survey_sheet, name="survey_sheet"),
    path("t/survey/", surveys.progress, name="progress"),
    path("v/offline/", phone.offline, name="offline"),
    path("v/worker.js", phone.worker, name="worker"),
    path("v/lead/new/", leads.lead_new, name="lead_new"),
    path("v/leads/", leads.leads, name="leads"),
    path("v/leads/<int:number>/", leads.lead, name="lead"),
    path("v/leads/<int:number>/told/", leads.lead_told, name="lead_told"),
    path("c/", figures.dashboard, name="figures"),
    path("figures/proof/", proof.figures_proof, name="figures_proof"),
    path("figures/export/", figures.figures_export, name="figures_export"),
    path("watched/", figures.watched_list, name="watched"),
]
