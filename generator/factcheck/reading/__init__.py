"""Find the claims in a sentence that are understood, each with the words it stands in."""
