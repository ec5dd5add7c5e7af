"""What an opponent derives from estimates of a whole and of its parts: nothing small."""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from headwater.landscape import publication
from headwater.landscape.publication import rules
from headwater.landscape.report.model import Why
from headwater.landscape.shapes import Measure, Settings

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
GAIN, ALARMS, ALARMS_SD = 0.7, 0.01, 0.003
DAYS = np.arange("2024-01-01", "2024-04-01", dtype="datetime64[D]")
PARTS = ("language", "platform", "month", "weekday", "hour")


def corrected(n_found, n):
    share = n_found / n
    reach = 1.96 * np.sqrt(share * (1 - share) / n + ALARMS_SD**2) / GAIN
    middle = (share - ALARMS) / GAIN
    return np.clip([middle, middle - reach, middle + reach], 0, 1).tolist()


def counted(authors):
    _, n_posts = np.unique(authors, return_counts=True)
    return int(n_posts.sum()), len(n_posts), int(n_posts.max(initial=0))


def measure(key, authors, hate):
    found, within = counted(authors[hate]), counted(authors)
    n = within[0]
    interval = corrected(found[0], n)
    return Measure(key, *found, *within, *interval, high_of_few=0.1)


def a_town(random, n_posts):
    """Draw a town of languages and platforms, each used by few or many, and measure it."""
    authors = np.minimum(random.zipf(1.3, n_posts), 10**6) + random.integers(
        0, n_posts // 8, n_posts
    )
    columns = {
        "language": skewed(random, ["de", "da", "en", "sv", "no"], authors),
        "platform": skewed(random, ["mastodon", "reddit", "youtube"], authors),
        "hour": random.choice(24, n_posts, p=np.arange(1, 25) / 300),
    }
    days = random.choice(DAYS, n_posts)
    columns |= {"month": days.astype("datetime64[M]"), "day": days}
    columns["weekday"] = (days.astype(int) + 3) % 7
    hate = random.random(n_posts) < random.uniform(0.01, 0.06)
    measures = [measure(("all", "all"), authors, hate)]
    for by, column in columns.items():
        for value in np.unique(column):
            there = column == value
            measures.append(measure((by, str(value)), authors[there], hate[there]))
    return measures


def skewed(random, names, authors):
    """Give each author one of the names, the first much oftener than the last."""
    weights = random.uniform(1.5, 6) ** -np.arange(len(names))
    chosen = random.choice(names, authors.max() + 1, p=weights / weights.sum())
    return chosen[authors]


def sums_of(measures):
    """Return the opponent's sums: written here anew, not taken from the gate."""
    keys = [one.key for one in measures]
    weekday = {str(day): str((day.astype(int) + 3) % 7) for day in DAYS}
    lines = []
    for part in PARTS:
        lines.append([(key[0] == part) - (key == ("all", "all")) for key in keys])
    for total in (key for key in keys if key[0] in ("month", "weekday")):
        day_of = {day: (("month", day[:7]), ("weekday", weekday[day])) for day in weekday}
        in_total = [key[0] == "day" and total in day_of[key[1]] for key in keys]
        lines.append([there - (key == total) for there, key in zip(in_total, keys, strict=True)])
    return np.array(lines, float)


def derived(lines, true, ranges, small):
    """Return how many of the small numbers a linear program tells."""
    n_told = 0
    for cell in np.flatnonzero(small):
        aim = np.zeros(len(true))
        aim[cell] = 1.0
        low, high = (end(aim, sign, lines, lines @ true, ranges) for sign in (1, -1))
        assert low - 1e-6 <= true[cell] <= high + 1e-6, "the opponent is mistaken"
        n_told += int(high - low < 1 or (high - low < 3 and true[cell] in (1, 2)))
    return n_told


def end(aim, sign, lines, sums, ranges):
    answer = linprog(sign * aim, A_eq=lines, b_eq=sums, bounds=ranges)
    return np.inf if answer.status == 3 else sign * answer.fun


def finds_derived(measures, shown):
    """Attack what was found, with the shown numbers known exactly; tell hidden and derived."""
    true = np.array([one.n_posts for one in measures], float)
    small = ~shown & [0 < one.n_authors < SETTINGS.floor for one in measures]
    ranges = [(n, n) if told else (0, np.inf) for n, told in zip(true, shown, strict=True)]
    return int(small.sum()), derived(sums_of(measures), true, ranges, small)


def bases_derived(measures, estimates):
    """Attack the bases, known as printed; tell hidden and derived."""
    true = np.array([one.n_within for one in measures], float)
    printed = [estimates[one.key].n_posts for one in measures]
    ranges = [(1, np.inf) if n is None else between(n) for n in printed]
    few = [one.n_within_authors < SETTINGS.floor for one in measures]
    small = np.array([n is None for n in printed]) & few
    return int(small.sum()), derived(sums_of(measures), true, ranges, small)


def between(printed):
    half = max(5, 10 ** (len(str(printed)) - 2)) / 2
    return printed - half, printed + half


def shown_by_gate(measures):
    told = publication.estimates(measures, SETTINGS)
    return np.array([told[one.key].share is not None for one in measures])


def shown_by_hiding_alone(measures):
    return np.array(
        [
            not rules.why_no_rate(rules.base(one), SETTINGS)
            and not rules.why_hidden(rules.found(one), SETTINGS)
            for one in measures
        ]
    )


def tally(n_posts, n_seeds, shown_by):
    """Count small finds hidden and derived, and rates shown, over so many towns."""
    total = np.zeros(3, int)
    for seed in range(n_seeds):
        measures = a_town(np.random.default_rng(seed), n_posts)
        shown = shown_by(measures)
        total += [*finds_derived(measures, shown), shown.sum()]
    return total


@pytest.mark.parametrize("n_posts", [3000, 20000])
def test_no_small_number_found_is_derived_from_the_estimates(n_posts):
    hidden, n_derived, shown = tally(n_posts, 2, shown_by_gate)
    assert hidden
    assert shown
    assert not n_derived


def test_hiding_alone_is_broken_by_the_same_attack():
    hidden, n_derived, _ = tally(20000, 4, shown_by_hiding_alone)
    assert hidden
    assert n_derived


@pytest.mark.parametrize("n_posts", [3000, 20000])
def test_no_small_base_is_derived_from_the_estimates(n_posts):
    measures = a_town(np.random.default_rng(1), n_posts)
    hidden, n_derived = bases_derived(measures, publication.estimates(measures, SETTINGS))
    assert hidden
    assert not n_derived


@pytest.mark.parametrize("n_left", [1, 2, 9])
@pytest.mark.parametrize("n_posts", [595, 2995, 3000, 3050, 3052])
def test_the_posts_that_were_not_judged_are_not_told_by_the_total_less_the_base(n_posts, n_left):
    measure = a_town(np.random.default_rng(3), n_posts)[0]
    accepted = n_posts + n_left

    def printed(n_judged):
        counted = measure._replace(key=("platform", "one"), n_posts=accepted, n_within=accepted)
        judged = measure._replace(n_within=n_judged)
        return publication.estimates([judged], SETTINGS, [counted])["all", "all"].n_posts

    alike = [n for n in range(200) if printed(accepted - n) == printed(n_posts)]
    assert max(alike) - min(alike) >= SETTINGS.floor - 1


def test_a_base_beside_one_of_few_authors_is_hidden_with_it():
    sizes = {"da": 4000, "de": 900, "kl": 3}
    parts = [(("language", name), np.arange(n) // 2) for name, n in sizes.items()]
    parts.append((("all", "all"), np.concatenate([authors for _, authors in parts])))
    measures = [measure(key, those, np.arange(len(those)) % 20 == 0) for key, those in parts]
    told = publication.estimates(measures, SETTINGS)
    bases = {key[1]: one.n_posts for key, one in told.items()}
    assert bases == {"all": 4900, "da": 4000, "de": None, "kl": None}


def test_a_language_whose_count_is_hidden_has_no_rate_either():
    sizes = {"da": 4000, "de": 900, "kl": 3}
    authors = {name: np.arange(n) // 2 for name, n in sizes.items()}
    everyone = np.concatenate(list(authors.values()))
    counted = [measure(("language", name), those, those >= 0) for name, those in authors.items()]
    judged = [measure(("all", "all"), everyone[:4900], np.arange(4900) % 20 == 0)]
    judged += [
        measure(("language", name), authors[name], np.arange(sizes[name]) % 20 == 0)
        for name in ("da", "de")
    ]
    alone = publication.estimates(judged, SETTINGS)["language", "de"]
    beside = publication.estimates(judged, SETTINGS, counted)["language", "de"]
    assert (alone.n_posts, beside.n_posts, beside.why) == (900, None, Why.SECONDARY)


def test_most_rates_that_are_safe_are_shown():
    _, _, shown = tally(20000, 2, shown_by_gate)
    _, _, safe = tally(20000, 2, shown_by_hiding_alone)
    assert shown >= 0.85 * safe


@pytest.mark.long
@pytest.mark.parametrize("n_posts", [1000, 3000, 8000, 20000, 60000])
def test_no_small_number_is_derived_from_the_estimates_of_many_towns(n_posts):
    for seed in range(6):
        measures = a_town(np.random.default_rng(seed), n_posts)
        assert not finds_derived(measures, shown_by_gate(measures))[1]
        assert not bases_derived(measures, publication.estimates(measures, SETTINGS))[1]
