"""Prices in, figures out: one column over trading sessions for every name that a rule may use."""
