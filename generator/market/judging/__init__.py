"""Which prices to trust: bounds, moves that cannot be right, missing sessions, instruments with days of their own."""
