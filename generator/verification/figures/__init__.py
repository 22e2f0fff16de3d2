"""Every figure computed again, by SQL over raw closes and releases."""
