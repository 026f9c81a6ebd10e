"""Ways to choose products; each module defines `create(settings) -> Recommender`."""
