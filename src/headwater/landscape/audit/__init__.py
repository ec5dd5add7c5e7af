"""The audit: people label a sample of a town's posts, and that tells how much hate there is.

Example:
    sample = draw(scores, budget=1000, seed=7)
    audited = estimate(answers, sample, scores, gold)
"""

from headwater.landscape.audit.audited import Audited, estimate
from headwater.landscape.audit.design import Sample, draw
from headwater.landscape.audit.intervals import Interval
from headwater.landscape.audit.noise import Gold

__all__ = ["Audited", "Gold", "Interval", "Sample", "draw", "estimate"]
