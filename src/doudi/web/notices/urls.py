"""Addresses of notices. Those for everybody hold the code of a village or a key drawn by lot, never a number of a row."""

from django.urls import path

from doudi.web.notices.views import appeals, authorities, postings, public

app_name = "notices"
urlpatterns = [
    path("publicity/", public.notices, name="public"),
    path("publicity/objections/", public.follow, name="follow"),
    path("publicity/<str:key>/object/", public.object_here, name="object"),
    path("notices/", postings.postings, name="postings"),
    path("notices/<int:number>/", postings.posting, name="posting"),
    path("notices/photos/<int:number>/", postings.photo, name="photo"),
    path("notices/objections/<int:number>/", postings.objector, name="objector"),
    path("authorities/", authorities.authorities, name="authorities"),
    path("authorities/add/", authorities.add, name="authority_add"),
    path("authorities/<int:number>/", authorities.edit, name="authority"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<int:number>/", appeals.appeal, name="appeal"),
    path("complaints/add/", appeals.complaint, name="complaint"),
]
