"""The addresses of dossiers and of what lives with them. Pages of work come before the moves, whose names are free."""

from django.urls import path

from cases.models import Dossier, Feedback, FundingLine, Report, Support
from cases.states import LineMove
from cases.views.calls import call, call_check, call_list
from cases.views.dossiers import dossier_detail, dossier_list
from cases.views.instruction import FeedbackView, InstructionView
from cases.views.moves import MoveView, OpinionView
from cases.views.requests import BeginView, CompletionView, ReportView, RequestView, document
from cases.views.todo import todo

urlpatterns = [
    path("", todo, name="todo"),
    path("dossiers/", dossier_list, name="dossier-list"),
    path("dossiers/<uuid:uuid>/", dossier_detail, name="dossier-detail"),
    path("appels/", call_list, name="calls"),
    path("appels/<slug:code>/", call, name="call"),
    path("appels/<slug:code>/puis-je-demander/", call_check, name="call-check"),
    path("appels/<slug:code>/demande/", BeginView.as_view(), name="begin"),
    path("dossiers/<uuid:uuid>/demande/", RequestView.as_view(), name="dossier-request"),
    path("dossiers/<uuid:uuid>/complements/", CompletionView.as_view(), name="dossier-completion"),
    path("dossiers/<uuid:uuid>/bilan/", ReportView.as_view(), name="dossier-report"),
    path("dossiers/<uuid:uuid>/instruction/", InstructionView.as_view(), name="dossier-instruction"),
    path("dossiers/<uuid:uuid>/fiche/", FeedbackView.as_view(), name="dossier-feedback"),
    path("pieces/<uuid:uuid>/", document, name="document"),
    path("dossiers/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=Dossier), name="dossier-move"),
    path("lignes/<uuid:uuid>/opine/", OpinionView.as_view(), {"move": LineMove.OPINE}, name="opinion"),
    path("lignes/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=FundingLine), name="line-move"),
    path("fiches/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=Feedback), name="feedback-move"),
    path("bilans/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=Report), name="report-move"),
    path("accompagnements/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=Support), name="support-move"),
]
