"""People and organisations. Alone in the first migration, because viewflow's models point at the user."""

import uuid

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager):
    """People sign in with their e-mail address; there is no user name to remember."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    username = None
    email = models.EmailField("adresse électronique", unique=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    refused_address = models.EmailField("adresse refusée par sa messagerie", blank=True, editable=False)
    refused_at = models.DateTimeField("refusée le", null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        verbose_name = "personne"
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_case_insensitive")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def address_is_refused(self) -> bool:
        """Whether mail to this very address came back; another address begins anew."""
        return bool(self.refused_address) and self.refused_address.lower() == self.email.lower()


class OrganisationKind(models.TextChoices):
    ASSOCIATION = "association", "Association"
    SCHOOL = "school", "Établissement scolaire"
    LANDLORD = "landlord", "Bailleur"
    SERVICE = "service", "Service de la collectivité"
    STATE = "state", "État"
    EPCI = "epci", "Intercommunalité"
    COMMUNE = "commune", "Commune"
    CAF = "caf", "CAF"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"
    ARS = "ars", "ARS"
    PERSON = "person", "Personne physique"
    OTHER = "other", "Autre"


class Organisation(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField(
        "nature", max_length=12, choices=OrganisationKind, default=OrganisationKind.ASSOCIATION
    )
    siret = models.CharField("SIRET", max_length=14, blank=True)

    class Meta:
        verbose_name = "organisation"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["siret"], condition=~models.Q(siret=""), name="organisation_siret_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
