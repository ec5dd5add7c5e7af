"""The model: what it is, what it answers, how far it errs, and whether it may be used."""

from headwater.landscape.models.contract import flaws
from headwater.landscape.models.installed import load, names
from headwater.landscape.models.model import (
    Judgement,
    Model,
    check_languages,
    error_rates,
    target_alarms,
    tier,
    unsure_groups,
)
from headwater.landscape.models.plain import Plain
from headwater.landscape.models.rates import Gate, GroupRate, Language
from headwater.landscape.models.reference import answers as reference_answers
from headwater.landscape.models.shipped import card, strays
from headwater.landscape.models.stopped import Stop, allow, refuse_stopped, stop, stops
from headwater.landscape.report.model import ErrorRate, TargetAlarm

__all__ = [
    "ErrorRate",
    "Gate",
    "GroupRate",
    "Judgement",
    "Language",
    "Model",
    "Plain",
    "Stop",
    "TargetAlarm",
    "allow",
    "card",
    "check_languages",
    "error_rates",
    "flaws",
    "load",
    "names",
    "reference_answers",
    "refuse_stopped",
    "stop",
    "stops",
    "strays",
    "target_alarms",
    "tier",
    "unsure_groups",
]
