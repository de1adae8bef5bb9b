"""The facts of each move, as a form: their shape only. State, window and rights are the door's own business."""

from datetime import timedelta

from django import forms

from cases import reports
from cases.forms.adapting import AdaptForm
from cases.forms.changes import AcceptForm
from cases.forms.fields import DayField, ItemsField, MoneyField, WordsField
from cases.forms.meetings import EndSupportForm, HoldForm, NoteForm
from cases.forms.moving import MaybeReasonForm, MoveForm, ReasonForm
from cases.forms.notify import NotifyForm
from cases.forms.opining import OpineForm, RecordOpinionForm
from cases.models import (
    AgreedAction,
    Booking,
    Change,
    Dossier,
    Feedback,
    FundingLine,
    ReasonKind,
    Remark,
    Report,
    Support,
)
from cases.reading import doubts
from cases.remark_life import mark_of, text_of
from cases.states import (
    AgreedMove,
    BookingMove,
    ChangeMove,
    FeedbackMove,
    RemarkMove,
    ReportMove,
    SupportMove,
)
from cases.states import DossierMove as M
from cases.states import LineMove as L
from workflow.calendar import next_working_day
from workflow.journal import Code
from workflow.models import StepKind

NONE_LEFT = "La date de chaque accompagnement est passée. Appelez l’équipe."


class AskSupportForm(MoveForm):
    step = forms.ChoiceField(label="Accompagnement souhaité", widget=forms.RadioSelect)

    def prepare(self):
        kinds = [kind.value for kind in StepKind if kind.is_asked]
        steps = self.subject.rules.steps.filter(kind__in=kinds).select_related("opens", "closes")
        still = [one for one in steps.order_by("pk") if self.on is None or one.may_be_asked(self.on)]
        self.fields["step"].choices = [(one.code, one.label) for one in still]
        if not still:
            self.fields["step"].help_text = NONE_LEFT

    def clean_step(self):
        return Code(self.cleaned_data["step"])


class AskCompletionForm(MoveForm):
    items = ItemsField(
        label="Ce qui manque",
        help_text="Un point par ligne ; le porteur répondra point par point.",
        error_messages={"required": "écrivez ce qui manque."},
    )
    due_on = DayField(label="À compléter avant le")

    def prepare(self):
        self.initial["items"] = "\n".join(doubts(self.subject))


class InadmissibleForm(MoveForm):
    reason = forms.ChoiceField(
        label="Motif publié", widget=forms.RadioSelect, error_messages={"required": "choisissez un motif."}
    )
    fact = WordsField(label="Fait du dossier", help_text="Ce qui, dans ce dossier, fonde ce motif.")

    def prepare(self):
        reasons = self.subject.rules.reasons.filter(kind=ReasonKind.INADMISSIBLE).order_by("pk")
        self.fields["reason"].choices = [
            (one.code, f"{one.label} ({one.rule}) {one.asks}") for one in reasons
        ]

    def clean_reason(self):
        return Code(self.cleaned_data["reason"])


class OpenReviewForm(MoveForm):
    deadline = DayField(label="Avis attendus avant le")

    def prepare(self):
        """The round lasts as long as the rules say, to the next working day; whoever sends may say otherwise."""
        if self.on:
            last = self.on + timedelta(days=self.subject.rules.review_days)
            self.initial["deadline"] = next_working_day(last, self.subject.cycle.region)


class ReopenReviewForm(ReasonForm):
    deadline = DayField(label="Avis attendus avant le")


class DeferForm(ReasonForm):
    next_committee_on = DayField(label="Prochain comité")


class DecideForm(MoveForm):
    committee = forms.TypedChoiceField(
        label="Comité qui a décidé",
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={"required": "nommez le comité."},
    )

    def prepare(self):
        committees = self.subject.cycle.committees.order_by("on", "pk")
        self.fields["committee"].choices = [(one.pk, f"{one.label}, {one.on:%d/%m/%Y}") for one in committees]


class ReopenForm(ReasonForm):
    withdraws_award = forms.BooleanField(
        label="Je sais que rouvrir retire la décision déjà notifiée", required=False
    )


class AmountForm(MoveForm):
    amount = MoneyField(label="Montant accordé")

    def prepare(self):
        line = self.subject
        known = (line.decided, line.proposed, line.team_proposal, line.requested)
        self.initial["amount"] = next(amount for amount in known if amount is not None)


class CarryOverForm(AmountForm):
    agreement = WordsField(label="Convention pluriannuelle", long=False, max_length=80)


class ConfirmForm(MoveForm):
    amount = MoneyField(label="Montant confirmé", required=False)


class CallForm(MoveForm):
    reached = forms.TypedChoiceField(
        label="Le porteur a-t-il été joint ?",
        widget=forms.RadioSelect,
        choices=(("yes", "Oui, je lui ai parlé"), ("no", "Non, pas joint")),
        coerce=lambda said: said == "yes",
        error_messages={"required": "dites si le porteur a été joint."},
    )


class AskCorrectionForm(MaybeReasonForm):
    items = ItemsField(
        label="Points à corriger",
        help_text="Un point par ligne ; le porteur répondra point par point. Ou une raison seule, plus bas.",
        required=False,
    )
    field_order = ("items", "reason")


class SettleForm(MoveForm):
    given_back = MoneyField(
        label="Montant rendu",
        help_text="En euros. Laissez vide si ce financeur laisse tout à l’action.",
        required=False,
    )
    freed = forms.BooleanField(
        label="Ce financeur remet cet argent dans son enveloppe de l’année",
        help_text="Sinon, le montant reste compté comme décidé cette année.",
        required=False,
    )

    def prepare(self):
        self.initial["given_back"] = reports.proposed_back(self.subject) or None

    @property
    def facts(self):
        return {name: value for name, value in super().facts.items() if value is not None}


class FinishForm(MoveForm):
    record = WordsField(
        label="Un mot sur l’ensemble", help_text="Le porteur le lira avec vos remarques.", required=False
    )


class MissForm(MoveForm):
    proposal = WordsField(
        label="Nouvelle date proposée",
        help_text="Par exemple : mardi 8 décembre à 14 h, chez vous.",
        long=False,
        required=False,
    )


class TakeForm(MoveForm):
    """The proposed words beside the present ones: what is replaced was seen."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def prepare(self):
        self.initial["seen"] = self.mark

    @property
    def mark(self) -> str:
        return mark_of(text_of(self.subject.dossier, self.subject.part))

    @property
    def facts(self):
        return {"seen": Code(self.cleaned_data["seen"])}

    def renew(self, version: int) -> None:
        super().renew(version)
        self.data["seen"] = self.mark


class ReviseForm(ReasonForm):
    reason = WordsField(
        label="Parce que…",
        help_text="Le porteur le lira : « version 2, parce que le montant demandé était faux ».",
        long=False,
    )


class KeepForm(MoveForm):
    reason = WordsField(label="Parce que…", help_text="Une phrase suffit. Le relecteur la lira.")


FORMS: dict[tuple[type, str], type[MoveForm]] = {
    (Dossier, M.ASK_SUPPORT): AskSupportForm,
    (Dossier, M.END_SUPPORT): EndSupportForm,
    (Dossier, M.ASK_COMPLETION): AskCompletionForm,
    (Dossier, M.DECLARE_INADMISSIBLE): InadmissibleForm,
    (Dossier, M.OPEN_REVIEW): OpenReviewForm,
    (Dossier, M.REOPEN_REVIEW): ReopenReviewForm,
    (Dossier, M.DEFER): DeferForm,
    (Dossier, M.DECIDE): DecideForm,
    (Dossier, M.UNDECIDE): ReasonForm,
    (Dossier, M.REOPEN): ReopenForm,
    (Dossier, M.WITHDRAW): MaybeReasonForm,
    (Dossier, M.DROP): ReasonForm,
    (FundingLine, L.OPINE): OpineForm,
    (FundingLine, L.RECORD_OPINION): RecordOpinionForm,
    (FundingLine, L.EXCUSE): ReasonForm,
    (FundingLine, L.GRANT): AmountForm,
    (FundingLine, L.CARRY_OVER): CarryOverForm,
    (FundingLine, L.CALL): CallForm,
    (FundingLine, L.NOTIFY): NotifyForm,
    (FundingLine, L.ADAPT): AdaptForm,
    (FundingLine, L.RENOUNCE): MaybeReasonForm,
    (FundingLine, L.SETTLE): SettleForm,
    (FundingLine, L.CONFIRM): ConfirmForm,
    (FundingLine, L.DECLINE): MaybeReasonForm,
    (Support, SupportMove.FINISH): FinishForm,
    (Support, SupportMove.HOLD): HoldForm,
    (Support, SupportMove.NOTE): NoteForm,
    (Support, SupportMove.MISS): MissForm,
    (Support, SupportMove.WAIVE): ReasonForm,
    (Booking, BookingMove.CALL_OFF): ReasonForm,
    (Booking, BookingMove.NOTE): NoteForm,
    (AgreedAction, AgreedMove.LEAVE): ReasonForm,
    (Feedback, FeedbackMove.REVISE): ReviseForm,
    (Remark, RemarkMove.TAKE): TakeForm,
    (Remark, RemarkMove.KEEP): KeepForm,
    (Change, ChangeMove.ACCEPT): AcceptForm,
    (Change, ChangeMove.REFUSE): ReasonForm,
    (Report, ReportMove.ASK_CORRECTION): AskCorrectionForm,
}


def form_of(model: type, move: str) -> type[MoveForm]:
    """The form of a move; a confirmation where it takes no facts."""
    return FORMS.get((model, move), MoveForm)
