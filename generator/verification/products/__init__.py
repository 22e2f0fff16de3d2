"""Reads every file of an issue as its readers do: pages, posts, drawings, paper."""
