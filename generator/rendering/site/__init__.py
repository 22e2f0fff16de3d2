"""Pour issues into the pages, feeds and maps of a site."""
