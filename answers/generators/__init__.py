"""Making words from evidence."""
