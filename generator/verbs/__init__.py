"""What each command does: settings in; what came of it out, as data for whoever shows it."""
