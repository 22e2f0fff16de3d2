"""Puts what was chosen in order: sections and paragraphs, tables, and posts that fit their network."""
