"""English: verbs for a move, names that take turns, number words, sentences read as text."""
