"""Who attacks a whole report: with every printed number, every rule, and a linear program.

The opponent knows the exact totals, how each number is rounded, why it is hidden, and how the
numbers hang together; of what was found in the posts of a rate that is shown even the exact count.
A hidden number of a small group counts as derived when fewer values than the floor are left.
"""

from datetime import date
from itertools import product

from sheets import NO_END, Sheet, Unknown

from headwater.landscape import models
from headwater.landscape.report.model import Why

PARTS = ("language", "platform", "month", "weekday", "hour", "scope", "theme")


def of(post, by):
    """Return what a post is by the words of the report."""
    names = {"all": "all", "day": post.posted_on, "left_for": post.left_for or "judged"}
    return str(names[by] if by in names else getattr(post, by))


def _parts(report):
    absent = {"scope": not report.places, "theme": not report.themes}
    return [by for by in PARTS if not absent.get(by)]


def sheet(report, posts, reasons, settings):
    """Write down everything that the report prints, and how it hangs together."""
    judged = [post for post in posts if post.left_for is None]
    found = [post for post in judged if post.is_hate]
    made = Sheet({}, [])
    _tables(made, report, posts, settings)
    _bases(made, report, posts, judged, settings)
    _finds(made, report, found, judged, settings)
    _targets(made, report, judged, found, settings)
    _percentages(made, report, posts, settings)
    _ties(made, report)
    _rests(made, posts, judged, found, settings)
    _reasons(made, report, reasons, settings)
    return made


def _add(made, name, posts, ends, settings, *, is_told):
    writers = {}
    for post in posts:
        writers[post.author] = writers.get(post.author, 0) + 1
    is_small = len(writers) < settings.floor or len(posts) < 10
    made.unknowns[name] = Unknown(name, len(posts), is_small, is_told, *ends)


def _tables(made, report, posts, settings):
    lists = {
        "language": [one for one in report.languages if one.name != "others"],
        "platform": report.coverage.platforms,
        "left_for": report.coverage.left_for,
    }
    if report.places:
        lists["scope"] = report.places.posts
    if report.themes:
        lists["theme"] = report.themes
    for by, cells in lists.items():
        for cell in cells:
            own = [post for post in posts if of(post, by) == cell.name]
            ends = _count(cell, len(own), settings)
            _add(made, ("n", by, cell.name), own, ends, settings, is_told=cell.n_posts is not None)
        for value in {of(post, by) for post in posts} - {cell.name for cell in cells}:
            own = [post for post in posts if of(post, by) == value]
            _add(made, ("n", by, value), own, (0, NO_END), settings, is_told=False)
        whole = {name: 1 for name in made.unknowns if name[:2] == ("n", by)}
        made.sums.append((whole, report.reading.accepted, report.reading.accepted))


def _count(cell, true, settings):
    if cell.n_posts is not None:
        near = range(max(cell.n_posts - settings.round_to, 10), cell.n_posts + settings.round_to)
        fits = [n for n in near if _rounded(n, settings.round_to) == cell.n_posts]
        return fits[0], fits[-1]
    return 1 if cell.why == Why.FEW_AUTHORS else 10, NO_END


def _rounded(n, step):
    return (n + step // 2) // step * step


def _bases(made, report, posts, judged, settings):
    cells = {(one.by, one.value): one for one in report.prevalence}
    cells |= {("day", str(one.on)): one for one in report.timeline}
    reasons = {one.name: one for one in report.coverage.left_for}
    is_hidden = not reasons or reasons["judged"].n_posts is None
    for (by, value), cell in cells.items():
        own = [post for post in judged if of(post, by) == value]
        name = ("base", by, value)
        _add(made, name, own, (0, NO_END), settings, is_told=cell.n_posts is not None)
        if cell.n_posts is not None:
            _base(made, name, cell, posts, is_hidden, settings)
    for by in (*_parts(report), "day"):  # a row that is missing tells that there is nothing
        values = {of(post, by) for post in posts} - {one for key, one in cells if key == by}
        if by == "language":  # that the model judges none in others is known, and no news
            values &= set(models.error_rates(models.load("balanced")))
        for value in values:
            own = [post for post in judged if of(post, by) == value]
            _add(made, ("base", by, value), own, (0, 0), settings, is_told=False)


def _base(made, name, cell, posts, is_hidden, settings):
    """Write down what a printed base tells: of itself, or with the posts that were left."""
    by, value = name[1:]
    low, high = _printed(cell.n_posts, by, settings)
    told_left = [
        one
        for one, unknown in made.unknowns.items()
        if one[:2] == ("n", "left_for") and unknown.is_told and one[2] != "judged"
    ]
    if by in ("language", "platform", "scope", "theme"):
        n = sum(of(post, by) == value for post in posts)
        ends = (0 if is_hidden or low <= n <= high else low, NO_END)
        if low <= n <= high and not is_hidden:
            ends = (min(low, n - 2 * settings.floor + 1), high)
        made.sums.append(({name: 1}, *ends))
    elif is_hidden and by == "all":  # all posts but those of which it is told why they were left
        made.sums.append(({name: 1, **dict.fromkeys(told_left, 1)}, 0, len(posts)))
        made.sums.append(({name: 1}, 0, high))
        made.sums.append(({name: 1}, low / 1.1 - 1, NO_END))
    elif is_hidden:  # perhaps the busiest, and then with those that were left
        made.sums.append(({name: 1}, 0, high))
        made.sums.append(({name: 1, ("left",): 1}, low, NO_END))
    else:
        made.sums.append(({name: 1}, low, high))


def _printed(n, by, settings):
    near = range(max(n // 2, 1), 2 * n + 2)
    fits = [one for one in near if _rounded(one, _step(one, by, settings)) == n]
    return fits[0], fits[-1]


def _step(n, by, settings):
    least = settings.round_to if by == "day" else 2 * settings.floor
    return max(least, 10 ** (len(str(n)) - 2))


def _finds(made, report, found, judged, settings):
    cells = {(one.by, one.value): one for one in report.prevalence}
    cells |= {("day", str(one.on)): one for one in report.timeline}
    for (by, value), cell in cells.items():
        own = [post for post in found if of(post, by) == value]
        is_told = cell.share is not None
        ends = (len(own), len(own)) if is_told else (0, NO_END)
        _add(made, ("found", by, value), own, ends, settings, is_told=is_told)
        base = {("base", by, value): 1, ("found", by, value): -1}
        made.sums.append((base, 0, NO_END))


def _targets(made, report, judged, found, settings):
    for one in report.targets:
        own = [post for post in judged if one.target in post.targets]
        ends = (len(own), len(own)) if one.share is not None else (0, NO_END)
        name = ("target", one.target)
        _add(made, name, own, ends, settings, is_told=one.share is not None)
        if one.target != "political":
            made.sums.append(({("found", "all", "all"): 1, name: -1}, 0, NO_END))
        assert one.n_posts in (None, report.prevalence[0].n_posts)
    if not report.targets:
        made.sums.append(({("found", "all", "all"): 1}, 0, 0))


def _percentages(made, report, posts, settings):
    n_all, cover = len(posts), report.coverage
    unsigned = [post for post in posts if not post.is_authored]
    signed = [post for post in posts if post.is_authored]
    ends = _percent(cover.without_author_percent, n_all, settings)
    _add(made, ("unsigned",), unsigned, ends, settings, is_told=False)
    _add(made, ("signed",), signed, (0, NO_END), settings, is_told=False)
    made.sums.append(({("unsigned",): 1, ("signed",): 1}, n_all, n_all))
    if "no_authors" not in {one.code for one in report.limits}:
        made.sums.append(({("signed",): 1}, settings.floor, n_all))
    left = [post for post in posts if post.left_for]
    is_told = [one.name for one in cover.left_for] == ["judged"]  # nobody was left
    _add(made, ("left",), left, (0, NO_END), settings, is_told=is_told)
    made.sums.append(({("n", "left_for", "judged"): 1, ("left",): 1}, n_all, n_all))


def _percent(printed, n_all, settings):
    if printed is None:
        return 0, n_all
    step = next(one for one in (1, 2, 5, 10, 20, 50) if one * n_all >= 200 * settings.floor)
    fits = [
        n
        for n in range(n_all + 1)
        if (200 * n + step * n_all) // (2 * step * n_all) * step == printed
    ]
    return fits[0], fits[-1]


def _ties(made, report):
    """Tie bases to bases, finds to finds, and both to the tables of counts."""
    sums, names = made.sums, set(made.unknowns)
    sums.append(({("n", "left_for", "judged"): 1, ("base", "all", "all"): -1}, 0, 0))
    for kind in ("base", "found"):
        for by in _parts(report):
            own = {name: 1 for name in names if name[:2] == (kind, by)}
            sums.append(({**own, (kind, "all", "all"): -1}, 0, 0))
        for total in [
            name for name in names if name[:1] == (kind,) and name[1] in ("month", "weekday")
        ]:
            days = [name for name in names if name[:2] == (kind, "day")]
            own = {name: 1 for name in days if _lies_in(name[2], total)}
            sums.append(({**own, total: -1}, 0, 0))
    for name in names:
        if name[0] == "base" and ("n", *name[1:]) in names:
            sums.append(({("n", *name[1:]): 1, name: -1}, 0, NO_END))
    languages = {name for name in names if name[:2] == ("n", "language")}
    measured = {
        name for name in languages if name[2] in models.error_rates(models.load("balanced"))
    }
    sums.append(({**dict.fromkeys(measured, 1), ("n", "left_for", "judged"): -1}, 0, NO_END))
    abstains = dict.fromkeys(languages - measured, 1)
    sums.append(({**abstains, ("n", "left_for", "language"): -1}, 0, NO_END))


def _rests(made, posts, judged, found, settings):
    """Ask for what the hidden parts of a whole are together."""
    wholes = {"n": posts, "base": judged, "found": found}
    for kind, by in [*product(wholes, PARTS), ("n", "left_for")]:
        parts = [one for name, one in made.unknowns.items() if name[:2] == (kind, by)]
        if all(one.is_told for one in parts):
            continue
        hidden = [one.name for one in parts if not one.is_told]
        own = [post for post in wholes[kind] if (kind, by, of(post, by)) in hidden]
        if len({(post.author, of(post, by)) for post in own}) >= 2 * settings.floor:
            continue  # so many in each part are taken to be enough together
        rest = ("rest", kind, by)
        _add(made, rest, own, (0, NO_END), settings, is_told=False)
        made.sums.append(({**dict.fromkeys(hidden, 1), rest: -1}, 0, 0))


def _lies_in(day, total):
    month, weekday = day[:7], str(date.fromisoformat(day).weekday())
    return total[2] == (month if total[1] == "month" else weekday)


def _reasons(made, report, reasons, settings):
    """Write down why records were rejected; the reasons that are not told are told together."""
    printed = dict(report.reading.reasons)
    other = printed.pop("other reasons", 0)
    half = settings.round_to // 2
    if not printed:
        return  # the number of all is told on purpose, and no reason is
    for reason, n in reasons.items():
        is_told = reason in printed
        ends = (printed[reason] - half, printed[reason] + half) if is_told else (0, NO_END)
        made.unknowns["reason", reason] = Unknown(
            ("reason", reason), n, n < settings.floor, is_told, *ends
        )
    everything = {("reason", reason): 1 for reason in reasons}
    made.sums.append((everything, report.reading.rejected, report.reading.rejected))
    rest = {("reason", reason): 1 for reason in reasons if reason not in printed}
    if rest:
        made.sums.append((rest, other - half, other + half))
