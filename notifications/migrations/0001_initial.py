import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("workflow", "0002_cycle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="qui")),
                ("at", models.DateTimeField(verbose_name="quand")),
                ("trouble", models.CharField(db_default="", max_length=200, verbose_name="ce qui l’empêche")),
            ],
            options={
                "verbose_name": "battement",
                "verbose_name_plural": "battements",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("event", models.CharField(max_length=60, verbose_name="événement")),
                ("reason", models.CharField(max_length=100, verbose_name="raison")),
                ("audience", models.CharField(max_length=20, verbose_name="public")),
                ("template", models.CharField(max_length=60, verbose_name="modèle")),
                ("subject_label", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("planned_on", models.DateField(verbose_name="prévu le")),
                (
                    "digest",
                    models.BooleanField(db_default=False, verbose_name="dans le récapitulatif du jour"),
                ),
                ("created_at", models.DateTimeField(verbose_name="écrit le")),
                ("due_at", models.DateTimeField(verbose_name="part à partir de")),
                (
                    "at_once",
                    models.BooleanField(db_default=False, verbose_name="même hors des heures ouvrées"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("held", "Retenu"),
                            ("sent", "Envoyé"),
                            ("failed", "Échec"),
                            ("cancelled", "Annulé"),
                        ],
                        db_default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("leased_by", models.UUIDField(editable=False, null=True, verbose_name="pris par")),
                (
                    "leased_until",
                    models.DateTimeField(editable=False, null=True, verbose_name="pris jusqu’à"),
                ),
                ("attempts", models.PositiveSmallIntegerField(db_default=0, verbose_name="essais")),
                ("error", models.CharField(db_default="", max_length=300, verbose_name="ce qui l’a empêché")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="envoyé le")),
                ("address", models.CharField(db_default="", max_length=254, verbose_name="adresse")),
                ("subject", models.CharField(db_default="", max_length=250, verbose_name="objet")),
                ("text", models.TextField(db_default="", verbose_name="texte")),
                ("html", models.TextField(db_default="", verbose_name="texte mis en forme")),
                (
                    "carried_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried",
                        to="notifications.message",
                        verbose_name="dit dans",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="workflow.cycle",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="cases.dossier",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "ordering": ["planned_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")), fields=["due_at"], name="message_waiting"
                    ),
                    models.Index(fields=["cycle", "status", "-due_at"], name="message_by_cycle"),
                    models.Index(
                        condition=models.Q(("leased_until__isnull", False)),
                        fields=["cycle"],
                        name="message_leased",
                    ),
                    models.Index(
                        condition=models.Q(("sent_at__isnull", False)),
                        fields=["cycle", "sent_at"],
                        name="message_lately",
                    ),
                    models.Index(
                        condition=models.Q(("carried_by__isnull", False)),
                        fields=["carried_by"],
                        name="message_carried",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reason", "recipient", "subject_label", "subject_id", "planned_on"),
                        name="message_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=200, verbose_name="libellé")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("not_filed", "Dossier commencé, pas déposé"),
                            ("completion_due", "Compléments attendus"),
                            ("opinion_awaited", "Avis attendu"),
                            ("report_due", "Bilan attendu"),
                        ],
                        max_length=20,
                        verbose_name="sujet",
                    ),
                ),
                ("days_before", models.JSONField(default=list, verbose_name="jours avant")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.milestone",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="workflow.cycleversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "règle de rappel",
                "verbose_name_plural": "règles de rappel",
                "ordering": ["version", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "code"), name="reminder_code_once")
                ],
            },
        ),
    ]
