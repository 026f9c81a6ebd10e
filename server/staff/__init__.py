"""The shop's staff: accounts, sign-in, and what the console reads."""
