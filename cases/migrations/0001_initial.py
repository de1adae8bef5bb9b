import cases.models.document
import cases.models.letter
import datetime
import django.db.models.deletion
import django_fsm
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("workflow", "0002_cycle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "kind_of",
                    models.CharField(
                        choices=[
                            ("technical", "Comité technique"),
                            ("financiers", "Comité des financeurs"),
                            ("steering", "Comité de pilotage"),
                            ("transversal", "Journée transversale"),
                        ],
                        default="financiers",
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("label", models.CharField(max_length=200, verbose_name="libellé")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "Tous les dossiers de l’appel"),
                            ("themes", "Ceux de certaines orientations"),
                            ("second", "Seconde programmation : ceux qu’un comité a déjà vus sans décider"),
                            ("listed", "Liste complémentaire : des dossiers choisis un à un"),
                        ],
                        default="all",
                        max_length=8,
                        verbose_name="dossiers examinés",
                    ),
                ),
                ("themes", models.JSONField(blank=True, default=list, verbose_name="orientations")),
                ("numbers", models.JSONField(blank=True, default=list, verbose_name="dossiers choisis")),
                ("starts_at", models.TimeField(default=datetime.time(9, 0), verbose_name="heure")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="committees",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "comité",
                "ordering": ["on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("support", "En accompagnement"),
                            ("submitted", "Déposé"),
                            ("incomplete", "À compléter"),
                            ("inadmissible", "Non recevable"),
                            ("instruction", "En instruction"),
                            ("review", "Avis des financeurs"),
                            ("committee", "En comité"),
                            ("deferred", "Ajourné"),
                            ("decided", "Décidé, réponse en préparation"),
                            ("answered", "Répondu"),
                            ("reporting", "Bilan attendu"),
                            ("closed", "Clos"),
                            ("withdrawn", "Retiré"),
                            ("dropped", "Classé sans suite"),
                        ],
                        default="draft",
                        max_length=14,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="déposé le")),
                (
                    "completion_due_on",
                    models.DateField(editable=False, null=True, verbose_name="compléments attendus le"),
                ),
                ("admitted_at", models.DateTimeField(editable=False, null=True, verbose_name="recevable le")),
                (
                    "review_due_on",
                    models.DateField(editable=False, null=True, verbose_name="avis attendus le"),
                ),
                (
                    "next_committee_on",
                    models.DateField(editable=False, null=True, verbose_name="prochain comité le"),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="décidé le")),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="répondu le")),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                ("title", models.CharField(max_length=300, verbose_name="intitulé de l’action")),
                ("renewal", models.BooleanField(default=False, verbose_name="reconduction")),
                ("public", models.CharField(blank=True, max_length=200, verbose_name="public visé")),
                (
                    "public_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="nombre de personnes"),
                ),
                (
                    "total_cost",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=12, verbose_name="coût total"
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="réponses")),
                ("budget", models.JSONField(blank=True, default=dict, verbose_name="budget par compte")),
                (
                    "commitment_by",
                    models.CharField(blank=True, max_length=200, verbose_name="représentant légal"),
                ),
                (
                    "commitment_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="engagement confirmé le"),
                ),
                (
                    "commitment_source",
                    models.CharField(blank=True, max_length=200, verbose_name="engagement confirmé par"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="début de l’action")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin de l’action")),
                (
                    "extended_to",
                    models.DateField(editable=False, null=True, verbose_name="action prolongée jusqu’au"),
                ),
                (
                    "report_due_on",
                    models.DateField(editable=False, null=True, verbose_name="bilan attendu le"),
                ),
                (
                    "dauphin_reference",
                    models.CharField(blank=True, max_length=40, verbose_name="référence Dauphin"),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="workflow.cycle",
                        verbose_name="cycle",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="workflow.organisation",
                        verbose_name="porteur",
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="workflow.cycleversion",
                        verbose_name="règles suivies",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "ordering": ["cycle", "number"],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.SlugField(max_length=40, verbose_name="pièce")),
                ("name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                (
                    "file",
                    models.FileField(upload_to=cases.models.document._random_name, verbose_name="fichier"),
                ),
                ("at", models.DateTimeField(verbose_name="joint le")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retiré le"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="cases.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CompletionRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                ("due_on", models.DateField(verbose_name="attendu le")),
                ("items", models.JSONField(verbose_name="ce qui manque")),
                ("replies", models.JSONField(blank=True, default=dict, verbose_name="réponses")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="complété le")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completions",
                        to="cases.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de compléments",
                "verbose_name_plural": "demandes de compléments",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("asked", "Réponse attendue"),
                            ("accepted", "Accord donné"),
                            ("refused", "Refus"),
                            ("taken_back", "Demande reprise"),
                        ],
                        default="asked",
                        max_length=10,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="répondu le")),
                ("answer", models.TextField(blank=True, editable=False, verbose_name="réponse de l’équipe")),
                (
                    "kind_of",
                    models.CharField(
                        choices=[
                            ("amendment", "Avenant"),
                            ("extension", "Prolongation"),
                            ("undone", "Action non réalisée"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("about", models.JSONField(blank=True, default=list, verbose_name="ce qui change")),
                ("text", models.TextField(verbose_name="ce qui change et pourquoi")),
                ("new_end", models.DateField(blank=True, null=True, verbose_name="nouvelle fin de l’action")),
                ("whole", models.BooleanField(default=False, verbose_name="en entier")),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="cases.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "changement",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "En rédaction"),
                            ("reading", "À relire"),
                            ("checked", "Relue"),
                            ("delivered", "Transmise"),
                        ],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("checked_at", models.DateTimeField(editable=False, null=True, verbose_name="relue le")),
                (
                    "delivered_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="transmise le"),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="versions transmises"
                    ),
                ),
                (
                    "because",
                    models.TextField(blank=True, editable=False, verbose_name="pourquoi elle est corrigée"),
                ),
                ("appreciated", models.TextField(blank=True, verbose_name="ce qui a été apprécié")),
                ("advice", models.TextField(blank=True, verbose_name="et maintenant")),
                ("motives", models.JSONField(blank=True, default=list, verbose_name="motifs")),
                ("silent", models.JSONField(blank=True, default=list, verbose_name="motifs non communiqués")),
                ("lesser", models.JSONField(blank=True, default=list, verbose_name="pourquoi moins")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="cases.dossier",
                    ),
                ),
                (
                    "meeting_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="rendez-vous proposé avec",
                    ),
                ),
            ],
            options={
                "verbose_name": "fiche de motivation",
                "verbose_name_plural": "fiches de motivation",
            },
        ),
        migrations.CreateModel(
            name="Financier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="nom court")),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                ("levels", models.JSONField(blank=True, default=list, verbose_name="niveaux de validation")),
                (
                    "writes_letters",
                    models.BooleanField(default=False, verbose_name="écrit ses courriers ici"),
                ),
                ("signatory", models.CharField(blank=True, max_length=120, verbose_name="signataire")),
                (
                    "signatory_quality",
                    models.CharField(blank=True, max_length=160, verbose_name="qualité du signataire"),
                ),
                ("address", models.TextField(blank=True, max_length=400, verbose_name="adresse")),
                ("signed_at", models.CharField(blank=True, max_length=80, verbose_name="fait à")),
                (
                    "court",
                    models.CharField(blank=True, max_length=160, verbose_name="tribunal administratif"),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="financiers",
                        to="workflow.cycle",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="financing",
                        to="workflow.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "financeur",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=200, verbose_name="dispositif")),
                (
                    "nature",
                    models.CharField(
                        choices=[("specific", "Crédits spécifiques"), ("mainstream", "Droit commun")],
                        default="specific",
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unknown", "Inconnue"),
                            ("estimated", "Estimée"),
                            ("notified", "Notifiée"),
                            ("cut", "Réduite"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="statut",
                    ),
                ),
                (
                    "ceiling",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="montant"
                    ),
                ),
                (
                    "cut_to",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="réduite à"
                    ),
                ),
                (
                    "decided",
                    models.DecimalField(
                        decimal_places=2, default=0, editable=False, max_digits=12, verbose_name="décidé"
                    ),
                ),
                (
                    "below",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="dont décidé sur ses sous-enveloppes",
                    ),
                ),
                (
                    "split",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="réparti entre ses sous-enveloppes",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "within",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="cases.envelope",
                        verbose_name="fait partie de",
                    ),
                ),
                (
                    "financier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="envelopes",
                        to="cases.financier",
                    ),
                ),
            ],
            options={
                "verbose_name": "enveloppe",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FundingLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("requested", "Sollicité"),
                            ("invited", "Avis demandé"),
                            ("answered", "Avis rendu"),
                            ("silent", "Avis non rendu"),
                            ("granted", "Accordé"),
                            ("refused", "Non retenu"),
                            ("undisclosed", "Non communiqué par ce financeur"),
                            ("notified", "Notifié"),
                            ("accepted", "Maintenu par le porteur"),
                            ("adapted", "Adapté par le porteur"),
                            ("renounced", "Abandonné par le porteur"),
                            ("settled", "Soldé"),
                            ("to_ask", "Droit commun à demander"),
                            ("confirmed", "Droit commun confirmé"),
                            ("declined", "Droit commun non mobilisé"),
                        ],
                        default="requested",
                        max_length=12,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("requested", "Sollicité"),
                            ("invited", "Avis demandé"),
                            ("answered", "Avis rendu"),
                            ("silent", "Avis non rendu"),
                            ("granted", "Accordé"),
                            ("refused", "Non retenu"),
                            ("undisclosed", "Non communiqué par ce financeur"),
                            ("notified", "Notifié"),
                            ("accepted", "Maintenu par le porteur"),
                            ("adapted", "Adapté par le porteur"),
                            ("renounced", "Abandonné par le porteur"),
                            ("settled", "Soldé"),
                            ("to_ask", "Droit commun à demander"),
                            ("confirmed", "Droit commun confirmé"),
                            ("declined", "Droit commun non mobilisé"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="décision",
                    ),
                ),
                (
                    "decided",
                    models.DecimalField(
                        decimal_places=2, editable=False, max_digits=12, null=True, verbose_name="décidé"
                    ),
                ),
                (
                    "booked",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="inscrit sur l’enveloppe",
                    ),
                ),
                ("notified_on", models.DateField(blank=True, null=True, verbose_name="notifié le")),
                (
                    "letter_reference",
                    models.CharField(blank=True, max_length=80, verbose_name="référence du courrier"),
                ),
                (
                    "purse",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=12,
                        null=True,
                        verbose_name="disponible au moment du vote",
                    ),
                ),
                ("call_first", models.BooleanField(blank=True, null=True, verbose_name="à appeler d’abord")),
                ("called_at", models.DateTimeField(editable=False, null=True, verbose_name="appelé le")),
                (
                    "calls_missed",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="appels sans réponse"
                    ),
                ),
                (
                    "tried_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="dernier appel sans réponse"
                    ),
                ),
                (
                    "previous",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="accordé l’an passé",
                    ),
                ),
                ("requested", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="demandé")),
                ("in_kind", models.BooleanField(default=False, verbose_name="aide en nature")),
                (
                    "team_proposal",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="proposé par l’équipe",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favourable", "Favorable"),
                            ("reserved", "Favorable avec réserve"),
                            ("unfavourable", "Défavorable"),
                            ("abstention", "Sans avis"),
                            ("recused", "Se déporte (conflit d’intérêts)"),
                            ("discuss", "À discuter en comité"),
                        ],
                        max_length=12,
                        verbose_name="avis",
                    ),
                ),
                (
                    "proposed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="proposé par le financeur",
                    ),
                ),
                ("motive", models.TextField(blank=True, verbose_name="motif de l’avis")),
                ("conditions", models.TextField(blank=True, verbose_name="conditions de l’avis")),
                ("level", models.CharField(blank=True, max_length=120, verbose_name="au nom de")),
                (
                    "opinion_source",
                    models.CharField(blank=True, max_length=200, verbose_name="avis reçu par"),
                ),
                ("opinion_by", models.CharField(blank=True, max_length=200, verbose_name="avis donné par")),
                ("opinion_at", models.DateTimeField(blank=True, null=True, verbose_name="avis donné le")),
                ("firm_on", models.DateField(blank=True, null=True, verbose_name="délibéré le")),
                ("act_on", models.DateField(blank=True, null=True, verbose_name="convention ou arrêté du")),
                (
                    "act_reference",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="référence de la convention ou de l’arrêté"
                    ),
                ),
                (
                    "agreement",
                    models.CharField(blank=True, max_length=80, verbose_name="convention pluriannuelle"),
                ),
                (
                    "given_back",
                    models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="rendu"),
                ),
                (
                    "returned_on",
                    models.DateField(blank=True, null=True, verbose_name="argent rendu arrivé le"),
                ),
                (
                    "freed",
                    models.BooleanField(default=False, editable=False, verbose_name="remis dans l’enveloppe"),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.cycle"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="cases.dossier"
                    ),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="cases.envelope",
                        verbose_name="enveloppe",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.organisation",
                        verbose_name="porteur",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="workflow.organisation",
                        verbose_name="financeur",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne de financement",
                "verbose_name_plural": "lignes de financement",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="lu le")),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="cases.dossier",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="cases.fundingline",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="GoalsRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals_requests",
                        to="cases.committee",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workflow.cycle"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.organisation",
                        verbose_name="siège",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d’attentes",
                "verbose_name_plural": "demandes d’attentes",
                "ordering": ["committee", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("asked", "Posée"),
                            ("answered", "Répondue"),
                            ("closed", "Close sans réponse"),
                        ],
                        default="asked",
                        max_length=8,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="réponse")),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="répondu le")),
                ("asked_at", models.DateTimeField(verbose_name="posée le")),
                ("question", models.TextField(verbose_name="question")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.cycle"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="cases.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.organisation",
                        verbose_name="porteur",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="workflow.organisation",
                        verbose_name="financeur",
                    ),
                ),
            ],
            options={
                "verbose_name": "question d’un financeur",
                "verbose_name_plural": "questions des financeurs",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("checks", models.JSONField(blank=True, default=dict, verbose_name="recevabilité")),
                ("marks", models.JSONField(blank=True, default=dict, verbose_name="grille")),
                ("comments", models.JSONField(blank=True, default=dict, verbose_name="commentaires")),
                ("summary", models.TextField(blank=True, verbose_name="synthèse")),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instruction",
                        to="cases.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "fiche d’instruction",
                "verbose_name_plural": "fiches d’instruction",
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="mouvement")),
                ("at", models.DateTimeField(verbose_name="le")),
                ("move", models.CharField(max_length=40, verbose_name="passage")),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="cases.envelope",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="cases.fundingline",
                    ),
                ),
            ],
            options={
                "verbose_name": "mouvement d’enveloppe",
                "verbose_name_plural": "mouvements d’enveloppe",
                "ordering": ["envelope", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "kind_of",
                    models.CharField(
                        choices=[
                            ("award", "Attribution"),
                            ("partial", "Attribution partielle"),
                            ("refusal", "Refus"),
                            ("inadmissibility", "Non-recevabilité"),
                            ("deferral", "Report au prochain comité"),
                            ("completion", "Demande de compléments"),
                            ("receipt", "Accusé de réception"),
                            ("attendance", "Attestation de présence"),
                            ("agreement", "Convention"),
                        ],
                        max_length=16,
                        verbose_name="nature",
                    ),
                ),
                ("about", models.SlugField(max_length=40, verbose_name="à propos de")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="montant annoncé"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                ("dated_on", models.DateField(verbose_name="daté du")),
                ("made_at", models.DateTimeField(verbose_name="fait le")),
                ("made_by", models.CharField(max_length=200, verbose_name="fait par")),
                ("said", models.CharField(max_length=64, verbose_name="empreinte de ce qui est dit")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="workflow.cycle",
                        verbose_name="appel",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="cases.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "financier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="cases.financier",
                        verbose_name="au nom de",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="cases.fundingline",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.organisation",
                        verbose_name="porteur",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.letter",
                        verbose_name="remplace",
                    ),
                ),
            ],
            options={
                "verbose_name": "courrier",
                "ordering": ["cycle", "year", "number"],
            },
        ),
        migrations.CreateModel(
            name="LetterBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("begun_at", models.DateTimeField(verbose_name="commencé le")),
                ("dated_on", models.DateField(verbose_name="daté du")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="composé par",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_batches",
                        to="workflow.cycle",
                        verbose_name="appel",
                    ),
                ),
            ],
            options={
                "verbose_name": "parapheur",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind_of",
                    models.CharField(
                        choices=[
                            ("award", "Attribution"),
                            ("partial", "Attribution partielle"),
                            ("refusal", "Refus"),
                            ("inadmissibility", "Non-recevabilité"),
                            ("deferral", "Report au prochain comité"),
                            ("completion", "Demande de compléments"),
                            ("receipt", "Accusé de réception"),
                            ("attendance", "Attestation de présence"),
                            ("agreement", "Convention"),
                        ],
                        max_length=16,
                        verbose_name="courrier",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=160, verbose_name="objet")),
                ("body", models.TextField(blank=True, max_length=6000, verbose_name="texte")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letter_models",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "modèle de courrier",
                "verbose_name_plural": "modèles de courrier",
                "ordering": ["cycle", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveIntegerField(verbose_name="rang")),
                ("about", models.SlugField(max_length=40, verbose_name="à propos de")),
                (
                    "kind_of",
                    models.CharField(
                        choices=[
                            ("award", "Attribution"),
                            ("partial", "Attribution partielle"),
                            ("refusal", "Refus"),
                            ("inadmissibility", "Non-recevabilité"),
                            ("deferral", "Report au prochain comité"),
                            ("completion", "Demande de compléments"),
                            ("receipt", "Accusé de réception"),
                            ("attendance", "Attestation de présence"),
                            ("agreement", "Convention"),
                        ],
                        max_length=16,
                        verbose_name="nature",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="montant annoncé"
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=500, verbose_name="pourquoi pas")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orders",
                        to="cases.letterbatch",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.dossier"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.letter",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.fundingline",
                    ),
                ),
            ],
            options={
                "verbose_name": "courrier d’un parapheur",
                "verbose_name_plural": "courriers d’un parapheur",
                "ordering": ["batch", "rank"],
            },
        ),
        migrations.CreateModel(
            name="LetterPrint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.JSONField(verbose_name="contenu")),
                ("pdf", models.BinaryField(verbose_name="document")),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte du document")),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="printed", to="cases.letter"
                    ),
                ),
            ],
            options={
                "verbose_name": "document d’un courrier",
                "verbose_name_plural": "documents des courriers",
                "ordering": ["letter"],
            },
        ),
        migrations.CreateModel(
            name="LetterScan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("dated_on", models.DateField(verbose_name="daté du")),
                ("name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                (
                    "file",
                    models.FileField(upload_to=cases.models.letter._random_name, verbose_name="fichier"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte du fichier")),
                ("at", models.DateTimeField(verbose_name="joint le")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_scans",
                        to="cases.dossier",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="cases.letter",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_scans",
                        to="cases.fundingline",
                    ),
                ),
            ],
            options={
                "verbose_name": "courrier signé",
                "verbose_name_plural": "courriers signés",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("number", models.PositiveSmallIntegerField(verbose_name="version n°")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte du contenu")),
                ("pdf", models.BinaryField(verbose_name="document")),
                ("signed_at", models.DateTimeField(verbose_name="arrêté le")),
                ("signed_by", models.CharField(max_length=200, verbose_name="arrêté par")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="cases.committee",
                        verbose_name="comité",
                    ),
                ),
            ],
            options={
                "verbose_name": "procès-verbal",
                "verbose_name_plural": "procès-verbaux",
                "ordering": ["committee", "number"],
            },
        ),
        migrations.CreateModel(
            name="Neighbourhood",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True, verbose_name="code officiel")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="neighbourhoods",
                        to="workflow.citycontract",
                    ),
                ),
            ],
            options={
                "verbose_name": "quartier prioritaire",
                "verbose_name_plural": "quartiers prioritaires",
                "ordering": ["code"],
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="neighbourhoods",
            field=models.ManyToManyField(blank=True, to="cases.neighbourhood", verbose_name="quartiers"),
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("favourable", "Favorable"),
                            ("reserved", "Favorable avec réserve"),
                            ("unfavourable", "Défavorable"),
                            ("abstention", "Sans avis"),
                            ("recused", "Se déporte (conflit d’intérêts)"),
                            ("discuss", "À discuter en comité"),
                        ],
                        max_length=12,
                        verbose_name="avis",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="montant proposé"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="reçu par")),
                ("by", models.CharField(blank=True, max_length=200, verbose_name="donné par")),
                ("level", models.CharField(blank=True, max_length=120, verbose_name="au nom de")),
                ("motive", models.TextField(blank=True, verbose_name="motif")),
                ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="cases.fundingline",
                    ),
                ),
            ],
            options={
                "verbose_name": "avis",
                "verbose_name_plural": "avis",
                "ordering": ["line", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Orientation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=200, verbose_name="libellé")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orientations",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "orientation",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("open", "Idée"),
                            ("drafted", "Devenue une demande"),
                            ("aside", "Laissée de côté"),
                        ],
                        default="open",
                        max_length=9,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="votre idée en quelques mots")),
                ("need", models.TextField(blank=True, verbose_name="à quel besoin elle répond")),
                ("noted_at", models.DateTimeField(verbose_name="notée le")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="workflow.cycle",
                        verbose_name="appel à projets",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="idea",
                        to="cases.dossier",
                        verbose_name="demande",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="workflow.organisation",
                        verbose_name="association",
                    ),
                ),
                (
                    "neighbourhoods",
                    models.ManyToManyField(blank=True, to="cases.neighbourhood", verbose_name="quartiers"),
                ),
                (
                    "orientation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="cases.orientation",
                        verbose_name="orientation",
                    ),
                ),
            ],
            options={
                "verbose_name": "idée",
                "ordering": ["noted_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="orientation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="cases.orientation",
                verbose_name="orientation",
            ),
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="enregistré le")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("decided", "Décidé"),
                            ("deferred", "Ajourné"),
                            ("proposed", "Proposition"),
                            ("postponed", "Reporté"),
                            ("undone", "Décision reprise"),
                        ],
                        default="decided",
                        max_length=9,
                        verbose_name="issue",
                    ),
                ),
                ("proposal", models.JSONField(default=list, verbose_name="proposition")),
                ("note", models.TextField(blank=True, verbose_name="ce que le comité a dit")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="cases.committee",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="cases.dossier",
                    ),
                ),
                (
                    "onward",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.committee",
                        verbose_name="comité suivant",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage en comité",
                "verbose_name_plural": "passages en comité",
                "ordering": ["dossier", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "kind_of",
                    models.CharField(
                        choices=[
                            ("advance", "Acompte"),
                            ("balance", "Solde"),
                            ("single", "Versement unique"),
                        ],
                        default="single",
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant")),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="attendu le")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="reçu le")),
                ("reference", models.CharField(blank=True, max_length=80, verbose_name="référence")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="cases.fundingline",
                        verbose_name="financement",
                    ),
                ),
            ],
            options={
                "verbose_name": "versement",
                "ordering": ["line", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Programming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("open", "En préparation"), ("signed", "Arrêtée")],
                        default="open",
                        max_length=6,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("shared", models.BooleanField(default=False, verbose_name="ouverte aux financeurs")),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programming",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "programmation",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=300, verbose_name="intitulé")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="workflow.organisation",
                        verbose_name="porteur",
                    ),
                ),
            ],
            options={
                "verbose_name": "projet",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="cases.project",
                verbose_name="projet",
            ),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=300, verbose_name="libellé")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("topic", models.CharField(max_length=80, verbose_name="thème")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Texte court"),
                            ("long", "Texte long"),
                            ("number", "Nombre"),
                            ("money", "Montant"),
                            ("date", "Date"),
                            ("yes_no", "Oui ou non"),
                            ("document", "Document"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("required", models.BooleanField(default=True, verbose_name="obligatoire")),
                (
                    "renewal",
                    models.CharField(
                        blank=True,
                        choices=[("keep", "Garder"), ("clear", "Vider"), ("ask", "Redemander")],
                        default="",
                        max_length=5,
                        verbose_name="l’année suivante",
                    ),
                ),
                ("help", models.CharField(blank=True, max_length=500, verbose_name="aide")),
                ("example", models.TextField(blank=True, verbose_name="exemple de bonne réponse")),
                (
                    "example_comment",
                    models.TextField(blank=True, verbose_name="pourquoi cette réponse est bonne"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="workflow.cycleversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "ordering": ["version", "pk"],
                "abstract": False,
                "default_related_name": "questions",
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=300, verbose_name="libellé")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inadmissible", "Non recevable"),
                            ("priority", "Moins prioritaire cette année"),
                            ("money", "Crédits insuffisants"),
                            ("outside", "Hors du cadre de l’appel"),
                            ("mainstream", "Relève du droit commun"),
                            ("elsewhere", "Un autre financeur convient mieux"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("rule", models.CharField(max_length=500, verbose_name="règle publiée")),
                (
                    "wording",
                    models.CharField(blank=True, max_length=500, verbose_name="ce que le porteur lit"),
                ),
                ("asks", models.CharField(blank=True, max_length=300, verbose_name="fait à donner")),
                ("advice", models.CharField(blank=True, max_length=500, verbose_name="et maintenant")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="workflow.cycleversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "motif",
                "ordering": ["version", "pk"],
                "abstract": False,
                "default_related_name": "reasons",
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "À faire"),
                            ("filed", "Envoyé"),
                            ("to_correct", "À corriger"),
                            ("accepted", "Accepté"),
                        ],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("filed_at", models.DateTimeField(editable=False, null=True, verbose_name="envoyé le")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepté le")),
                (
                    "corrections",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="points à corriger"
                    ),
                ),
                (
                    "kind_of",
                    models.CharField(
                        choices=[("intermediate", "Bilan intermédiaire"), ("final", "Bilan final")],
                        default="final",
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="ce qui a été fait")),
                ("difficulties", models.TextField(blank=True, verbose_name="ce qui a été difficile")),
                ("onward", models.TextField(blank=True, verbose_name="la suite")),
                (
                    "people",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes touchées"),
                ),
                (
                    "people_qpv",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="dont des quartiers"),
                ),
                (
                    "spent",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="dépensé"
                    ),
                ),
                ("realised", models.JSONField(blank=True, default=dict, verbose_name="comptes réalisés")),
                ("explained", models.JSONField(blank=True, default=dict, verbose_name="écarts expliqués")),
                ("replies", models.JSONField(blank=True, default=dict, verbose_name="réponses à l’équipe")),
                (
                    "certified_by",
                    models.CharField(blank=True, max_length=200, verbose_name="comptes confirmés par"),
                ),
                (
                    "certified_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="comptes confirmés le"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="cases.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "bilan",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="tour")),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                ("deadline", models.DateField(verbose_name="réponse attendue le")),
                (
                    "quorum",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="avis attendus pour clore"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="clos le")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="cases.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "tour d’avis",
                "verbose_name_plural": "tours d’avis",
                "ordering": ["dossier", "number"],
            },
        ),
        migrations.CreateModel(
            name="RevisedBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("at", models.DateTimeField(verbose_name="écrit le")),
                ("accounts", models.JSONField(default=dict, verbose_name="comptes")),
                ("granted", models.JSONField(default=list, verbose_name="accordé")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="cases.dossier",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="cases.fundingline",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget adapté",
                "verbose_name_plural": "budgets adaptés",
                "ordering": ["dossier", "number"],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                ("query", models.CharField(blank=True, max_length=500, verbose_name="filtres")),
                ("opens_first", models.BooleanField(default=False, verbose_name="s’ouvre d’abord")),
                (
                    "cycle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workflow.cycle",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vue enregistrée",
                "verbose_name_plural": "vues enregistrées",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("open", "En travail"), ("aside", "Rangé")],
                        default="open",
                        max_length=5,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("applied_at", models.DateTimeField(editable=False, null=True, verbose_name="appliqué le")),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scenarios",
                        to="workflow.cycle",
                        verbose_name="appel",
                    ),
                ),
            ],
            options={
                "verbose_name": "scénario",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ScenarioAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="montant"),
                ),
                (
                    "base",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="proposé alors"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supposed",
                        to="cases.fundingline",
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amounts",
                        to="cases.scenario",
                    ),
                ),
            ],
            options={
                "verbose_name": "montant d’un scénario",
                "verbose_name_plural": "montants d’un scénario",
                "ordering": ["scenario", "line"],
            },
        ),
        migrations.CreateModel(
            name="ScenarioCeiling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ceiling",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant supposé"),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.envelope"
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ceilings",
                        to="cases.scenario",
                    ),
                ),
            ],
            options={
                "verbose_name": "hypothèse d’un scénario",
                "verbose_name_plural": "hypothèses d’un scénario",
                "ordering": ["scenario", "envelope"],
            },
        ),
        migrations.CreateModel(
            name="SeatLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nonce", models.CharField(editable=False, max_length=64)),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="empreinte"),
                ),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="révoqué le")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="dernier usage")),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_links",
                        to="workflow.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lien de réponse",
                "verbose_name_plural": "liens de réponse",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("planned", "Prévue"), ("held", "A eu lieu"), ("cancelled", "Annulée")],
                        default="planned",
                        max_length=9,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="commence le")),
                ("ends_at", models.DateTimeField(verbose_name="finit le")),
                (
                    "venue",
                    models.CharField(
                        choices=[
                            ("ours", "Au lieu indiqué"),
                            ("holder", "Chez l’association"),
                            ("remote", "Par téléphone ou à l’écran"),
                        ],
                        default="ours",
                        max_length=8,
                        verbose_name="où",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                ("seats", models.PositiveSmallIntegerField(verbose_name="places")),
                ("note", models.TextField(blank=True, verbose_name="à savoir avant de venir")),
                ("reason", models.TextField(blank=True, verbose_name="pourquoi elle est annulée")),
                ("step", models.SlugField(max_length=40, verbose_name="étape")),
                ("series", models.UUIDField(blank=True, editable=False, null=True, verbose_name="série")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="workflow.cycle",
                        verbose_name="cycle",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted_sessions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="animée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "séance",
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("waiting", "Sur liste d’attente"),
                            ("booked", "Inscrit"),
                            ("cancelled", "Annulée"),
                            ("attended", "Présent"),
                            ("absent", "Absent"),
                        ],
                        default="waiting",
                        max_length=9,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="annulée le")),
                ("reason", models.TextField(blank=True, verbose_name="pourquoi elle est annulée")),
                ("record", models.TextField(blank=True, verbose_name="ce qui a été dit")),
                ("booked_at", models.DateTimeField(verbose_name="inscrit le")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.cycle"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="workflow.organisation",
                        verbose_name="association",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="inscrit par",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="cases.dossier",
                        verbose_name="demande",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="cases.idea",
                        verbose_name="idée",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="cases.session",
                        verbose_name="séance",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscription",
                "ordering": ["session", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SignedProgramming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("at", models.DateTimeField(verbose_name="arrêtée le")),
                ("content", models.TextField(verbose_name="contenu")),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="arrêtée par",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.committee",
                        verbose_name="comité",
                    ),
                ),
                (
                    "programming",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed",
                        to="cases.programming",
                    ),
                ),
            ],
            options={
                "verbose_name": "programmation arrêtée",
                "verbose_name_plural": "programmations arrêtées",
                "ordering": ["programming", "number"],
            },
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("asked", "Demandé"),
                            ("held", "A eu lieu"),
                            ("missed", "N’a pas eu lieu"),
                            ("waived", "Dispensé"),
                        ],
                        default="asked",
                        max_length=8,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="le")),
                ("record", models.TextField(blank=True, verbose_name="ce qui a été dit")),
                (
                    "proposal",
                    models.CharField(blank=True, max_length=200, verbose_name="nouvelle date proposée"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="raison de la dispense")),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                (
                    "content",
                    models.JSONField(editable=False, null=True, verbose_name="demande telle qu’elle était"),
                ),
                (
                    "booking",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support",
                        to="cases.booking",
                        verbose_name="inscription",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="cases.dossier",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.step",
                        verbose_name="étape",
                    ),
                ),
            ],
            options={
                "verbose_name": "accompagnement",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("open", "À lire"),
                            ("handled", "Fait"),
                            ("taken", "Phrase reprise"),
                            ("kept", "Laissé comme c’était"),
                            ("closed", "Close"),
                        ],
                        default="open",
                        max_length=7,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                (
                    "reply",
                    models.TextField(blank=True, verbose_name="pourquoi le porteur a laissé son texte"),
                ),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="répondu le")),
                ("part", models.CharField(max_length=60, verbose_name="partie de la demande")),
                ("text", models.TextField(verbose_name="remarque")),
                ("wording", models.TextField(blank=True, verbose_name="texte proposé")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="cases.dossier",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="cases.support",
                        verbose_name="relecture",
                    ),
                ),
            ],
            options={
                "verbose_name": "remarque de relecture",
                "verbose_name_plural": "remarques de relecture",
                "ordering": ["dossier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AgreedAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("open", "À faire"), ("done", "Fait"), ("left", "Abandonné")],
                        default="open",
                        max_length=5,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="fait ou abandonné le"),
                ),
                ("text", models.CharField(max_length=200, verbose_name="à faire")),
                ("due_on", models.DateField(verbose_name="avant le")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.cycle"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="qui",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed",
                        to="workflow.organisation",
                        verbose_name="porteur",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed",
                        to="cases.booking",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed",
                        to="cases.dossier",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed",
                        to="cases.project",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed",
                        to="cases.support",
                    ),
                ),
            ],
            options={
                "verbose_name": "action convenue",
                "verbose_name_plural": "actions convenues",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("question", models.SlugField(max_length=40, verbose_name="question")),
                ("audience", models.CharField(max_length=10, verbose_name="public")),
                (
                    "mark",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Pas du tout d’accord"),
                            (2, "Plutôt pas d’accord"),
                            (3, "Plutôt d’accord"),
                            (4, "Tout à fait d’accord"),
                        ],
                        null=True,
                        verbose_name="avis",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="réponse")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="survey_answers",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à l’enquête",
                "verbose_name_plural": "réponses à l’enquête",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyBallot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="workflow.cycle",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "participation à l’enquête",
                "verbose_name_plural": "participations à l’enquête",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=300, verbose_name="libellé")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "kind",
                    models.CharField(
                        choices=[("mark", "D’accord ou pas"), ("words", "Réponse libre")],
                        default="mark",
                        max_length=5,
                        verbose_name="nature",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="workflow.cycleversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "question de l’enquête",
                "verbose_name_plural": "questions de l’enquête",
                "ordering": ["version", "pk"],
                "abstract": False,
                "default_related_name": "survey_questions",
            },
        ),
        migrations.CreateModel(
            name="TableMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("columns", models.JSONField(default=dict, verbose_name="colonnes")),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="table_mapping",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "correspondance de colonnes",
                "verbose_name_plural": "correspondances de colonnes",
                "ordering": ["cycle"],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("begins_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workflow.cycle"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.organisation",
                        verbose_name="siège",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répond à sa place",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("begins_on__lte", models.F("ends_on"))),
                        name="absence_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("stand_in")), _negated=True),
                        name="absence_another_stands_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("quality", models.CharField(blank=True, max_length=200, verbose_name="qualité")),
                ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("invited", "Invité"),
                            ("present", "Présent"),
                            ("excused", "Excusé"),
                            ("represented", "Représenté"),
                            ("absent", "Absent"),
                        ],
                        default="invited",
                        max_length=11,
                        verbose_name="présence",
                    ),
                ),
                (
                    "represented_by",
                    models.CharField(blank=True, max_length=200, verbose_name="représenté par"),
                ),
                ("goals", models.TextField(blank=True, verbose_name="ce qui est attendu de la séance")),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.organisation",
                        verbose_name="siège",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="cases.committee",
                        verbose_name="comité",
                    ),
                ),
            ],
            options={
                "verbose_name": "invité",
                "ordering": ["committee", "organisation", "name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("presence", "represented"), _negated=True),
                            models.Q(("represented_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="attendee_represented_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("journal_head", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("planned", "À traiter"), ("done", "Traité"), ("postponed", "Reporté")],
                        default="planned",
                        max_length=9,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                ("rank", models.PositiveSmallIntegerField(verbose_name="place")),
                (
                    "kind_of",
                    models.CharField(
                        choices=[
                            ("decision", "Décision"),
                            ("information", "Information"),
                            ("exchange", "Échange"),
                            ("signature", "Signature officielle"),
                        ],
                        default="decision",
                        max_length=11,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="point")),
                ("speaker", models.CharField(blank=True, max_length=200, verbose_name="qui présente")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="durée en minutes")),
                ("dossiers", models.JSONField(blank=True, default=list, verbose_name="dossiers")),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="onward",
                        to="cases.agendaitem",
                        verbose_name="reporté de",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="cases.committee",
                        verbose_name="comité",
                    ),
                ),
            ],
            options={
                "verbose_name": "point de l’ordre du jour",
                "verbose_name_plural": "points de l’ordre du jour",
                "ordering": ["committee", "rank", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="item_lasts_a_while")
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=300, verbose_name="libellé")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "kind",
                    models.CharField(
                        choices=[("admissibility", "Recevabilité"), ("grid", "Grille d’instruction")],
                        max_length=14,
                        verbose_name="nature",
                    ),
                ),
                ("help", models.CharField(blank=True, max_length=500, verbose_name="question à se poser")),
                (
                    "before",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="question posée avant de commencer"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="workflow.cycleversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "critère",
                "ordering": ["version", "pk"],
                "abstract": False,
                "default_related_name": "criteria",
                "constraints": [
                    models.UniqueConstraint(fields=("version", "code"), name="criterion_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version n°")),
                ("at", models.DateTimeField(verbose_name="transmise le")),
                ("because", models.TextField(blank=True, verbose_name="pourquoi elle corrige la précédente")),
                ("content", models.JSONField(verbose_name="contenu")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "feedback",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="cases.feedback",
                    ),
                ),
            ],
            options={
                "verbose_name": "version de fiche",
                "verbose_name_plural": "versions de fiches",
                "ordering": ["feedback", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("feedback", "number"), name="sheet_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Filed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="dépôt n°")),
                ("at", models.DateTimeField(verbose_name="déposé le")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="repris le")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="cases.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "dépôt",
                "verbose_name_plural": "dépôts",
                "ordering": ["dossier", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "number"), name="filed_number_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="financier",
            constraint=models.UniqueConstraint(fields=("cycle", "code"), name="financier_code_once"),
        ),
        migrations.AddConstraint(
            model_name="financier",
            constraint=models.UniqueConstraint(fields=("cycle", "organisation"), name="financier_once"),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.UniqueConstraint(fields=("financier", "code"), name="envelope_code_once"),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided__gte", 0)), name="envelope_decided_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ceiling__isnull", True), ("decided__lte", models.F("ceiling")), _connector="OR"
                ),
                name="envelope_never_overspent",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("split__gte", 0),
                    models.Q(("ceiling__isnull", True), ("split__lte", models.F("ceiling")), _connector="OR"),
                ),
                name="envelope_never_oversplit",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.CheckConstraint(
                condition=models.Q(("below__gte", 0), ("below__lte", models.F("decided"))),
                name="envelope_below_is_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="fundingline",
            index=models.Index(fields=["seat", "state"], name="line_by_seat"),
        ),
        migrations.AddIndex(
            model_name="fundingline",
            index=models.Index(
                condition=models.Q(("verdict__in", ("discuss", "unfavourable"))),
                fields=["cycle"],
                name="line_that_disagrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingline",
            constraint=models.UniqueConstraint(fields=("dossier", "envelope"), name="line_once_per_envelope"),
        ),
        migrations.AddConstraint(
            model_name="fundingline",
            constraint=models.CheckConstraint(
                condition=models.Q(("requested__gte", 0)), name="line_request_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingline",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided__isnull", True), ("decided__gte", 0), _connector="OR"),
                name="line_decided_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("line__isnull", False)),
                fields=("line", "reader"),
                name="consulted_once_per_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("line__isnull", True)),
                fields=("dossier", "reader"),
                name="consulted_once_per_sheet",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalsrequest",
            constraint=models.UniqueConstraint(fields=("committee", "seat"), name="goals_asked_once"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["about"], name="letter_by_about"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("cycle", "year", "number"), name="letter_number_once"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("about", "said"), name="letter_said_once"),
        ),
        migrations.AddConstraint(
            model_name="lettermodel",
            constraint=models.UniqueConstraint(fields=("cycle", "kind_of"), name="letter_model_once"),
        ),
        migrations.AddIndex(
            model_name="letterorder",
            index=models.Index(
                condition=models.Q(("letter__isnull", True), ("refusal", "")),
                fields=["batch"],
                name="letter_order_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterorder",
            constraint=models.UniqueConstraint(fields=("batch", "about"), name="letter_order_once"),
        ),
        migrations.AddConstraint(
            model_name="letterorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("letter__isnull", True), ("refusal", ""), _connector="OR"),
                name="letter_order_made_or_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterscan",
            constraint=models.CheckConstraint(
                condition=models.Q(("letter__isnull", False), ("line__isnull", False), _connector="OR"),
                name="letter_scan_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterscan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("letter__isnull", False)),
                fields=("letter", "digest"),
                name="letter_scan_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterscan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("letter__isnull", True)), fields=("line", "digest"), name="line_scan_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.UniqueConstraint(fields=("committee", "number"), name="minutes_number_once"),
        ),
        migrations.AddConstraint(
            model_name="orientation",
            constraint=models.UniqueConstraint(fields=("cycle", "code"), name="orientation_code_once"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="payment_amount_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["cycle", "state"], name="dossier_by_state"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["-cycle", "number"], name="dossier_by_call"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(fields=("cycle", "number"), name="dossier_number_once"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("total_cost__gte", 0)), name="dossier_cost_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("version", "code"), name="question_code_once"),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.UniqueConstraint(fields=("version", "code"), name="reason_code_once"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("dossier", "kind_of"), name="report_once_per_kind"),
        ),
        migrations.AddIndex(
            model_name="reviewround",
            index=models.Index(fields=["closed_at", "deadline"], name="round_by_deadline"),
        ),
        migrations.AddConstraint(
            model_name="reviewround",
            constraint=models.UniqueConstraint(fields=("dossier", "number"), name="round_number_once"),
        ),
        migrations.AddConstraint(
            model_name="reviewround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("dossier",),
                name="round_one_open_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="revisedbudget",
            constraint=models.UniqueConstraint(
                fields=("dossier", "number"), name="revised_budget_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="saved_view_name_once"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("opens_first", True)),
                fields=("owner",),
                name="saved_view_one_opens_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="scenario",
            constraint=models.UniqueConstraint(fields=("cycle", "name"), name="scenario_name_once"),
        ),
        migrations.AddConstraint(
            model_name="scenarioamount",
            constraint=models.UniqueConstraint(fields=("scenario", "line"), name="scenario_amount_once"),
        ),
        migrations.AddConstraint(
            model_name="scenarioamount",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                name="scenario_amount_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="scenarioceiling",
            constraint=models.UniqueConstraint(fields=("scenario", "envelope"), name="scenario_ceiling_once"),
        ),
        migrations.AddConstraint(
            model_name="seatlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)), fields=("user", "seat"), name="seat_link_one_alive"
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["cycle", "starts_at"], name="session_by_day"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="session_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__gt", 0)), name="session_has_a_seat"
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(fields=["session", "state"], name="booking_by_state"),
        ),
        migrations.AddConstraint(
            model_name="signedprogramming",
            constraint=models.UniqueConstraint(
                fields=("programming", "number"), name="signed_programming_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["dossier", "state"], name="remark_by_state"),
        ),
        migrations.AddIndex(
            model_name="agreedaction",
            index=models.Index(fields=["organisation", "state"], name="agreed_by_holder"),
        ),
        migrations.AddIndex(
            model_name="agreedaction",
            index=models.Index(fields=["cycle", "state", "due_on"], name="agreed_by_due_day"),
        ),
        migrations.AddIndex(
            model_name="surveyanswer",
            index=models.Index(fields=["cycle", "question"], name="survey_answer_by_cycle"),
        ),
        migrations.AddConstraint(
            model_name="surveyballot",
            constraint=models.UniqueConstraint(fields=("cycle", "person"), name="survey_answered_once"),
        ),
        migrations.AddConstraint(
            model_name="surveyquestion",
            constraint=models.UniqueConstraint(fields=("version", "code"), name="survey_question_code_once"),
        ),
    ]
