"""The zone of possible agreement as clauses: what the analyses of a case share."""
