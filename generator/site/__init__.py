"""Build a site, or posts for another program, from the archive: where the rooms meet for this."""
