"""Addresses of log-in, one's own account, and the administration of accounts and regions."""

from django.urls import path

from doudi.web.accounts.views import door, regions, roles, sessions, user_deeds, users

app_name = "accounts"
urlpatterns = [
    path("login/", door.log_in, name="log_in"),
    path("logout/", door.log_out, name="log_out"),
    path("login/code/", door.second_factor, name="second_factor"),
    path("login/code/setup/", door.second_factor_setup, name="second_factor_setup"),
    path("me/password/", door.password, name="password"),
    path("me/sessions/", sessions.sessions, name="sessions"),
    path("me/sessions/<uuid:sign_in>/end/", sessions.session_end, name="session_end"),
    path("me/sessions/end-others/", sessions.sessions_end_others, name="sessions_end_others"),
    path("admin/users/", users.users, name="users"),
    path("admin/users/add/", users.user_add, name="user_add"),
    path("admin/users/<int:number>/", users.user, name="user"),
    path("admin/users/<int:number>/edit/", users.user_edit, name="user_edit"),
    path("admin/users/<int:number>/role/", users.user_role, name="user_role"),
    path("admin/users/<int:number>/open/", user_deeds.user_open, name="user_open"),
    path("admin/users/<int:number>/close/", user_deeds.user_close, name="user_close"),
    path("admin/users/<int:number>/password/", user_deeds.user_password, name="user_password"),
    path("admin/users/<int:number>/second-factor/", user_deeds.user_second_factor, name="user_second_factor"),
    path("admin/users/<int:number>/end-sessions/", user_deeds.user_sessions_end, name="user_sessions_end"),
    path("admin/roles/", roles.roles, name="roles"),
    path("admin/regions/", regions.regions, name="regions"),
    path("admin/regions/add/", regions.region_add, name="region_add"),
    path("admin/regions/<str:code>/", regions.region_edit, name="region_edit"),
]
