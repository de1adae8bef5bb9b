import django.db.models.deletion
import django.db.models.functions.comparison
import django_fsm
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CityContract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="code officiel")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
            ],
            options={
                "verbose_name": "contrat de ville",
                "verbose_name_plural": "contrats de ville",
                "ordering": ["code"],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="refused_address",
            field=models.EmailField(
                blank=True, editable=False, max_length=254, verbose_name="adresse refusée par sa messagerie"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="refused_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="refusée le"),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
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
                    ("person", "Personne physique"),
                    ("other", "Autre"),
                ],
                default="association",
                max_length=12,
                verbose_name="nature",
            ),
        ),
        migrations.CreateModel(
            name="Cycle",
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
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("year", models.PositiveSmallIntegerField(verbose_name="année des actions")),
                (
                    "team_name",
                    models.CharField(blank=True, max_length=200, verbose_name="service qui accueille"),
                ),
                (
                    "team_phone",
                    models.CharField(blank=True, max_length=20, verbose_name="téléphone du service"),
                ),
                (
                    "team_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="courriel du service"),
                ),
                (
                    "region",
                    models.CharField(
                        choices=[
                            ("metropole", "France métropolitaine"),
                            ("alsace_moselle", "Alsace et Moselle"),
                            ("guadeloupe", "Guadeloupe"),
                            ("martinique", "Martinique"),
                            ("guyane", "Guyane"),
                            ("reunion", "La Réunion"),
                            ("mayotte", "Mayotte"),
                            ("saint_martin", "Saint-Martin"),
                            ("saint_barthelemy", "Saint-Barthélemy"),
                            ("saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon"),
                            ("polynesie", "Polynésie française"),
                            ("nouvelle_caledonie", "Nouvelle-Calédonie"),
                            ("wallis_et_futuna", "Wallis-et-Futuna"),
                        ],
                        default="metropole",
                        max_length=24,
                        verbose_name="jours fériés",
                    ),
                ),
                (
                    "mail_cap",
                    models.PositiveSmallIntegerField(
                        blank=True, default=300, null=True, verbose_name="courriels par dix minutes"
                    ),
                ),
                (
                    "mail_stopped",
                    models.BooleanField(default=False, editable=False, verbose_name="arrêt de l’envoi"),
                ),
                (
                    "reminder_hours",
                    models.CharField(
                        choices=[
                            ("8-20", "De 8 h à 20 h"),
                            ("9-18", "De 9 h à 18 h"),
                            ("17-20", "De 17 h à 20 h"),
                        ],
                        default="8-20",
                        max_length=10,
                        verbose_name="heures des rappels",
                    ),
                ),
                (
                    "reminder_days",
                    models.CharField(
                        choices=[("worked", "Du lundi au vendredi"), ("saturdays_too", "Du lundi au samedi")],
                        default="worked",
                        max_length=15,
                        verbose_name="jours des rappels",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycles",
                        to="workflow.citycontract",
                        verbose_name="contrat de ville",
                    ),
                ),
            ],
            options={
                "verbose_name": "cycle",
                "ordering": ["-year", "code"],
            },
        ),
        migrations.CreateModel(
            name="CycleVersion",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("draft", "En préparation"), ("published", "Publiée")],
                        default="draft",
                        max_length=12,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="publiée le")),
                (
                    "filing",
                    models.CharField(
                        choices=[
                            ("here", "Dans ce service"),
                            ("dauphin", "Dans Dauphin"),
                            ("prepared", "Préparée ici, déposée dans Dauphin"),
                        ],
                        default="here",
                        max_length=10,
                        verbose_name="dépôt des demandes",
                    ),
                ),
                (
                    "quorum",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="avis attendus pour clore"
                    ),
                ),
                (
                    "review_days",
                    models.PositiveSmallIntegerField(default=21, verbose_name="durée du tour d’avis (jours)"),
                ),
                (
                    "feedback_on_refusal",
                    models.BooleanField(default=True, verbose_name="fiche en cas de refus"),
                ),
                (
                    "feedback_on_cut",
                    models.PositiveSmallIntegerField(
                        blank=True, default=50, null=True, verbose_name="fiche si la baisse dépasse (%)"
                    ),
                ),
                (
                    "line_on_cut",
                    models.BooleanField(default=True, verbose_name="une ligne pour une baisse moindre"),
                ),
                (
                    "feedback_check",
                    models.CharField(
                        choices=[
                            ("other", "Une autre personne de l’équipe"),
                            ("coordinator", "La coordination"),
                            ("self", "Relecture tracée par l’auteur"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="relecture de la fiche",
                    ),
                ),
                (
                    "call_on_refusal",
                    models.BooleanField(default=False, verbose_name="appel avant de notifier un refus"),
                ),
                (
                    "public_share",
                    models.PositiveSmallIntegerField(
                        blank=True, default=80, null=True, verbose_name="part publique maximale (%)"
                    ),
                ),
                (
                    "least_financiers",
                    models.PositiveSmallIntegerField(
                        blank=True, default=2, null=True, verbose_name="financeurs par action, au moins"
                    ),
                ),
                (
                    "advance_share",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="acompte (%)"),
                ),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(default=60, verbose_name="délai de versement (jours)"),
                ),
                (
                    "report_gap",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="écart du bilan à expliquer (%)"
                    ),
                ),
                (
                    "above_request",
                    models.CharField(
                        choices=[
                            ("warn", "Dite sur la programmation, jamais refusée"),
                            ("refuse", "Refusée"),
                        ],
                        default="warn",
                        max_length=6,
                        verbose_name="proposition au-dessus de la demande",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "version du cycle",
                "verbose_name_plural": "versions du cycle",
                "ordering": ["cycle", "number"],
            },
        ),
        migrations.AddField(
            model_name="cycle",
            name="current",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.cycleversion",
            ),
        ),
        migrations.CreateModel(
            name="Derogation",
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
                ("subject_label", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("move", models.CharField(max_length=40, verbose_name="passage")),
                ("until", models.DateField(verbose_name="jusqu’au")),
                ("reason", models.TextField(verbose_name="raison")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="derogations",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "dérogation",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_label", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("seq", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField(db_index=True)),
                ("move", models.CharField(max_length=40)),
                ("source", models.CharField(blank=True, max_length=20)),
                ("target", models.CharField(blank=True, max_length=20)),
                ("payload", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne du journal",
                "verbose_name_plural": "journal",
                "ordering": ["subject_label", "subject_id", "seq"],
            },
        ),
        migrations.CreateModel(
            name="Grant",
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
                        choices=[("held", "Tenu"), ("ended", "Retiré")],
                        default="held",
                        max_length=8,
                        protected=True,
                        verbose_name="état",
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="retiré le")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("holder", "Porteur de projet"),
                            ("instructor", "Instructeur"),
                            ("coordinator", "Coordinateur"),
                            ("financier", "Financeur"),
                            ("committee", "Membre du comité"),
                            ("elected", "Élu"),
                            ("third_party", "Tiers facilitateur"),
                        ],
                        max_length=12,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="workflow.cycle",
                    ),
                ),
                (
                    "invited_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workflow.cycle",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="workflow.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "rôle tenu",
                "verbose_name_plural": "rôles tenus",
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                ("label", models.CharField(max_length=200, verbose_name="libellé")),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("jour", "Au jour près"),
                            ("decade", "À dix jours près"),
                            ("quinzaine", "À la quinzaine près"),
                            ("mois", "Au mois près"),
                            ("trimestre", "Au trimestre près"),
                        ],
                        default="jour",
                        max_length=12,
                        verbose_name="précision",
                    ),
                ),
                ("public", models.BooleanField(default=True, verbose_name="annoncé aux porteurs")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="workflow.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "jalon",
                "verbose_name_plural": "jalons",
                "ordering": ["starts_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Prose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("salt", models.CharField(max_length=32)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="prose",
                        to="workflow.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "texte libre",
                "verbose_name_plural": "textes libres",
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                            ("filing", "Dépôt"),
                            ("instruction", "Instruction"),
                            ("review", "Avis des financeurs"),
                            ("committee", "Comité"),
                            ("answer", "Réponse"),
                            ("interim", "Bilan intermédiaire"),
                            ("reporting", "Bilan"),
                            ("breakfast", "Petit-déjeuner"),
                            ("workshop", "Atelier"),
                            ("appointment", "Rendez-vous"),
                            ("rereading", "Relecture"),
                            ("survey", "Enquête miroir"),
                            ("inhabitants", "Avis des habitants"),
                            ("service", "Avis d’un service"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("gates", models.CharField(blank=True, max_length=40, verbose_name="ouvre ou ferme")),
                (
                    "requirement",
                    models.CharField(
                        choices=[("required", "Obligatoire"), ("offered", "Proposée")],
                        default="required",
                        max_length=10,
                        verbose_name="exigence",
                    ),
                ),
                (
                    "opens_offset",
                    models.SmallIntegerField(default=0, verbose_name="décalage d’ouverture (jours)"),
                ),
                (
                    "closes_offset",
                    models.SmallIntegerField(default=0, verbose_name="décalage de clôture (jours)"),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="places par séance"),
                ),
                (
                    "weekly_load",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="heures de l’équipe par semaine"
                    ),
                ),
                (
                    "participation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inform", "Informer"),
                            ("consult", "Consulter"),
                            ("codecide", "Décider ensemble"),
                        ],
                        max_length=10,
                        verbose_name="niveau de participation",
                    ),
                ),
                ("promise", models.TextField(blank=True, verbose_name="promesse faite aux habitants")),
                (
                    "responsible",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("holder", "Porteur de projet"),
                            ("instructor", "Instructeur"),
                            ("coordinator", "Coordinateur"),
                            ("financier", "Financeur"),
                            ("committee", "Membre du comité"),
                            ("elected", "Élu"),
                            ("third_party", "Tiers facilitateur"),
                            ("system", "Jalons"),
                        ],
                        max_length=12,
                        verbose_name="responsable",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "closes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.milestone",
                    ),
                ),
                (
                    "opens",
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
                        related_name="steps",
                        to="workflow.cycleversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape",
                "ordering": ["version", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="cycleversion",
            constraint=models.UniqueConstraint(fields=("cycle", "number"), name="version_number_once"),
        ),
        migrations.AddIndex(
            model_name="derogation",
            index=models.Index(fields=["subject_label", "subject_id", "move"], name="derogation_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("subject_label", "subject_id", "seq"), name="entry_seq_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                models.F("user"),
                models.F("role"),
                django.db.models.functions.comparison.Coalesce("cycle", 0),
                django.db.models.functions.comparison.Coalesce("organisation", 0),
                condition=models.Q(("state", "held")),
                name="grant_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("role", "holder"), ("cycle__isnull", False), _connector="OR"),
                name="grant_only_holders_outlive_a_cycle",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role__in", ["holder", "financier"]), _negated=True),
                    ("organisation__isnull", False),
                    _connector="OR",
                ),
                name="grant_holders_and_financiers_stand_for_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(fields=("cycle", "code"), name="milestone_code_once"),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="milestone_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="prose",
            constraint=models.UniqueConstraint(fields=("entry", "key"), name="prose_key_once"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(fields=("version", "code"), name="step_code_once"),
        ),
    ]
