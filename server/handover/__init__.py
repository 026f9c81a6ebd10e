"""Handover to a person and back: the only writer of a conversation's mode."""
