"""What is said to whom when something moves: one line per event and audience, in reading order.

Where one person stands in two audiences of an event, the first line counts: nobody hears the same thing twice.
A move without a line is told to nobody, knowingly: an opinion is awaited or closed with its round, the committee's
notes are its own. Re-opening a round speaks through each line it invites. A notification is its financier's letter: our
mail only says that an answer can be read, and by whom it was given. Of the letters made here, the receipt alone has a
mail of its own: the others come with what was told already, or wait for their notification.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from cases.letter_kinds import LetterKind
from cases.models import (
    Booking,
    Change,
    Dossier,
    Feedback,
    FundingLine,
    GoalsRequest,
    Inquiry,
    Letter,
    Report,
    ReportKind,
    Session,
    Support,
)
from cases.states import (
    EDITABLE,
    BookingMove,
    BookingState,
    ChangeMove,
    DossierMove,
    DossierState,
    FeedbackMove,
    InquiryMove,
    LineMove,
    ReportMove,
    SessionMove,
    SupportMove,
)
from notifications.audience import Audience
from notifications.choices import Wording
from workflow.engine import OPEN


@dataclass(frozen=True)
class Telling:
    """One audience of one event; `when` says on which subjects, if not on all.

    What is told `together` is asked of one person on many subjects the same day, and makes one mail.
    """

    model: type
    move: str
    audience: Audience
    template: str
    when: Q = field(default_factory=Q)
    together: bool = False

    @property
    def event(self) -> str:
        return f"{self.model._meta.model_name}.{self.move}"


HOLDER, TEAM, COORDINATION = Audience.HOLDER, Audience.TEAM, Audience.COORDINATION
FINANCIER, INVITED, CONSULTED = Audience.FINANCIER, Audience.INVITED, Audience.CONSULTED
STILL_WRITTEN = Q(dossier__state__in=EDITABLE)
IN_FLIGHT = Q(dossier__state=DossierState.REVIEW)

NOTIFIED = "financeur_a_repondu"
GOALS = "attentes_demandees"
"""Asks a partner what it expects of a committee: it holds until its seat has said so, or the day has passed."""

CATALOGUE: tuple[Telling, ...] = (
    # Accompaniment
    Telling(Dossier, DossierMove.ASK_SUPPORT, TEAM, "accompagnement_demande"),
    Telling(Dossier, DossierMove.ASK_SUPPORT, Audience.THIRD_PARTY, "accompagnement_demande_au_tiers"),
    Telling(Support, SupportMove.FINISH, HOLDER, "relecture_terminee"),
    Telling(Support, SupportMove.HOLD, HOLDER, "accompagnement_compte_rendu", when=~Q(record="")),
    Telling(Support, SupportMove.NOTE, HOLDER, "seance_compte_rendu"),
    Telling(Booking, BookingMove.NOTE, HOLDER, "seance_compte_rendu_sans_demande"),
    Telling(Support, SupportMove.MISS, HOLDER, "accompagnement_manque", when=STILL_WRITTEN),
    Telling(Support, SupportMove.WAIVE, HOLDER, "accompagnement_dispense"),
    Telling(Booking, OPEN, HOLDER, "seance_reservee", when=Q(state=BookingState.BOOKED)),
    Telling(Booking, OPEN, HOLDER, "seance_en_attente", when=Q(state=BookingState.WAITING)),
    Telling(Booking, BookingMove.TAKE_SEAT, HOLDER, "seance_place_liberee"),
    Telling(Booking, BookingMove.CALL_OFF, HOLDER, "seance_annulee"),
    Telling(Session, SessionMove.RESCHEDULE, Audience.BOOKED, "seance_changee"),
    # Filing and admissibility
    Telling(Dossier, DossierMove.SUBMIT, HOLDER, "depot_recepisse"),
    Telling(Dossier, DossierMove.SUBMIT, TEAM, "depot_a_verifier"),
    Telling(Letter, OPEN, HOLDER, "accuse_de_reception", when=Q(kind_of=LetterKind.RECEIPT)),
    Telling(Dossier, DossierMove.TAKE_BACK, HOLDER, "depot_repris"),
    Telling(Dossier, DossierMove.TAKE_BACK, TEAM, "depot_repris_par_le_porteur"),
    Telling(Dossier, DossierMove.ASK_COMPLETION, HOLDER, "complements_demandes"),
    Telling(Dossier, DossierMove.COMPLETE, HOLDER, "complements_recepisse"),
    Telling(Dossier, DossierMove.COMPLETE, TEAM, "complements_a_verifier"),
    Telling(Dossier, DossierMove.DECLARE_INADMISSIBLE, HOLDER, "dossier_non_recevable"),
    Telling(Dossier, DossierMove.ADMIT, HOLDER, "dossier_recevable"),
    # The financiers' round
    Telling(Dossier, DossierMove.OPEN_REVIEW, INVITED, "avis_demande", together=True),
    Telling(
        FundingLine,
        LineMove.INVITE,
        FINANCIER,
        "avis_demande_en_cours_de_tour",
        when=IN_FLIGHT,
        together=True,
    ),
    Telling(FundingLine, LineMove.RECORD_OPINION, FINANCIER, "avis_consigne_par_l_equipe"),
    Telling(Inquiry, OPEN, HOLDER, "question_posee"),
    Telling(Inquiry, InquiryMove.REPLY, FINANCIER, "question_repondue"),
    Telling(Dossier, DossierMove.CLOSE_REVIEW, COORDINATION, "tour_d_avis_clos"),
    # The committee and the answer
    Telling(GoalsRequest, OPEN, FINANCIER, GOALS),
    Telling(Dossier, DossierMove.DEFER, HOLDER, "dossier_ajourne"),
    Telling(Dossier, DossierMove.RESUME, HOLDER, "dossier_de_nouveau_en_comite"),
    Telling(Dossier, DossierMove.DECIDE, TEAM, "reponse_a_preparer"),
    Telling(Feedback, FeedbackMove.HAND_OVER, Audience.READERS, "fiche_a_relire"),
    Telling(Feedback, FeedbackMove.PROOFREAD, COORDINATION, "fiche_a_transmettre"),
    Telling(Feedback, FeedbackMove.DELIVER, HOLDER, "fiche_transmise", when=Q(number=1)),
    Telling(Feedback, FeedbackMove.DELIVER, HOLDER, "fiche_corrigee", when=Q(number__gt=1)),
    Telling(Dossier, DossierMove.ANSWER, HOLDER, "reponse"),
    Telling(FundingLine, LineMove.NOTIFY, HOLDER, NOTIFIED, together=True),
    # The holder's choice
    Telling(FundingLine, LineMove.ACCEPT, COORDINATION, "action_maintenue"),
    Telling(FundingLine, LineMove.ADAPT, TEAM, "action_adaptee"),
    Telling(FundingLine, LineMove.ADAPT, FINANCIER, "action_adaptee_au_financeur"),
    Telling(FundingLine, LineMove.RENOUNCE, TEAM, "financement_abandonne"),
    Telling(FundingLine, LineMove.RENOUNCE, FINANCIER, "financement_abandonne_au_financeur"),
    Telling(FundingLine, LineMove.UNDO, FINANCIER, "financement_rendu_au_financeur"),
    Telling(FundingLine, LineMove.SETTLE, HOLDER, "financement_solde"),
    # What changes on the way
    Telling(Change, OPEN, HOLDER, "changement_recepisse"),
    Telling(Change, OPEN, TEAM, "changement_demande"),
    Telling(Change, ChangeMove.ACCEPT, HOLDER, "changement_accepte"),
    Telling(Change, ChangeMove.REFUSE, HOLDER, "changement_refuse"),
    # The report
    Telling(Dossier, DossierMove.OPEN_REPORTING, HOLDER, "bilan_attendu"),
    Telling(Report, OPEN, HOLDER, "bilan_intermediaire_attendu", when=Q(kind_of=ReportKind.INTERMEDIATE)),
    Telling(Report, ReportMove.FILE, HOLDER, "bilan_recepisse"),
    Telling(Report, ReportMove.FILE, TEAM, "bilan_a_lire"),
    Telling(Report, ReportMove.ASK_CORRECTION, HOLDER, "bilan_a_corriger"),
    Telling(Report, ReportMove.ACCEPT, HOLDER, "bilan_accepte"),
    # The ways back and the ways out
    Telling(Dossier, DossierMove.REOPEN, HOLDER, "instruction_rouverte"),
    Telling(Dossier, DossierMove.REOPEN, TEAM, "instruction_rouverte_a_l_equipe"),
    Telling(Dossier, DossierMove.WITHDRAW, HOLDER, "retrait_recepisse"),
    Telling(Dossier, DossierMove.WITHDRAW, TEAM, "dossier_retire"),
    Telling(Dossier, DossierMove.WITHDRAW, CONSULTED, "dossier_retire_au_financeur"),
    Telling(Dossier, DossierMove.RESTORE, HOLDER, "demande_reprise"),
    Telling(Dossier, DossierMove.RESTORE, TEAM, "demande_reprise_par_le_porteur"),
    Telling(Dossier, DossierMove.DROP, HOLDER, "dossier_classe_sans_suite"),
    Telling(Dossier, DossierMove.DROP, TEAM, "dossier_classe_a_l_equipe"),
    Telling(Dossier, DossierMove.DROP, CONSULTED, "dossier_classe_au_financeur"),
)

OF_ACCOUNTS = ("signin_link", "password_reset", "invitation", "lien_avis")
"""Templates of what somebody asks for, or is invited to, at the door: no move says them."""

ASKED_FOR = ("signin_link", "password_reset", "lien_avis")
"""What a person asks for at the door: it waits for no cap, and is tried even where an address was refused."""

REFUSED_ADDRESS, TO_CONFIRM = "adresse_refusee", "messages_a_confirmer"
OF_DELIVERY = (REFUSED_ADDRESS, TO_CONFIRM)
"""What delivery itself has to say to the coordinators."""

DIGEST = "recapitulatif"
"""The template of several things that one person is told on one day, where their rule says so."""

TOGETHER = frozenset(
    {one.template for one in CATALOGUE if one.together} | {one.value for one in Wording if one.is_a_list}
)
"""Templates of which one person gets one mail a day, whatever the number of subjects."""

AWAITING_OPINION = frozenset(one.template for one in CATALOGUE if one.together and one.audience is not HOLDER)
"""Templates that ask for an opinion: they no longer hold once it is given."""


def templates() -> tuple[str, ...]:
    """Every template that a message may name."""
    return (*(one.template for one in CATALOGUE), *Wording.values, *OF_ACCOUNTS, *OF_DELIVERY)


def files() -> tuple[str, ...]:
    """Every template that a mail is written from."""
    return (*templates(), DIGEST)


def tellings_of(label: str, move: str) -> tuple[Telling, ...]:
    """Who hears of an event, in the catalogue's order; `label` is the journal's, like « cases.dossier »."""
    return tuple(one for one in CATALOGUE if one.model._meta.label_lower == label and one.move == move)
