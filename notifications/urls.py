"""The addresses of what is said to people, and of what a supervisor asks."""

from django.urls import path

from notifications.renewals import renewal
from notifications.views.health import healthz
from notifications.views.messages import message_detail, message_list, message_resend, message_retry

urlpatterns = [
    path("mes-avis/", renewal, name="link-renewal"),
    path("healthz", healthz, name="healthz"),
    path("messages/", message_list, name="messages-list"),
    path("messages/<uuid:uuid>/", message_detail, name="message-detail"),
    path("messages/<uuid:uuid>/renvoyer/", message_resend, name="message-resend"),
    path("messages/<uuid:uuid>/reessayer/", message_retry, name="message-retry"),
]
