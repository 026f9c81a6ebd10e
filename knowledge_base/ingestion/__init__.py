"""Reading documents and splitting them into passages."""
