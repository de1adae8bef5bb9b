"""The general rehearsal: a year of the cycle, played before it is published, on a database of its own."""
