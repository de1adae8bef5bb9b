"""The addresses of the campaign: what a coordinator sets, year after year, without code."""

from django.urls import path

from workflow.views.campaign import campaign_detail, campaign_list
from workflow.views.drawing import campaign_drawing
from workflow.views.following import FollowView
from workflow.views.inside import InsideView
from workflow.views.parts import PartView, RowView
from workflow.views.publishing import PublishView
from workflow.views.years import FileView, NextYearView, export

urlpatterns = [
    path("campagne/", campaign_list, name="campaign"),
    path("campagne/fichier/", FileView.as_view(), name="campaign-file"),
    path("campagne/<slug:code>/", campaign_detail, name="campaign-cycle"),
    path("campagne/<slug:code>/cycle.yaml", export, name="campaign-export"),
    path("campagne/<slug:code>/<slug:picture>.svg", campaign_drawing, name="campaign-drawing"),
    path("campagne/<slug:code>/publier/", PublishView.as_view(), name="campaign-publish"),
    path("campagne/<slug:code>/faire-suivre/", FollowView.as_view(), name="campaign-follow"),
    path("campagne/<slug:code>/annee-suivante/", NextYearView.as_view(), name="campaign-next"),
    path("campagne/<slug:code>/ajouter/<slug:part>/", RowView.as_view(adds=True), name="campaign-add"),
    path(
        "campagne/<slug:code>/ajouter/<slug:part>/<slug:inside>/",
        InsideView.as_view(),
        name="campaign-add-inside",
    ),
    path("campagne/<slug:code>/<slug:part>/", PartView.as_view(), name="campaign-part"),
    path("campagne/<slug:code>/<slug:part>/<path:row>/", RowView.as_view(), name="campaign-row"),
]
