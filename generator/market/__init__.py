"""Where prices come from: one protocol, three sources, the trading calendar, and when a history is complete enough."""
