"""How fast passages are taken in, and how much memory it takes."""
