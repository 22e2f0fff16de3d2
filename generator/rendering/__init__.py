"""Articles and posts in, the files of an edition out: Markdown, HTML, PDF, charts and posts."""
