"""A sentence in; the claims in it that were understood, each with the words it stands in."""
