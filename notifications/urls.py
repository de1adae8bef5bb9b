"""Addresses of `notifications`: what is asked of the mail, and what left."""

from django.urls import path

from notifications.renewals import renewal

urlpatterns = [
    path("mes-avis/", renewal, name="link-renewal"),
]
