"""The newsletter: as HTML and as text for mail programs, and both in one message."""
