"""Gate two: what may be told of groups, and to how many digits. Nobody may override it.

=========  ==========================================================  ==========================
rule       what it says                                                after
=========  ==========================================================  ==========================
unit       distinct authors, never posts alone                         --
show       authors >= floor (10; never below 5), posts >= 10, and no   OECD; ONS Longitudinal
           author wrote more than half                                 Study; NES Scotland
round      every count but the totals read to base 5; a rate's base   StatCan; NHS Digital
           to two digits, or twice the floor if that is coarser;
           percentages whole, from rounded counts
secondary  more is hidden until sums and differences of what is shown  Shlomo 2007
           leave each hidden number a range as wide as the floor, and
           what is hidden in a sum is not few people even together
rate       a base of 50 authors and 500 posts; below the floor only    --
           an upper bound, the same whatever was found, or none
digits     those the interval supports, two at most                    Particle Data Group
words      used by the floor's number of authors, three words at most  --
releases   whole calendar periods that are over, and no two that       NIST SP 800-53 SI-19(05)
           overlap
=========  ==========================================================  ==========================

Hiding small cells alone protects nobody while totals are told, as the total of accepted posts is:
the rest is one subtraction. Hence both, rounding and secondary suppression.
"""

from headwater.landscape.publication import ledger
from headwater.landscape.publication.assembly import report
from headwater.landscape.publication.disguises import disguises, many_disguise
from headwater.landscape.publication.periods import period
from headwater.landscape.publication.polarisation import Poles, of_polarisation, polarisation
from headwater.landscape.publication.rates import WHOLE, estimates
from headwater.landscape.publication.releases import foresee, release
from headwater.landscape.publication.rules import (
    RULES_VERSION,
    band,
    check,
    few,
    percent,
    rounded,
    usable,
)
from headwater.landscape.publication.shifts import may_be_told, moves, shifts, waiting
from headwater.landscape.publication.spread import haste, spread
from headwater.landscape.publication.tables import counts, crossed
from headwater.landscape.publication.themes import described, without
from headwater.landscape.publication.triggers import may_be_released, triggers
from headwater.landscape.publication.wording import hosts, words

__all__ = [
    "RULES_VERSION",
    "WHOLE",
    "Poles",
    "band",
    "check",
    "counts",
    "crossed",
    "described",
    "disguises",
    "estimates",
    "few",
    "foresee",
    "haste",
    "hosts",
    "ledger",
    "many_disguise",
    "may_be_released",
    "may_be_told",
    "moves",
    "of_polarisation",
    "percent",
    "period",
    "polarisation",
    "release",
    "report",
    "rounded",
    "shifts",
    "spread",
    "triggers",
    "usable",
    "waiting",
    "without",
    "words",
]
