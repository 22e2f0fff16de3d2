"""Somebody else's article in; what each of its sentences claims, and whether the prices bear it out."""
