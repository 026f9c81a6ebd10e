"""Store transactions: the reference's calls against our operations, and whole conversations played by customers."""
