"""What is said when tables leave, come back, or are made public."""

SUBSIDY_COMPLETED = "C’est enregistré."
