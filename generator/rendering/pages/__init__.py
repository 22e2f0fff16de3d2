"""The article as Markdown and HTML, and the posts."""
