"""The addresses of dossiers and of what lives with them. Pages of work come before the moves, whose names are free."""

from django.urls import path

from cases import letter_urls
from cases.models import Booking, Dossier, Feedback, FundingLine, Report, ReportKind, Support
from cases.states import DossierMove, LineMove, SupportMove
from cases.views.absence import AbsenceView
from cases.views.acts import ActView
from cases.views.adapting import AdaptView
from cases.views.agenda import DeskView, PlanView, agenda, orientations
from cases.views.agendas import AgendaView, ItemView
from cases.views.arrivals import ArrivalsView
from cases.views.attendance import AttendanceView, AttendeeView, GoalsView
from cases.views.behalf import BehalfView, CommitmentView
from cases.views.bulk import bulk_move
from cases.views.calls import call, call_check, call_list
from cases.views.changes import ChangeMoveView, ChangesView
from cases.views.committee_pages import SettingsView
from cases.views.committees import CommitteeView, committee_list, dossier_committee
from cases.views.derogations import DerogationView
from cases.views.documents import PaperView, document, document_remove
from cases.views.dossiers import dossier_detail
from cases.views.envelopes import EnvelopeView, envelope_list
from cases.views.feedback import FeedbackView, ask_meeting, feedback_preview
from cases.views.for_dauphin import for_dauphin
from cases.views.holders import CompletionView, dossier_answer, dossier_receipt
from cases.views.ideas import IdeaView, NotebookView
from cases.views.instruction import InstructionView, instruction_sheet
from cases.views.learning import learning, learning_book
from cases.views.links import (
    LinkBatchView,
    LinkInquiryView,
    LinkListView,
    LinkOpinionView,
    LinkPackView,
    LinkRevokeView,
    LinksView,
)
from cases.views.lists import (
    change_view,
    dossier_export,
    dossier_list,
    keep_view,
    programming_by_orientation,
)
from cases.views.meetings import AgreedView, MetView, RecordView, WaiverView, agreed
from cases.views.minutes import DraftView, MinutesView, SignedView
from cases.views.moves import MoveView
from cases.views.offline import OfflineView, offline_list, offline_table
from cases.views.open_data import SubsidyView, open_data, open_data_file
from cases.views.opinions import BatchView, InquiryView, OpinionsView, OpinionView, PackView, ReplyView
from cases.views.packs import committee_pack, pack_list
from cases.views.payments import PaymentsView, PaymentView, payments
from cases.views.people import ColleaguesView, PeopleView
from cases.views.programming import ProgrammingView, programming_list
from cases.views.reports import ReportTopicView, ReportView
from cases.views.requests import BeginView, RequestView
from cases.views.rereading import RemarkAddView, RemarkView, RereadingView, VersionsView
from cases.views.revised import dossier_revised
from cases.views.scenarios import (
    ApplyView,
    RenameView,
    ScenariosView,
    ScenarioView,
    SupposedView,
    scenario_book,
    scenario_compare,
    scenario_move,
    scenario_spread,
)
from cases.views.session_moves import BookingMoveView, IdeaMoveView, SessionMoveView
from cases.views.sessions import SessionView, session_list
from cases.views.signing import (
    ReopenView,
    SharingView,
    SignView,
    programming_sheet,
    programming_signed,
    programming_story,
)
from cases.views.sittings import SittingView
from cases.views.soliciting import SolicitView
from cases.views.survey import SurveyView, survey_results
from cases.views.to_notify import ToNotifyView
from cases.views.todo import todo
from cases.views.topics import TopicView

_OPINE = {"move": LineMove.OPINE}
_INTERIM = {"kind_of": ReportKind.INTERMEDIATE}
_END, _HOLD = {"move": DossierMove.END_SUPPORT}, {"move": SupportMove.HOLD}
_MONEY = {"table": "financements"}
_NOTE = {"move": SupportMove.NOTE}

urlpatterns = [
    *letter_urls.urlpatterns,
    path("", todo, name="todo"),
    path("dossiers/", dossier_list, name="dossier-list"),
    path("dossiers/lot/", bulk_move, name="bulk-move"),
    path("dossiers/pour-un-porteur/", BehalfView.as_view(), name="behalf"),
    path("dossiers/tableau.xlsx", dossier_export, {"kind": "xlsx"}, name="dossier-xlsx"),
    path("dossiers/tableau.csv", dossier_export, {"kind": "csv"}, name="dossier-csv"),
    path("dossiers/financements.xlsx", dossier_export, _MONEY | {"kind": "xlsx"}, name="money-xlsx"),
    path("dossiers/financements.csv", dossier_export, _MONEY | {"kind": "csv"}, name="money-csv"),
    path("dossiers/fiches.xlsx", dossier_export, {"kind": "xlsx", "table": "fiches"}, name="sheets-xlsx"),
    path("dossiers/par-orientation/", programming_by_orientation, name="by-orientation"),
    path("vues/", keep_view, name="view-keep"),
    path("vues/<uuid:uuid>/", change_view, name="view-change"),
    path("dossiers/<uuid:uuid>/", dossier_detail, name="dossier-detail"),
    path("appels/", call_list, name="calls"),
    path("appels/<slug:code>/", call, name="call"),
    path("appels/<slug:code>/puis-je-demander/", call_check, name="call-check"),
    path("appels/<slug:code>/demande/", BeginView.as_view(), name="begin"),
    path("dossiers/<uuid:uuid>/demande/", RequestView.as_view(), name="dossier-request"),
    path("dossiers/<uuid:uuid>/demande/<slug:topic>/", TopicView.as_view(), name="dossier-topic"),
    path("dossiers/<uuid:uuid>/pieces/<slug:code>/", PaperView.as_view(), name="document-join"),
    path("pieces/<uuid:uuid>/retirer/", document_remove, name="document-remove"),
    path("dossiers/<uuid:uuid>/pour-dauphin/", for_dauphin, name="for-dauphin"),
    path("dossiers/<uuid:uuid>/complements/", CompletionView.as_view(), name="dossier-completion"),
    path("dossiers/<uuid:uuid>/bilan/", ReportView.as_view(), name="dossier-report"),
    path("dossiers/<uuid:uuid>/bilan/<slug:topic>/", ReportTopicView.as_view(), name="report-topic"),
    path("dossiers/<uuid:uuid>/bilan-intermediaire/", ReportView.as_view(**_INTERIM), name="dossier-interim"),
    path(
        "dossiers/<uuid:uuid>/bilan-intermediaire/<slug:topic>/",
        ReportTopicView.as_view(**_INTERIM),
        name="interim-topic",
    ),
    path("dossiers/<uuid:uuid>/changements/", ChangesView.as_view(), name="changes"),
    path("dossiers/<uuid:uuid>/comite/", dossier_committee, name="dossier-committee"),
    path("dossiers/<uuid:uuid>/engagement/", CommitmentView.as_view(), name="behalf-commitment"),
    path("dossiers/<uuid:uuid>/derogation/", DerogationView.as_view(), name="derogation"),
    path("dossiers/<uuid:uuid>/financeurs/", SolicitView.as_view(), name="solicit"),
    path("dossiers/<uuid:uuid>/instruction/fiche/", instruction_sheet, name="instruction-sheet"),
    path("dossiers/<uuid:uuid>/instruction/", InstructionView.as_view(), name="dossier-instruction"),
    path("dossiers/<uuid:uuid>/fiche/apercu/", feedback_preview, name="feedback-preview"),
    path("dossiers/<uuid:uuid>/fiche/rendez-vous/", ask_meeting, name="feedback-meeting"),
    path("dossiers/<uuid:uuid>/fiche/", FeedbackView.as_view(), name="dossier-feedback"),
    path("campagne/<slug:code>/personnes/", PeopleView.as_view(), name="people"),
    path("campagne/<slug:code>/enseignements/", learning, name="learning"),
    path("campagne/<slug:code>/enseignements.xlsx", learning_book, name="learning-book"),
    path("campagne/<slug:code>/reponses/", survey_results, name="survey-results"),
    path("appels/<slug:code>/enquete/", SurveyView.as_view(), name="survey"),
    path("campagne/<slug:code>/tableau/", ArrivalsView.as_view(), name="arrivals"),
    path("campagne/<slug:code>/donnees-ouvertes/", open_data, name="open-data"),
    path("campagne/<slug:code>/donnees-ouvertes/<uuid:uuid>/", SubsidyView.as_view(), name="open-data-line"),
    path(
        "campagne/<slug:code>/donnees-ouvertes/<slug:giver>/subventions.csv",
        open_data_file,
        name="open-data-file",
    ),
    path("mon-organisation/", ColleaguesView.as_view(), name="colleagues"),
    path("seances/", session_list, name="sessions"),
    path("seances/<uuid:uuid>/", SessionView.as_view(), name="session"),
    path("idees/", NotebookView.as_view(), name="ideas"),
    path("idees/<uuid:uuid>/", IdeaView.as_view(), name="idea"),
    path("accompagnement/", agenda, name="agenda"),
    path("accompagnement/<slug:code>/nouvelle-seance/", PlanView.as_view(), name="session-plan"),
    path("accompagnement/<slug:code>/orientations/", orientations, name="orientations"),
    path("accompagnement/seances/<uuid:uuid>/", DeskView.as_view(), name="session-desk"),
    path("a-notifier/", ToNotifyView.as_view(), name="to-notify"),
    path("comites/", committee_list, name="committee-list"),
    path("comites/<uuid:uuid>/", CommitteeView.as_view(), name="committee-detail"),
    path("comites/<uuid:uuid>/ordre-du-jour/", AgendaView.as_view(), name="committee-agenda"),
    path("pochettes/", pack_list, name="pack-list"),
    path("comites/<uuid:uuid>/pochette/", committee_pack, name="committee-pack"),
    path("comites/<uuid:uuid>/seance/", SittingView.as_view(), name="committee-sitting"),
    path("comites/<uuid:uuid>/proces-verbal/", MinutesView.as_view(), name="committee-minutes"),
    path("comites/<uuid:uuid>/proces-verbal/projet.pdf", DraftView.as_view(), name="committee-draft"),
    path("comites/<uuid:uuid>/proces-verbal/<int:number>.pdf", SignedView.as_view(), name="committee-signed"),
    path("comites/<uuid:uuid>/personnes/", AttendanceView.as_view(), name="committee-attendance"),
    path("comites/personnes/<uuid:uuid>/", AttendeeView.as_view(), name="attendee"),
    path("comites/attentes/<str:token>/", GoalsView.as_view(), name="committee-goals"),
    path("comites/points/<uuid:uuid>/", ItemView.as_view(), name="agenda-item"),
    path("comites/<uuid:uuid>/reglages/", SettingsView.as_view(), name="committee-settings"),
    path("programmation/", programming_list, name="programming"),
    path("programmation/<slug:code>/", ProgrammingView.as_view(), name="programming-table"),
    path("programmation/<slug:code>/ouverture/", SharingView.as_view(), name="programming-share"),
    path("programmation/<slug:code>/arreter/", SignView.as_view(), name="programming-sign"),
    path("programmation/<slug:code>/rouvrir/", ReopenView.as_view(), name="programming-reopen"),
    path("programmation/<slug:code>/versions/", programming_story, name="programming-story"),
    path("programmation/<slug:code>/feuille/", programming_sheet, name="programming-sheet"),
    path("programmation/<slug:code>/arretee/<int:number>/", programming_signed, name="programming-signed"),
    path("programmation/<slug:code>/scenarios/", ScenariosView.as_view(), name="scenarios"),
    path("programmation/<slug:code>/scenarios/comparer/", scenario_compare, name="scenario-compare"),
    path("programmation/<slug:code>/scenarios/comparaison.xlsx", scenario_book, name="scenario-book"),
    path("scenarios/<uuid:uuid>/", ScenarioView.as_view(), name="scenario"),
    path("scenarios/<uuid:uuid>/hypotheses/", SupposedView.as_view(), name="scenario-supposed"),
    path("scenarios/<uuid:uuid>/nom/", RenameView.as_view(), name="scenario-rename"),
    path("scenarios/<uuid:uuid>/repartir/", scenario_spread, name="scenario-spread"),
    path("scenarios/<uuid:uuid>/appliquer/", ApplyView.as_view(), name="scenario-apply"),
    path("scenarios/<uuid:uuid>/<slug:move>/", scenario_move, name="scenario-move"),
    path("enveloppes/", envelope_list, name="envelope-list"),
    path("enveloppes/<uuid:uuid>/", EnvelopeView.as_view(), name="envelope-detail"),
    path("dossiers/<uuid:uuid>/recepisse/", dossier_receipt, name="dossier-receipt"),
    path("dossiers/<uuid:uuid>/reponse/", dossier_answer, name="dossier-answer"),
    path("dossiers/<uuid:uuid>/budget-adapte/", dossier_revised, name="dossier-revised"),
    path("paiements/", payments, name="payments"),
    path("lignes/<uuid:uuid>/convention/", ActView.as_view(), name="line-act"),
    path("lignes/<uuid:uuid>/paiements/", PaymentsView.as_view(), name="line-payments"),
    path("paiements/<uuid:uuid>/", PaymentView.as_view(), name="payment"),
    path("pieces/<uuid:uuid>/", document, name="document"),
    path("convenu/", agreed, name="agreed"),
    path("convenu/<uuid:uuid>/<slug:move>/", AgreedView.as_view(), name="agreed-move"),
    path("dossiers/<uuid:uuid>/relecture/", RereadingView.as_view(), name="rereading"),
    path("dossiers/<uuid:uuid>/relecture/<slug:part>/", RemarkAddView.as_view(), name="remark-add"),
    path("dossiers/<uuid:uuid>/versions/", VersionsView.as_view(), name="versions"),
    path("remarques/<uuid:uuid>/<slug:move>/", RemarkView.as_view(), name="remark-move"),
    path("dossiers/<uuid:uuid>/rencontre/", MetView.as_view(), name="meeting"),
    path("dossiers/<uuid:uuid>/dispense/", WaiverView.as_view(), name="waiver"),
    path("dossiers/<uuid:uuid>/end_support/", RecordView.as_view(model=Dossier), _END, name="record"),
    path("dossiers/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=Dossier), name="dossier-move"),
    path("avis/", OpinionsView.as_view(), name="opinions"),
    path("avis/lot/", BatchView.as_view(), name="opinions-batch"),
    path("avis/classeurs/", offline_list, name="offline-list"),
    path("avis/classeurs/<slug:code>/<slug:giver>/", OfflineView.as_view(), name="offline"),
    path("avis/classeurs/<slug:code>/<slug:giver>/tableau.xlsx", offline_table, name="offline-table"),
    path("avis/dossiers.pdf", PackView.as_view(), name="opinions-pack"),
    path("avis/absence/", AbsenceView.as_view(), name="absence"),
    path("avis/liens/", LinksView.as_view(), name="seat-links"),
    path("mes-avis/<str:token>/", LinkListView.as_view(), name="link-list"),
    path("mes-avis/<str:token>/lot/", LinkBatchView.as_view(), name="link-batch"),
    path("mes-avis/<str:token>/dossiers.pdf", LinkPackView.as_view(), name="link-pack"),
    path("mes-avis/<str:token>/desactiver/", LinkRevokeView.as_view(), name="link-revoke"),
    path("mes-avis/<str:token>/<uuid:uuid>/", LinkOpinionView.as_view(), _OPINE, name="link-opinion"),
    path("mes-avis/<str:token>/<uuid:uuid>/question/", LinkInquiryView.as_view(), name="link-inquiry"),
    path("lignes/<uuid:uuid>/opine/", OpinionView.as_view(), _OPINE, name="opinion"),
    path("lignes/<uuid:uuid>/question/", InquiryView.as_view(), name="inquiry-open"),
    path("questions/<uuid:uuid>/<slug:move>/", ReplyView.as_view(), name="inquiry-move"),
    path("lignes/<uuid:uuid>/adapt/", AdaptView.as_view(), {"move": LineMove.ADAPT}, name="line-adapt"),
    path("lignes/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=FundingLine), name="line-move"),
    path("fiches/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=Feedback), name="feedback-move"),
    path("changements/<uuid:uuid>/<slug:move>/", ChangeMoveView.as_view(), name="change-move"),
    path("bilans/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=Report), name="report-move"),
    path("accompagnements/<uuid:uuid>/hold/", RecordView.as_view(model=Support), _HOLD, name="record-late"),
    path("accompagnements/<uuid:uuid>/note/", RecordView.as_view(model=Support), _NOTE, name="record-after"),
    path("accompagnements/<uuid:uuid>/<slug:move>/", MoveView.as_view(model=Support), name="support-move"),
    path("seances/<uuid:uuid>/<slug:move>/", SessionMoveView.as_view(), name="session-move"),
    path("inscriptions/<uuid:uuid>/note/", RecordView.as_view(model=Booking), _NOTE, name="record-booking"),
    path("inscriptions/<uuid:uuid>/<slug:move>/", BookingMoveView.as_view(), name="booking-move"),
    path("idees/<uuid:uuid>/<slug:move>/", IdeaMoveView.as_view(), name="idea-move"),
]
