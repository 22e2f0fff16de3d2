"""Checks that what a finished sentence says is true of its figures."""
