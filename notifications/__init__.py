"""Who must be told: the outbox, the catalogue, reminders, and the rehearsal of a year."""
