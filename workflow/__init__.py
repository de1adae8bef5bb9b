"""Who, when, by which rule: the engine and the cycle. Knows no dossier."""
