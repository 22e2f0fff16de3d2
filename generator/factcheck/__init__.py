"""Check somebody else's article: what each sentence claims, and whether the prices bear it out."""
