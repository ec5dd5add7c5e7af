"""What every part of the report is made of: counts, and why one is not shown."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Why(StrEnum):
    """Why a number is not shown, or not in full."""

    FEW_AUTHORS = "few_authors"  # fewer authors than the floor, or fewer than ten posts
    FEW_POSTS = "few_posts"
    ONE_AUTHOR = "one_author"  # one author wrote more than half
    SMALL_BASE = "small_base"  # too few authors or posts for a rate
    SECONDARY = "secondary"  # shown, it or its bound would tell of few: here, or of a neighbour
    UPPER_BOUND = "upper_bound"  # numerator below the floor, or beside one: only `high` is given
    ABSTAINS = "abstains"  # the model has no ground to judge here
    GATE = "gate"  # error rates differ too much between groups


class Part(BaseModel):
    """Common ground of all parts: frozen, and nothing undeclared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Count(Part):
    """Posts of one kind, rounded, and their share of the whole in whole percent."""

    name: str
    n_posts: int | None
    percent: int | None
    why: Why | None = None
