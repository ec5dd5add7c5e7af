"""The shipped model: what it is, what it answers, and how far it errs."""

from headwater.landscape.models.cascade import Judgement, Model
from headwater.landscape.models.rates import Gate
from headwater.landscape.models.shipped import card, load

__all__ = ["Gate", "Judgement", "Model", "card", "load"]
