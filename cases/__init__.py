"""What lives through the year: dossiers, lines, accompaniment, reviews, decisions, feedback."""
