"""The audit: people label a sample of a town's posts, and that tells how much hate there is.

A sample is drawn (`design`) and lies encrypted (`store`, `papers`); people answer (`gold`,
`asking`); their answers become a share and the model's errors in this town (`audited`), which a
report is given (`findings`).

Example:
    sample = draw(scores, budget=1000, seed=7)
    found = estimate(answers, sample, golds)
"""

from headwater.landscape.audit.audited import Drawn, audited, estimate
from headwater.landscape.audit.design import Sample, draw
from headwater.landscape.audit.findings import fitting, read, write
from headwater.landscape.audit.intervals import ANYTHING, Interval
from headwater.landscape.audit.noise import Gold
from headwater.landscape.audit.papers import Sheet
from headwater.landscape.audit.positive import positive

__all__ = [
    "ANYTHING",
    "Drawn",
    "Gold",
    "Interval",
    "Sample",
    "Sheet",
    "audited",
    "draw",
    "estimate",
    "fitting",
    "positive",
    "read",
    "write",
]
