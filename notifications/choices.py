"""The closed lists that a reminder rule is made of: the coordinator chooses among them, only code adds to them."""

from django.db.models import TextChoices


class ReminderKind(TextChoices):
    """What a reminder may be about; code knows for each whom it concerns, what is due and when it is done."""

    CALL_OPEN = "call_open", "Appel ouvert, pas encore de demande"
    NOT_FILED = "not_filed", "Dossier commencé, pas déposé"
    SUPPORT_AWAITED = "support_awaited", "Accompagnement demandé, pas consigné"
    TO_CHECK = "to_check", "Dossier déposé, pas vérifié"
    COMPLETION_DUE = "completion_due", "Compléments attendus"
    OPINION_AWAITED = "opinion_awaited", "Avis attendu"
    TO_ANSWER = "to_answer", "Décision prise, pas de réponse"
    CHOICE_AWAITED = "choice_awaited", "Choix du porteur attendu"
    REPORT_DUE = "report_due", "Bilan attendu"
    INTERIM_DUE = "interim_due", "Bilan intermédiaire attendu"
    SURVEY_OPEN = "survey_open", "Enquête ouverte, pas de réponse"
    SESSION_SOON = "session_soon", "Séance réservée"
    ACTION_DUE = "action_due", "Action convenue, pas faite"


class Audience(TextChoices):
    """Whom a message is for: the way to them stands in `audience.py`."""

    HOLDER = "holder", "Porteur"
    TEAM = "team", "Équipe"
    COORDINATION = "coordination", "Coordination"
    THIRD_PARTY = "third_party", "Tiers facilitateur"
    FINANCIER = "financier", "Financeur de la ligne"
    INVITED = "invited", "Financeurs sollicités"
    CONSULTED = "consulted", "Financeurs déjà consultés"
    BOOKED = "booked", "Porteurs inscrits"
    READERS = "readers", "Qui relit la fiche"

    @property
    def hears_itself(self) -> bool:
        """Only a holder is told of its own click: that is its receipt, and its colleagues' too."""
        return self is Audience.HOLDER


class Anchor(TextChoices):
    """The day from which a rule counts."""

    DEADLINE = "deadline", "La date limite"
    MILESTONE_STARTS = "milestone_starts", "Le premier jour du jalon"
    MILESTONE_ENDS = "milestone_ends", "Le dernier jour du jalon"
    STEP_OPENS = "step_opens", "L’ouverture de l’étape"
    STEP_CLOSES = "step_closes", "La fermeture de l’étape"
    ASKED = "asked", "Le jour où c’est demandé"

    @property
    def is_of_a_milestone(self) -> bool:
        return self in (self.MILESTONE_STARTS, self.MILESTONE_ENDS)

    @property
    def is_of_a_step(self) -> bool:
        return self in (self.STEP_OPENS, self.STEP_CLOSES)


class Counting(TextChoices):
    CALENDAR = "calendar", "Jours"
    WORKING = "working", "Jours ouvrés"


class Fact(TextChoices):
    """What else must be true of a dossier, beyond what the kind of reminder says already."""

    FIRST_TIME = "first_time", "Porteur qui n’a jamais déposé de demande"
    RENEWAL = "renewal", "Action déjà menée l’année d’avant"
    NO_SUPPORT = "no_support", "Aucun accompagnement demandé ni tenu"
    BARELY_BEGUN = "barely_begun", "Aucune réponse encore écrite"
    UNSIGNED = "unsigned", "Engagement du représentant légal pas confirmé"


class Wording(TextChoices):
    """The mails that a rule may send; which of them fits which kind stands in `expected.py`."""

    CALL_OPEN = "rappel_ouverture", "L’appel est ouvert"
    NOT_FILED = "rappel_depot", "Déposez votre demande"
    OFFER_HELP = "rappel_depot_aide", "Besoin d’aide pour votre demande ?"
    TEAM_NOT_FILED = "rappel_depot_equipe", "Demandes commencées, pas déposées (équipe)"
    SUPPORT = "rappel_accompagnement", "Accompagnements à consigner (équipe)"
    CHECK = "rappel_verification", "Dossiers à vérifier (équipe)"
    COMPLETION = "rappel_complements", "Envoyez vos compléments"
    TEAM_COMPLETION = "rappel_complements_equipe", "Compléments pas reçus (équipe)"
    OPINION = "rappel_avis", "Donnez votre avis"
    TEAM_OPINION = "rappel_avis_equipe", "Avis pas reçus (équipe)"
    ANSWER = "rappel_reponse", "Réponses à envoyer (coordination)"
    CHOICE = "rappel_choix", "Dites si vous maintenez votre action"
    REPORT = "rappel_bilan", "Envoyez votre bilan"
    INTERIM = "rappel_bilan_intermediaire", "Envoyez votre bilan intermédiaire"
    TEAM_REPORT = "rappel_bilan_equipe", "Bilans pas reçus (équipe)"
    SURVEY = "rappel_enquete", "L’enquête est ouverte"
    SESSION = "rappel_seance", "Votre séance approche"
    ACTION = "rappel_action", "Ce qui a été convenu"

    @property
    def is_a_list(self) -> bool:
        """Whether it speaks of many dossiers to one person: then one mail a day says them all."""
        return self in (
            self.TEAM_NOT_FILED,
            self.SUPPORT,
            self.CHECK,
            self.TEAM_COMPLETION,
            self.OPINION,
            self.TEAM_OPINION,
            self.ANSWER,
            self.TEAM_REPORT,
            self.ACTION,
        )


class Writable(TextChoices):
    """The mails whose words a coordinator may write: none of them carries what a law, or a date, must say there."""

    CALL_OPEN = "rappel_ouverture", "Rappel : l’appel est ouvert"
    NOT_FILED = "rappel_depot", "Rappel : déposez votre demande"
    OFFER_HELP = "rappel_depot_aide", "Rappel : besoin d’aide pour votre demande ?"
    CHOICE = "rappel_choix", "Rappel : maintenez-vous votre action ?"
    REPORT = "rappel_bilan", "Rappel : envoyez votre bilan"
    SUPPORT_WAIVED = "accompagnement_dispense", "Étape d’accompagnement levée"
    SUPPORT_MISSED = "accompagnement_manque", "Rencontre qui n’a pas eu lieu"
    TAKEN_BACK = "depot_repris", "Demande reprise pour la modifier"
    RESTORED = "demande_reprise", "Demande retirée, puis reprise"
    COMPLETED = "complements_recepisse", "Compléments reçus"
    ADMITTED = "dossier_recevable", "Dossier recevable"
    RESUMED = "dossier_de_nouveau_en_comite", "Dossier de nouveau en comité"
    GOALS = "attentes_demandees", "Attentes demandées avant un comité"
    FEEDBACK = "fiche_transmise", "Réponse expliquée"
    REPORTING = "bilan_attendu", "C’est le moment du bilan"
    REPORT_FILED = "bilan_recepisse", "Bilan reçu"
    REPORT_ACCEPTED = "bilan_accepte", "Bilan accepté"
    SETTLED = "financement_solde", "Financement soldé"
