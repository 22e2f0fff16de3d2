"""Finds faults in the content before anything is written: unproven words, claims that history refutes, repetition."""
