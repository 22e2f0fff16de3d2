"""The situations on a session: rules over figures, how rare they are, what followed them, and the facts behind them."""
