"""Which prices may be believed: bounds, moves that cannot be right, missing sessions, days of their own."""
