"""Sending items back: which order, which of its lines, where the money goes, the proposal, a yes, the receipt."""
