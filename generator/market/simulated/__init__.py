"""A market that the program makes up: thirty years of it, without a file or a network."""
