"""Issues in, the pages, feeds and maps of a site out, as text."""
