"""Makes a sentence of a wording: its script, its figures, its filters, and whose turn it is."""
