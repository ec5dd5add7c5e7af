"""A sheet of unknown numbers and of sums between them, and what a linear program makes of it."""

from math import ceil, floor
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

NO_END = np.inf


class Unknown(NamedTuple):
    """A number: the truth, whether so few people are behind it, and what its print tells."""

    name: tuple[str, ...]
    true: int
    is_small: bool
    is_told: bool
    low: float
    high: float


class Sheet(NamedTuple):
    """All that the opponent wrote down: numbers, and sums of them between two ends."""

    unknowns: dict[tuple[str, ...], Unknown]
    sums: list[tuple[dict[tuple[str, ...], int], float, float]]


def narrowed(made, settings):
    """Return the small hidden numbers of which fewer values than the floor are possible."""
    names = list(made.unknowns)
    at = {name: place for place, name in enumerate(names)}
    bounds = [(made.unknowns[name].low, made.unknowns[name].high) for name in names]
    rows, columns, parts, most, origin = [], [], [], [], []
    for terms, low, high in made.sums:
        terms = {name: part for name, part in terms.items() if name in at}
        for sign, end in ((1, high), (-1, -low)):
            if abs(end) != NO_END:
                rows += [len(most)] * len(terms)
                columns += [at[name] for name in terms]
                parts += [sign * part for part in terms.values()]
                most.append(end)
                origin.append(terms)
    known = {
        "A_ub": csr_array((parts, (rows, columns)), (len(most), len(names))),
        "b_ub": np.array(most) + 1e-7,
        "bounds": bounds,
    }
    truth = np.array([made.unknowns[name].true for name in names])
    for name, (low, high) in zip(names, bounds, strict=True):
        assert low <= made.unknowns[name].true <= high, f"mistaken on {made.unknowns[name]}"
    excess = known["A_ub"] @ truth - known["b_ub"]
    assert excess.max() <= 0, f"mistaken on {origin[int(excess.argmax())]}"
    told = {}
    for name, one in made.unknowns.items():
        if one.is_small and not one.is_told:
            low, high = (_end(at[name], sign, known) for sign in (1, -1))
            n_left = floor(high + 1e-6) - ceil(low - 1e-6) + 1 if high < NO_END else NO_END
            if n_left < settings.floor:
                told[name] = (one.true, ceil(low - 1e-6), floor(high + 1e-6))
    return told


def n_hidden(made):
    """Count the small numbers that are not printed."""
    return sum(one.is_small and not one.is_told for one in made.unknowns.values())


def _end(place, sign, known):
    aim = np.zeros(len(known["bounds"]))
    aim[place] = sign
    answer = linprog(aim, method="highs", **known)
    return NO_END if answer.status in (3, 4) else sign * answer.fun


def weakened(made):
    """Weaken the gate on purpose: hide what is small, tell all else exactly, do nothing more."""
    told = {
        name: one._replace(low=one.true, high=one.true, is_told=True) if not one.is_small else one
        for name, one in made.unknowns.items()
    }
    return made._replace(unknowns=told)
