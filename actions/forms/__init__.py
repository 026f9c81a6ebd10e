"""The frame of every form: it reads, asks, leaves off, and ends."""
