"""Charts and the card, as drawings that need no script."""
