"""The second reader: checks every claim in the final texts against their ledger. It shares no code with the writers."""
