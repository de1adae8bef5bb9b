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
            name="CalendarKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("nonce", models.CharField(editable=False, max_length=64)),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="empreinte"),
                ),
                ("created_at", models.DateTimeField(verbose_name="créée le")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="révoquée le")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "adresse de calendrier",
                "verbose_name_plural": "adresses de calendrier",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("user",),
                        name="calendar_key_one_alive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Declined",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="courriels")),
                ("at", models.DateTimeField(verbose_name="depuis le")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declined",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "courriel refusé",
                "verbose_name_plural": "courriels refusés",
                "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="declined_once")],
            },
        ),
        migrations.CreateModel(
            name="MailText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "template",
                    models.CharField(
                        choices=[
                            ("rappel_ouverture", "Rappel : l’appel est ouvert"),
                            ("rappel_depot", "Rappel : déposez votre demande"),
                            ("rappel_depot_aide", "Rappel : besoin d’aide pour votre demande ?"),
                            ("rappel_choix", "Rappel : maintenez-vous votre action ?"),
                            ("rappel_bilan", "Rappel : envoyez votre bilan"),
                            ("accompagnement_dispense", "Étape d’accompagnement levée"),
                            ("accompagnement_manque", "Rencontre qui n’a pas eu lieu"),
                            ("depot_repris", "Demande reprise pour la modifier"),
                            ("demande_reprise", "Demande retirée, puis reprise"),
                            ("complements_recepisse", "Compléments reçus"),
                            ("dossier_recevable", "Dossier recevable"),
                            ("dossier_de_nouveau_en_comite", "Dossier de nouveau en comité"),
                            ("attentes_demandees", "Attentes demandées avant un comité"),
                            ("fiche_transmise", "Réponse expliquée"),
                            ("bilan_attendu", "C’est le moment du bilan"),
                            ("bilan_recepisse", "Bilan reçu"),
                            ("bilan_accepte", "Bilan accepté"),
                            ("financement_solde", "Financement soldé"),
                        ],
                        max_length=60,
                        verbose_name="message",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=120, verbose_name="objet")),
                ("body", models.TextField(blank=True, max_length=3000, verbose_name="texte")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="workflow.cycle"
                    ),
                ),
            ],
            options={
                "verbose_name": "texte de message",
                "verbose_name_plural": "textes de messages",
                "ordering": ["cycle", "pk"],
                "constraints": [models.UniqueConstraint(fields=("cycle", "template"), name="mail_text_once")],
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
                (
                    "leads_to",
                    models.CharField(
                        db_default="", editable=False, max_length=200, verbose_name="mène ensuite à"
                    ),
                ),
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
                        db_index=False,
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
                    models.Index(fields=["recipient", "subject_id"], name="message_to"),
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
                            ("call_open", "Appel ouvert, pas encore de demande"),
                            ("not_filed", "Dossier commencé, pas déposé"),
                            ("support_awaited", "Accompagnement demandé, pas consigné"),
                            ("to_check", "Dossier déposé, pas vérifié"),
                            ("completion_due", "Compléments attendus"),
                            ("opinion_awaited", "Avis attendu"),
                            ("to_answer", "Décision prise, pas de réponse"),
                            ("choice_awaited", "Choix du porteur attendu"),
                            ("report_due", "Bilan attendu"),
                            ("interim_due", "Bilan intermédiaire attendu"),
                            ("survey_open", "Enquête ouverte, pas de réponse"),
                            ("session_soon", "Séance réservée"),
                            ("action_due", "Action convenue, pas faite"),
                        ],
                        max_length=20,
                        verbose_name="sujet",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("holder", "Porteur"),
                            ("team", "Équipe"),
                            ("coordination", "Coordination"),
                            ("third_party", "Tiers facilitateur"),
                            ("financier", "Financeur de la ligne"),
                            ("invited", "Financeurs sollicités"),
                            ("consulted", "Financeurs déjà consultés"),
                            ("booked", "Porteurs inscrits"),
                            ("readers", "Qui relit la fiche"),
                        ],
                        max_length=20,
                        verbose_name="à qui",
                    ),
                ),
                (
                    "fact",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first_time", "Porteur qui n’a jamais déposé de demande"),
                            ("renewal", "Action déjà menée l’année d’avant"),
                            ("no_support", "Aucun accompagnement demandé ni tenu"),
                            ("barely_begun", "Aucune réponse encore écrite"),
                            ("unsigned", "Engagement du représentant légal pas confirmé"),
                        ],
                        max_length=20,
                        verbose_name="seulement si",
                    ),
                ),
                (
                    "anchor",
                    models.CharField(
                        choices=[
                            ("deadline", "La date limite"),
                            ("milestone_starts", "Le premier jour du jalon"),
                            ("milestone_ends", "Le dernier jour du jalon"),
                            ("step_opens", "L’ouverture de l’étape"),
                            ("step_closes", "La fermeture de l’étape"),
                            ("asked", "Le jour où c’est demandé"),
                        ],
                        default="deadline",
                        max_length=20,
                        verbose_name="à partir de",
                    ),
                ),
                ("days_before", models.JSONField(blank=True, default=list, verbose_name="jours avant")),
                ("days_after", models.JSONField(blank=True, default=list, verbose_name="jours après")),
                (
                    "counting",
                    models.CharField(
                        choices=[("calendar", "Jours"), ("working", "Jours ouvrés")],
                        default="calendar",
                        max_length=10,
                        verbose_name="comptés en",
                    ),
                ),
                (
                    "worked_day",
                    models.CharField(
                        choices=[
                            ("avant", "Le dernier jour ouvré avant"),
                            ("après", "Le premier jour ouvré après"),
                            ("inchangé", "Ce jour-là, ouvré ou non"),
                        ],
                        default="avant",
                        max_length=10,
                        verbose_name="si ce jour n’est pas ouvré",
                    ),
                ),
                (
                    "template",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rappel_ouverture", "L’appel est ouvert"),
                            ("rappel_depot", "Déposez votre demande"),
                            ("rappel_depot_aide", "Besoin d’aide pour votre demande ?"),
                            ("rappel_depot_equipe", "Demandes commencées, pas déposées (équipe)"),
                            ("rappel_accompagnement", "Accompagnements à consigner (équipe)"),
                            ("rappel_verification", "Dossiers à vérifier (équipe)"),
                            ("rappel_complements", "Envoyez vos compléments"),
                            ("rappel_complements_equipe", "Compléments pas reçus (équipe)"),
                            ("rappel_avis", "Donnez votre avis"),
                            ("rappel_avis_equipe", "Avis pas reçus (équipe)"),
                            ("rappel_reponse", "Réponses à envoyer (coordination)"),
                            ("rappel_choix", "Dites si vous maintenez votre action"),
                            ("rappel_bilan", "Envoyez votre bilan"),
                            ("rappel_bilan_intermediaire", "Envoyez votre bilan intermédiaire"),
                            ("rappel_bilan_equipe", "Bilans pas reçus (équipe)"),
                            ("rappel_enquete", "L’enquête est ouverte"),
                            ("rappel_seance", "Votre séance approche"),
                            ("rappel_action", "Ce qui a été convenu"),
                        ],
                        max_length=60,
                        verbose_name="texte",
                    ),
                ),
                ("digest", models.BooleanField(default=False, verbose_name="dans le récapitulatif du jour")),
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
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workflow.step",
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
