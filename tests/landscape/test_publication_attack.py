"""What an opponent with a report, the rules and a linear program can derive: nothing small.

The opponent knows the exact total of accepted posts, each margin, how rounding works and what
each reason for hiding tells. A hidden number of fewer authors than the floor counts as derived
when its range has one value, or at most three where one or two posts are the truth.
"""

from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from scipy.optimize import linprog

from headwater.landscape import publication
from headwater.landscape.publication import rules
from headwater.landscape.report.model import Count, Why
from headwater.landscape.shapes import Measure, Settings

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
NO_END = np.inf


def authors_and_posts(random, n_authors):
    """Draw what each of so many authors wrote: most little, a few much."""
    return np.minimum(random.zipf(1.8, n_authors), 300)


def how_many_authors(random, shape):
    """Draw sizes of groups with a long tail, here mostly small, there mostly large."""
    sizes = random.lognormal(random.uniform(1, 5), random.uniform(0.5, 2), shape)
    return np.clip(sizes.astype(int), 1, 3000)


def group(posts):
    """Count the posts of authors, given what each wrote."""
    posts = posts[posts > 0]
    return int(posts.sum()), len(posts), int(posts.max(initial=0))


def measure(key, posts, whole=None):
    n_within = group(posts if whole is None else whole)
    return Measure(key, *group(posts), *n_within, 0.02, 0.01, 0.03)


def a_list(random, n_cells):
    sizes = how_many_authors(random, n_cells)
    return [measure((f"c{i:02}",), authors_and_posts(random, n)) for i, n in enumerate(sizes)]


def a_crossing(random, n_rows, n_columns):
    """Draw a table of rows and columns, each cell its own authors, with its margins."""
    sizes = how_many_authors(random, (n_rows, n_columns))
    posts = {
        (f"r{i:02}", f"c{j:02}"): authors_and_posts(random, sizes[i, j])
        for i, j in product(range(n_rows), range(n_columns))
    }
    for side, names in enumerate(({key[0] for key in posts}, {key[1] for key in posts})):
        for name in sorted(names):
            key = (name, "all") if side == 0 else ("all", name)
            parts = [
                part for cell, part in posts.items() if cell[side] == name and "all" not in cell
            ]
            posts[key] = np.concatenate(parts)
    return [measure(key, part) for key, part in posts.items()]


def sums_of(measures):
    """Return the opponent's sums: written here anew, not taken from the gate."""
    keys = [m.key for m in measures]
    if len(keys[0]) == 1:
        return np.ones((1, len(keys)))
    lines = [[float(key[0] == "all") for key in keys], [float(key[1] == "all") for key in keys]]
    for total in (key for key in keys if "all" in key):
        side = 0 if total[1] == "all" else 1
        parts = [float(key[side] == total[side] and "all" not in key) for key in keys]
        parts[keys.index(total)] = -1.0
        lines.append(parts)
    return np.array(lines)


def range_of(cell, true, settings):
    """Return what one published cell tells by itself."""
    if cell.n_posts is not None:
        half = settings.round_to // 2
        return max(cell.n_posts - half, rules.POSTS), cell.n_posts + half
    least = 1 if cell.why == Why.FEW_AUTHORS else rules.POSTS
    return min(least, true), NO_END


def exactly(measures, settings):
    """Weaken the gate on purpose: hide what is small and do nothing else."""
    return [
        Count(name="", n_posts=None if why else one.n_posts, percent=None, why=why)
        for one in measures
        for why in [rules.why_hidden(rules.found(one), settings)]
    ]


def derived(lines, true, ranges, small):
    """Return how many of the small cells a linear program tells."""
    known = {"A_eq": lines, "b_eq": lines @ true, "bounds": ranges}
    n_told = 0
    for cell in np.flatnonzero(small):
        low, high = (end(cell, sign, known) for sign in (1, -1))
        assert low - 1e-6 <= true[cell] <= high + 1e-6, "the opponent is mistaken"
        width = np.floor(high + 1e-6) - np.ceil(low - 1e-6)
        n_told += int(width == 0 or (width <= 2 and true[cell] in (1, 2)))
    return n_told


def end(cell, sign, known):
    """Return the least (sign 1) or the most (sign -1) that a cell can be."""
    aim = np.zeros(len(known["bounds"]))
    aim[cell] = sign
    answer = linprog(aim, **known)
    return NO_END if answer.status == 3 else sign * answer.fun


def attack(measures, cells, settings, *, rounding=True):
    """Return how many small cells are hidden, and how many of them are derived."""
    true = np.array([m.n_posts for m in measures], float)
    hidden = np.array([cell.n_posts is None for cell in cells])
    small = hidden & [0 < m.n_authors < settings.floor for m in measures]
    ranges = [range_of(cell, t, settings) for cell, t in zip(cells, true, strict=True)]
    if not rounding:
        ranges = [r if h else (t, t) for r, h, t in zip(ranges, hidden, true, strict=True)]
    return int(small.sum()), derived(sums_of(measures), true, ranges, small)


def by_name(measures, settings):
    """Publish a list and put it back into the order of the measures."""
    cells = {cell.name: cell for cell in publication.counts(measures, settings)}
    return [cells[m.key[0]] for m in measures] if cells else []


def across(measures, settings):
    return list(publication.crossed(measures, settings).values())


class Tally(NamedTuple):
    hidden: int
    derived: int
    safe: int
    shown: int


def tally(draw, publish, n_seeds, settings=SETTINGS):
    """Attack so many tables; count small cells hidden and derived, safe cells and those shown."""
    total = np.zeros(4, int)
    for seed in range(n_seeds):
        measures = draw(np.random.default_rng(seed))
        cells = publish(measures, settings)
        found = (
            attack(measures, cells, settings, rounding=publish is not exactly) if cells else (0, 0)
        )
        n_safe = sum(rules.why_hidden(rules.found(m), settings) is None for m in measures)
        total += [*found, n_safe, sum(cell.n_posts is not None for cell in cells)]
    return Tally(*map(int, total))


FLOORS = pytest.mark.parametrize("floor", [5, 10])


@FLOORS
@pytest.mark.parametrize("n_cells", [2, 3, 5, 12, 30])
def test_no_small_cell_of_a_list_is_derived(n_cells, floor):
    found = tally(
        lambda random: a_list(random, n_cells), by_name, 30, SETTINGS._replace(floor=floor)
    )
    assert found.hidden
    assert not found.derived


@FLOORS
@pytest.mark.parametrize("shape", [(2, 2), (4, 3), (12, 6)], ids=str)
def test_no_small_cell_of_a_crossed_table_is_derived(shape, floor):
    settings = SETTINGS._replace(floor=floor)
    found = tally(lambda random: a_crossing(random, *shape), across, 12, settings)
    assert not found.derived


@pytest.mark.parametrize("n_cells", [2, 3])
def test_hiding_alone_is_broken_by_the_same_attack_on_a_list(n_cells):
    found = tally(lambda random: a_list(random, n_cells), exactly, 60)
    assert found.derived >= 0.1 * found.hidden


@pytest.mark.parametrize("shape", [(4, 3), (12, 6)], ids=str)
def test_hiding_alone_is_broken_by_the_same_attack_on_a_crossed_table(shape):
    found = tally(lambda random: a_crossing(random, *shape), exactly, 12)
    assert found.derived >= 0.04 * found.hidden


def test_most_safe_cells_are_shown():
    long_list = tally(lambda random: a_list(random, 12), by_name, 30)
    crossing = tally(lambda random: a_crossing(random, 12, 6), across, 6)
    assert long_list.shown >= 0.95 * long_list.safe
    assert crossing.shown >= 0.85 * crossing.safe


@pytest.mark.long
@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (4, 3), (6, 5), (12, 6), (24, 7)], ids=str)
def test_no_small_cell_of_many_crossed_tables_is_derived(shape):
    found = tally(lambda random: a_crossing(random, *shape), across, 1000 // (shape[0] * shape[1]))
    assert not found.derived


@pytest.mark.long
@FLOORS
@pytest.mark.parametrize("n_cells", [*range(2, 12), 16, 23, 30])
def test_no_small_cell_of_many_lists_is_derived(n_cells, floor):
    settings = SETTINGS._replace(floor=floor)
    assert not tally(lambda random: a_list(random, n_cells), by_name, 100, settings).derived


def small_worlds(n_posts):
    """List every table of three cells and so many posts, each cell by one author or by many."""
    for first, second in product(range(n_posts + 1), repeat=2):
        values = (first, second, n_posts - first - second)
        if values[2] >= 0:
            ways = [{1, n} if n >= rules.POSTS else {n} for n in values]
            yield from ((values, n_authors) for n_authors in product(*ways))


@pytest.mark.parametrize(
    "n_posts", [12, 30, *(pytest.param(n, marks=pytest.mark.long) for n in (*range(10, 60, 4), 90))]
)
def test_who_tries_the_gate_on_every_possible_table_derives_nothing(n_posts):
    """The strongest opponent keeps all tables that look the same when they come out."""
    alike = defaultdict(list)
    for values, n_authors in small_worlds(n_posts):
        rows = zip("abc", values, n_authors, strict=True)
        measures = [measure((name,), np.full(k, n / max(k, 1), int)) for name, n, k in rows]
        alike[publication.counts(measures, SETTINGS)].append(values)
    for cells, worlds in alike.items():
        for cell in cells:
            values = {world["abc".index(cell.name)] for world in worlds}
            width = max(values) - min(values)
            assert cell.n_posts or (width > 2 or (not {0, 1, 2} & values and width))
