import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
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
                ("created_at", models.DateTimeField(verbose_name="écrit le")),
            ],
            options={
                "verbose_name": "message",
                "ordering": ["planned_on", "pk"],
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
            ],
            options={
                "verbose_name": "règle de rappel",
                "verbose_name_plural": "règles de rappel",
                "ordering": ["version", "pk"],
            },
        ),
    ]
