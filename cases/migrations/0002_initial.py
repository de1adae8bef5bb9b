import django.db.models.deletion
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
        migrations.AddField(
            model_name="committee",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="committees", to="workflow.cycle"
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workflow.cycleversion"),
        ),
        migrations.AddField(
            model_name="document",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="par",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="workflow.cycle",
                verbose_name="cycle",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="workflow.organisation",
                verbose_name="porteur",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="rules",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="workflow.cycleversion",
                verbose_name="règles suivies",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="completionrequest",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="completions", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="dossier",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="feedback", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="filed",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="filings", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="financier",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="financiers", to="workflow.cycle"
            ),
        ),
        migrations.AddField(
            model_name="financier",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="financing",
                to="workflow.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="envelope",
            name="financier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="envelopes", to="cases.financier"
            ),
        ),
        migrations.AddField(
            model_name="fundingline",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.cycle"
            ),
        ),
        migrations.AddField(
            model_name="fundingline",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="fundingline",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="cases.envelope",
                verbose_name="enveloppe",
            ),
        ),
        migrations.AddField(
            model_name="fundingline",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.organisation",
                verbose_name="porteur",
            ),
        ),
        migrations.AddField(
            model_name="fundingline",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="workflow.organisation",
                verbose_name="financeur",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.cycle"
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.organisation",
                verbose_name="porteur",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inquiries",
                to="workflow.organisation",
                verbose_name="financeur",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="dossier",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="instruction", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="cases.envelope"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="cases.fundingline"
            ),
        ),
        migrations.AddField(
            model_name="neighbourhood",
            name="contract",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="neighbourhoods",
                to="workflow.citycontract",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="neighbourhoods",
            field=models.ManyToManyField(blank=True, to="cases.neighbourhood", verbose_name="quartiers"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="cases.fundingline"
            ),
        ),
        migrations.AddField(
            model_name="orientation",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="orientations", to="workflow.cycle"
            ),
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
        migrations.AddField(
            model_name="passage",
            name="committee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="cases.committee"
            ),
        ),
        migrations.AddField(
            model_name="passage",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="cases.fundingline",
                verbose_name="financement",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="workflow.organisation",
                verbose_name="porteur",
            ),
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
        migrations.AddField(
            model_name="question",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workflow.cycleversion"),
        ),
        migrations.AddField(
            model_name="reason",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workflow.cycleversion"),
        ),
        migrations.AddField(
            model_name="report",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="reviewround",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="cycle",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="workflow.cycle",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="saved_views",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="seatlink",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seat_links", to="workflow.cycle"
            ),
        ),
        migrations.AddField(
            model_name="seatlink",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seat_links",
                to="workflow.organisation",
            ),
        ),
        migrations.AddField(
            model_name="seatlink",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seat_links",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="supports", to="cases.dossier"
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.step",
                verbose_name="étape",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("version", "code"), name="criterion_code_once"),
        ),
        migrations.AddConstraint(
            model_name="filed",
            constraint=models.UniqueConstraint(fields=("dossier", "number"), name="filed_number_once"),
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
        migrations.AddIndex(
            model_name="fundingline",
            index=models.Index(fields=["seat", "state"], name="line_by_seat"),
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
            model_name="seatlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)),
                fields=("user", "seat", "cycle"),
                name="seat_link_one_alive",
            ),
        ),
    ]
