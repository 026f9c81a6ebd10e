"""Engine, models and migrations of the gateway's database."""
