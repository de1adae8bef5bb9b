import django.db.models.functions.text
import django.utils.timezone
import uuid
import workflow.models.actors
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="adresse électronique"),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "personne",
            },
            managers=[
                ("objects", workflow.models.actors.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("association", "Association"),
                            ("school", "Établissement scolaire"),
                            ("landlord", "Bailleur"),
                            ("service", "Service de la collectivité"),
                            ("state", "État"),
                            ("epci", "Intercommunalité"),
                            ("commune", "Commune"),
                            ("caf", "CAF"),
                            ("departement", "Département"),
                            ("region", "Région"),
                            ("ars", "ARS"),
                            ("other", "Autre"),
                        ],
                        default="association",
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
            ],
            options={
                "verbose_name": "organisation",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("siret", ""), _negated=True),
                        fields=("siret",),
                        name="organisation_siret_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"), name="user_email_case_insensitive"
            ),
        ),
    ]
