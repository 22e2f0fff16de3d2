"""How English is put: verbs for a move, names and their turns, number words, sentences read as text."""
