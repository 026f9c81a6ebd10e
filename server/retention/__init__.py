"""Deleting what the shop no longer may keep."""
