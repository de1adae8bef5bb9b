from workflow.models.actors import Organisation, OrganisationKind, User
from workflow.models.cycle import CityContract, Cycle, CycleVersion, FeedbackCheck, Filing
from workflow.models.grant import Grant
from workflow.models.journal import Entry, Prose
from workflow.models.milestone import Milestone
from workflow.models.step import Derogation, Participation, Requirement, Step, StepKind

__all__ = [
    "CityContract",
    "Cycle",
    "CycleVersion",
    "Derogation",
    "Entry",
    "FeedbackCheck",
    "Filing",
    "Grant",
    "Milestone",
    "Organisation",
    "OrganisationKind",
    "Participation",
    "Prose",
    "Requirement",
    "Step",
    "StepKind",
    "User",
]
