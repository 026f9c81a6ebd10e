"""Other versions of items: changed in an order that is pending, exchanged in one that was delivered."""
