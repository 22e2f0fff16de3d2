"""Prices in: one protocol, three sources, the trading calendar, and what makes a history complete enough to print."""
