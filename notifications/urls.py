"""The addresses of what is said to people, and of what a supervisor asks."""

from django.urls import path

from notifications.renewals import renewal
from notifications.views.calendar import CalendarAddressView, calendar, calendar_event, calendar_feed
from notifications.views.choices import mail_choices, mail_choices_link, mail_one_click
from notifications.views.handling import message_do, messages_do, messages_stop
from notifications.views.health import healthz
from notifications.views.messages import message_detail, message_list
from notifications.views.texts import TextsView, TextView

urlpatterns = [
    path("calendrier/", calendar, name="calendar"),
    path("calendrier/abonnement/", CalendarAddressView.as_view(), name="calendar-address"),
    path("calendrier/abonnement/<str:token>.ics", calendar_feed, name="calendar-feed"),
    path("calendrier/<slug:uid>.ics", calendar_event, name="calendar-event"),
    path("mes-avis/", renewal, name="link-renewal"),
    path("mes-courriels/", mail_choices, name="mail-choices"),
    path("mes-courriels/<str:token>/", mail_choices_link, name="mail-choices-link"),
    path("mes-courriels/<str:token>/un-clic/", mail_one_click, name="mail-one-click"),
    path("healthz", healthz, name="healthz"),
    path("messages/", message_list, name="messages-list"),
    path("messages/textes/<slug:code>/", TextsView.as_view(), name="mail-texts"),
    path("messages/textes/<slug:code>/<slug:kind>/", TextView.as_view(), name="mail-text"),
    path("messages/plusieurs/", messages_do, name="messages-do"),
    path("messages/arret/<slug:code>/", messages_stop, name="messages-stop"),
    path("messages/<uuid:uuid>/", message_detail, name="message-detail"),
    path("messages/<uuid:uuid>/faire/", message_do, name="message-do"),
]
