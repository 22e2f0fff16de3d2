"""Makes sentences from wordings: their scripts, figures and filters, and whose turn it is."""
