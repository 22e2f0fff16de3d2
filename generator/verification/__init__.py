"""The second reader: final texts and their ledger in, an answer per claim out; it shares nothing with the writers."""
