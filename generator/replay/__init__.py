"""Makes every edition over a stretch of history, in memory, and counts what they have in common."""
