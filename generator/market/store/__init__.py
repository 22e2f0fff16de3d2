"""Fetched prices in, for good; what was known of them at any moment out. One SQLite file, to which is only added."""
