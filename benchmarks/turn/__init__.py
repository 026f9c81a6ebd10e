"""What the gateway costs: the shipped bot asked directly, and through the gateway with everything committed, in one run."""
