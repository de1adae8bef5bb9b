"""The states and moves of a call's programming and of its scenarios, with the words people read."""

from django.db import models

from cases.states import DossierState, Told

UNDER_WAY = (DossierState.INSTRUCTION, DossierState.REVIEW, DossierState.COMMITTEE, DossierState.DEFERRED)
VOTED = (DossierState.DECIDED, DossierState.ANSWERED, DossierState.REPORTING, DossierState.CLOSED)
PROGRAMMED = (*UNDER_WAY, *VOTED)
"""A dossier enters the programming once it is admitted, and stays in it once it is decided."""


class ProgrammingState(models.TextChoices):
    OPEN = "open", "En préparation"
    SIGNED = "signed", "Arrêtée"


class ProgrammingMove(Told):
    SIGN_OFF = "sign_off", "a arrêté la programmation", "Arrêter la programmation"
    REOPEN = "reopen", "a rouvert la programmation", "Rouvrir la programmation"


class ScenarioState(models.TextChoices):
    OPEN = "open", "En travail"
    ASIDE = "aside", "Rangé"


class ScenarioMove(Told):
    APPLY = "apply", "a appliqué le scénario", "Appliquer ce scénario"
    SET_ASIDE = "set_aside", "a rangé le scénario", "Ranger ce scénario"
    TAKE_UP = "take_up", "a repris le scénario", "Reprendre ce scénario"
