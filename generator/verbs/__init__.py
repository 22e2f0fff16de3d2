"""What each command does: it takes settings and returns data, for whoever shows it."""
