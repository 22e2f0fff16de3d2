"""The article as PDF."""
