"""Tells text that speaks to a machine, or of something else altogether, from a shop's own pages."""
