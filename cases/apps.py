from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Dossiers"

    def ready(self):
        from cases import (
            committee_looks,
            dated,
            folders,
            ledger,
            letter_making,
            looks,
            models,
            revised,
            sections,
            session_looks,
            sheet_looks,
            shown,
            signing,
            survey,
        )
        from workflow import registry, triggers

        registry.chart(
            models.Dossier,
            **{
                look.__name__: look
                for look in (
                    looks.lines,
                    looks.questions,
                    looks.aims,
                    looks.documents,
                    looks.steps,
                    looks.dated_step,
                    looks.supports,
                    looks.criteria,
                    looks.reasons,
                    looks.instruction,
                    looks.completion,
                    looks.review,
                    looks.feedback,
                    looks.report,
                    looks.committees,
                    looks.rules,
                    looks.signatures,
                )
            },
        )
        registry.chart(
            models.FundingLine,
            dossier=looks.dossier_of,
            envelope=looks.envelope_of,
            passage=looks.passage_of,
            asked=looks.asked,
            phones=looks.phones,
            awards=revised.total_of,
            programming=signing.programming_of,
            policy=looks.policy,
            shown=shown.shown,
        )
        registry.chart(models.Programming, ballot=signing.ballots, table=signing.tables)
        registry.chart(models.Scenario, programming=signing.programming_of)
        registry.chart(models.Inquiry, dossier=looks.dossier_of, asked_seats=looks.asked_seats)
        registry.chart(models.Remark, texts=looks.texts)
        registry.chart(models.AgreedAction, crew=looks.crew)
        registry.chart(
            models.Feedback,
            dossier=looks.dossier_of,
            rules=looks.rules_of,
            writers=looks.writers,
            lines=sheet_looks.of_dossiers(looks.lines),
            reasons=sheet_looks.of_dossiers(looks.reasons),
            names=sheet_looks.names,
        )
        registry.chart(models.SurveyBallot, survey_step=survey.survey_step, parts=survey.parts)
        registry.chart(
            models.Session,
            **{
                look.__name__: look
                for look in (
                    session_looks.programme,
                    session_looks.hosts,
                    session_looks.busy,
                    session_looks.taken,
                    session_looks.unsaid,
                    session_looks.came,
                )
            },
        )
        registry.chart(
            models.Booking,
            programme=session_looks.programme,
            comes_already=session_looks.comes_already,
            minutes=session_looks.minutes,
        )
        registry.chart(models.Idea, calls=session_looks.calls)
        registry.chart(models.AgendaItem, dossiers=committee_looks.dossiers, later=committee_looks.later)
        registry.chart(models.Absence, seated=looks.seated)
        registry.chart(models.Envelope, opened=looks.opened)
        registry.chart(models.Report, lines=looks.lines_of_dossiers, revised=looks.revised_budgets)
        registry.chart(models.Change, lines=looks.lines_of_dossiers)
        for model in (models.Support, models.Instruction):
            registry.chart(model)
        for model in (
            models.CompletionRequest,
            models.Committee,
            models.Attendee,
            models.GoalsRequest,
            models.Minutes,
            models.Payment,
            models.Letter,
            models.LetterBatch,
        ):
            registry.chart(model)
        for section in sections.SECTIONS:
            registry.section(section)
        registry.proof(ledger.sums_hold)
        registry.proof(signing.tables_hold)
        registry.proof(letter_making.documents_hold)
        registry.work(models.LetterBatch, folders.advance_all)
        registry.dating(dated.committees)
        registry.dating(dated.deadlines)
        registry.dating(dated.sessions)
        registry.dating(dated.agreed)
        registry.panel("campaign-next", survey.panel)
        registry.panel("campaign-cycle", survey.summary)
        registry.panel("campaign-cycle", folders.panel)
        triggers.append_only(models.LedgerEntry)
        triggers.append_only(models.Opinion)
        frozen = (models.LetterPrint, models.LetterScan, models.RevisedBudget, models.FeedbackVersion)
        for model in (models.SignedProgramming, *frozen):
            triggers.append_only(model)
        for model in (models.Question, models.Criterion, models.Reason, models.SurveyQuestion):
            triggers.frozen_with_version(model)
        post_migrate.connect(_ensure_search, sender=self)


def _ensure_search(using, **kwargs):
    from cases import search

    search.ensure(using)
