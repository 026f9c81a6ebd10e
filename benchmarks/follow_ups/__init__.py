"""Whether a question that leans on what was said before finds the right page."""
