"""Pour articles and posts into files: Markdown, HTML, PDF, charts and posts."""
