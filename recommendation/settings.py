"""What can be set about recommending."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

ModuleName = Annotated[str, Field(pattern=r"^[a-z_]+$")]


class RecommendationSettings(BaseModel):
    """Which recommender serves which question, and their figures.

    Attributes:
        similar: Recommender for "something like this"; a module of `recommendation/recommenders`, as are the next four.
        need: Recommender for a described need.
        goes_with: Recommender for "what goes with this".
        popular: Recommender for "what do others buy".
        customer: Recommender for a known customer.
        just_bought_days: How long something bought is not recommended again to the same customer.
        least_together: In how many orders two products must meet before one is recommended for the other.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    similar: ModuleName = "similar"
    need: ModuleName = "need"
    goes_with: ModuleName = "co_purchase"
    popular: ModuleName = "popular"
    customer: ModuleName = "for_customer"
    just_bought_days: int = Field(default=90, ge=0)
    least_together: int = Field(default=2, ge=2)
