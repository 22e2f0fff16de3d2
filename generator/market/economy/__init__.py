"""Economic numbers and valuations, with the days on which they came out."""
