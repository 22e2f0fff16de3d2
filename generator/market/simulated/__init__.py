"""A made-up market: thirty years of it, without a file or a network."""
