"""The demo shop, Harbour & Pine: our own goods, invented people, orders that look back from a given day."""
