"""What the words of a finished sentence say, and whether the figures bear it out."""
