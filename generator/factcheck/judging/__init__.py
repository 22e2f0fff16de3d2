"""Judge a claim: a verdict, the value from prices, and the nearest true statement."""
