"""Keeps fetched prices for good, and says what was known of them at any moment. One append-only SQLite file."""
