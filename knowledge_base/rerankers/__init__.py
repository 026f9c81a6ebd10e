"""Ordering the few passages that were found anew, by how well they speak to the question."""
