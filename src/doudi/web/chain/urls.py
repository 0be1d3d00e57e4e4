"""Addresses of the chain of measures."""

from django.urls import path

from doudi.web.chain.views import catalogue, chains, mine, office

app_name = "chain"
urlpatterns = [
    path("chain/", chains.referral_board, name="board"),
    path("chain/<int:number>/", chains.chain, name="chain"),
    path("chain/<int:number>/refer/", chains.chain_refer, name="chain_refer"),
    path("chain/begin/<int:number>/", chains.chain_begin, name="chain_begin"),
    path("chain/catalogue/", catalogue.catalogue, name="chain_catalogue"),
    path("chain/catalogue/export/", catalogue.export, name="chain_catalogue_export"),
    path("my/chains/<int:number>/", mine.chain, name="my_chain"),
    path("office/", office.referrals, name="office"),
    path("office/<int:number>/", office.referral, name="referral"),
    path("office/<int:number>/steps/<str:step>/", office.referral_step, name="referral_step"),
]
