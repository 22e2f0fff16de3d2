"""The archive of issues in, a whole site or the posts of another program out: where the rooms meet for this."""
