"""Faults of content, before anything is written: what words claim, whether history bears it out, what repeats."""
