"""Addresses of `workflow`: the coordinator's campaign."""

from django.urls import path

from workflow.views.drawing import campaign_drawing

urlpatterns = [
    path("campagne/<slug:code>/<slug:picture>.svg", campaign_drawing, name="campaign-drawing"),
]
