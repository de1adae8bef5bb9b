"""The parts of a cycle's file that say when people are reminded, and in which words mails speak."""

from django.utils.text import Truncator

from notifications import texts
from notifications.models import MailText, ReminderRule
from notifications.phrases import rule_said
from notifications.promises import every_reminder_can_be_due
from workflow import named_fields
from workflow.loading.kinds import Reference, Several, Whole
from workflow.loading.section import Field, Section


def words_said(document, row: dict) -> str:
    return Truncator(" ".join((row["body"] or row["subject"]).split())).chars(120)


TEXTS = Section(
    "textes",
    MailText,
    owner="cycle",
    order=140,
    identity="template",
    coherent=(named_fields.every_field_is_known(texts.against),),
    title="Textes des messages",
    one="un texte",
    lead="Vos mots à la place de ceux d’origine, avec des champs comme {titre}. Les boutons et les dates restent.",
    says=words_said,
    fields=(
        Field("message", "template", label="Quel message"),
        Field("objet", "subject", help="Vide : l’objet d’origine."),
        Field("texte", "body", help="Vide : le texte d’origine. Un champ s’écrit entre accolades : {titre}."),
    ),
)

REMINDERS = Section(
    "rappels",
    ReminderRule,
    owner="version",
    order=130,
    promises=(every_reminder_can_be_due,),
    title="Rappels",
    one="un rappel",
    lead="Un rappel part quand la chose n’est pas faite. Il s’arrête quand elle l’est. "
    "Une personne en reçoit un par semaine au plus pour la même chose.",
    says=rule_said,
    foreseen=True,
    for_all=True,
    fields=(
        Field("code", "code"),
        Field(
            "libellé", "label", label="Nom du rappel", help="Pour vous y retrouver. Le porteur ne le lit pas."
        ),
        Field("sujet", "kind", label="Ce qui n’est pas fait", heading="De quoi, et à qui"),
        Field("à_qui", "audience", label="À qui", none="Ceux qui doivent le faire"),
        Field("condition", "fact", label="Seulement si", none="Toujours"),
        Field(
            "ancre",
            "anchor",
            heading="Quand",
            label="Compter à partir de",
            help="La date limite est celle du jalon choisi ; pour les compléments et les avis, celle du dossier.",
        ),
        Field(
            "jalon",
            "milestone",
            Reference(),
            label="Quel jalon",
            none="Aucun jalon",
            help="Si le rappel compte à partir d’un jalon.",
        ),
        Field(
            "étape",
            "step",
            Reference("étapes"),
            label="Quelle étape",
            none="Aucune étape",
            help="Si le rappel compte à partir de l’ouverture ou de la fermeture d’une étape.",
        ),
        Field(
            "jours_avant",
            "days_before",
            Several(Whole(0, 365)),
            label="Combien de jours avant",
            help="Par exemple : 15, 7, 1. Écrivez 0 pour le jour même.",
        ),
        Field(
            "jours_après",
            "days_after",
            Several(Whole(1, 365)),
            label="Combien de jours après",
            help="Par exemple : 3, 10.",
        ),
        Field("comptés_en", "counting", label="Comptés en"),
        Field("jour_non_ouvré", "worked_day", label="Si ce jour est un week-end ou un jour férié, il part"),
        Field("texte", "template", label="Texte du message", none="Le texte habituel", heading="Comment"),
        Field(
            "récapitulatif",
            "digest",
            label="Le mettre dans le récapitulatif du jour, avec les autres nouvelles de la personne",
        ),
        Field("source", "source", label="D’où cela vient"),
    ),
)
