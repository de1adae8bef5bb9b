from cases.models.absence import Absence
from cases.models.agenda_item import AgendaItem, ItemKind
from cases.models.agreed import AgreedAction
from cases.models.attendee import Attendee, Presence
from cases.models.booking import Booking
from cases.models.change import Change, ChangeKind
from cases.models.consultation import Consultation
from cases.models.criterion import Criterion, CriterionKind, Question, QuestionKind, Reason, ReasonKind
from cases.models.decision import Committee, CommitteeKind, CommitteeScope, Passage, PassageResult
from cases.models.document import Document
from cases.models.dossier import Dossier, Filed
from cases.models.envelope import Envelope, EnvelopeKind, EnvelopeStatus
from cases.models.feedback import Feedback, FeedbackVersion
from cases.models.funding import Financier, FundingLine, LedgerEntry, Opinion
from cases.models.goals_request import GoalsRequest
from cases.models.idea import Idea
from cases.models.inquiry import Inquiry
from cases.models.instruction import CompletionRequest, Instruction
from cases.models.letter import Letter, LetterModel, LetterPrint, LetterScan
from cases.models.letter_batch import LetterBatch, LetterOrder
from cases.models.mapping import TableMapping
from cases.models.minutes import Minutes
from cases.models.payment import Payment, PaymentKind
from cases.models.programming import Programming, SignedProgramming
from cases.models.project import Neighbourhood, Orientation, Project
from cases.models.remark import Remark
from cases.models.report import Report, ReportKind
from cases.models.review import ReviewRound
from cases.models.revision import RevisedBudget
from cases.models.saved_view import SavedView
from cases.models.scenario import Scenario, ScenarioAmount, ScenarioCeiling
from cases.models.seat_link import SeatLink
from cases.models.session import Session
from cases.models.support import Support
from cases.models.survey import SurveyAnswer, SurveyBallot, SurveyKind, SurveyMark, SurveyQuestion

__all__ = [
    "Absence",
    "AgendaItem",
    "AgreedAction",
    "Attendee",
    "Booking",
    "Change",
    "ChangeKind",
    "Committee",
    "CommitteeKind",
    "CommitteeScope",
    "CompletionRequest",
    "Consultation",
    "Criterion",
    "CriterionKind",
    "Document",
    "Dossier",
    "Envelope",
    "EnvelopeKind",
    "EnvelopeStatus",
    "Feedback",
    "FeedbackVersion",
    "Filed",
    "Financier",
    "FundingLine",
    "GoalsRequest",
    "Idea",
    "Inquiry",
    "Instruction",
    "ItemKind",
    "LedgerEntry",
    "Letter",
    "LetterBatch",
    "LetterModel",
    "LetterOrder",
    "LetterPrint",
    "LetterScan",
    "Minutes",
    "Neighbourhood",
    "Opinion",
    "Orientation",
    "Passage",
    "PassageResult",
    "Payment",
    "PaymentKind",
    "Presence",
    "Programming",
    "Project",
    "Question",
    "QuestionKind",
    "Reason",
    "ReasonKind",
    "Remark",
    "Report",
    "ReportKind",
    "ReviewRound",
    "RevisedBudget",
    "SavedView",
    "Scenario",
    "ScenarioAmount",
    "ScenarioCeiling",
    "SeatLink",
    "Session",
    "SignedProgramming",
    "Support",
    "SurveyAnswer",
    "SurveyBallot",
    "SurveyKind",
    "SurveyMark",
    "SurveyQuestion",
    "TableMapping",
]
