"""A publication and a stretch of history in; every edition of it, made in memory, and what is counted of them out."""
