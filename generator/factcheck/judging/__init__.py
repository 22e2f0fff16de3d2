"""A claim in; a verdict on it out, with the value from prices and the nearest true statement."""
