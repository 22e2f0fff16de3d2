"""Computes every figure again, by SQL over raw closes and releases."""
