"""What two like reports still differ in, and what their difference does not tell."""

from collections.abc import Iterator, Sequence

from headwater.landscape.comparison import mix
from headwater.landscape.comparison.likeness import MOST_SHIFT
from headwater.landscape.comparison.pair import Pair, spoken
from headwater.landscape.report import Report, names
from headwater.landscape.report.difference.model import Difference
from headwater.landscape.report.model import Limit

NOTABLE_SHIFT = 5  # of 100 posts
MANY_TIMES = 1.5  # as many posts, or days
JUDGED_APART = 10  # percent
BY_CHANCE = 20  # intervals of 95 %, one of which misses
CARRIED = ("contradicted", "agree_little", "no_authors", "ends_early")
ALWAYS = {
    "not_why": "A difference does not say why. Something happened, other people wrote, or other pages "
    "were exported: ask those who know the place.",
    "sources": "The reports do not say which pages, channels and search words were exported. If these "
    "were not the same, the difference may come from that alone.",
    "posts_not_people": "Shares are of posts, and a few people write most of them.",
}
FALLING = "A fall is no proof that something helped, nor a rise that nothing did."
TOWNS = {
    "agreed": "Whoever made this has stated that both towns agreed to be compared.",
    "no_ranking": "Two towns are no ranking, and do not become one by setting a third beside them: the "
    "model errs in each in a way of its own, and other people talk in each of other things.",
}
NOT_AMONG_GROUPS = (
    "Each group is compared with itself alone. The groups are no ranking, in either report or in how "
    "they changed: the model errs on each differently."
)
GROUPS_LEFT_OUT = (
    "Groups are left out. The model errs on them differently, and in two towns differently again, by "
    "more than the reports tell."
)


def cautions(pair: Pair, differences: Sequence[Difference]) -> tuple[Limit, ...]:
    """List what to know before a difference is passed on."""
    texts = [
        *ALWAYS.items(),
        *([("falling", FALLING)] if pair.is_one_place else TOWNS.items()),
        *_by_chance(differences),
        *_groups(pair),
        *_times(pair),
        *_makeup(pair),
        *_carried(pair),
    ]
    return tuple(Limit(code=code, text=text) for code, text in texts)


def _by_chance(differences: Sequence[Difference]) -> Iterator[tuple[str, str]]:
    n_told = sum(one.low is not None for one in differences if one.by != "all")
    if n_told > 1:
        yield (
            "by_chance",
            f"{n_told} parts are compared below the whole. Where nothing differs, about one range in "
            f"{BY_CHANCE} still says so by chance: take a part as a question, the whole as the answer.",
        )


def _groups(pair: Pair) -> Iterator[tuple[str, str]]:
    if not pair.first.targets or not pair.second.targets:
        return
    yield ("groups", NOT_AMONG_GROUPS) if pair.compares_groups else ("no_groups", GROUPS_LEFT_OUT)


def _times(pair: Pair) -> Iterator[tuple[str, str]]:
    one, other = pair.first.period, pair.second.period
    if one.timezone != other.timezone:
        yield "timezone", "The two reports reckon their days by the clocks of two time zones."
    days = [(span.ends_on - span.starts_on).days + 1 for span in (one, other)]
    if max(days) > MANY_TIMES * min(days):
        yield "length", f"The two periods are not of one length: {days[0]} and {days[1]} days."
    if pair.is_one_place:
        gap = (other.starts_on - one.ends_on).days - 1
        if gap:
            yield "gap", f"Between the two lie {gap} days of which neither report tells."
    elif (one.starts_on, one.ends_on) != (other.starts_on, other.ends_on):
        yield (
            "periods",
            f"The two reports are of other times: {pair.labels[0]}, {spoken(one)}; {pair.labels[1]}, "
            f"{spoken(other)}.",
        )


def _makeup(pair: Pair) -> Iterator[tuple[str, str]]:
    first, second = pair.first, pair.second
    posts = [report.reading.accepted for report in (first, second)]
    if max(posts) > MANY_TIMES * min(posts):
        yield (
            "volume",
            f"One report holds many more posts than the other ({posts[0]:,} and {posts[1]:,}). Were the "
            "same pages exported?",
        )
    judged = first.coverage.judged_percent, second.coverage.judged_percent
    if (
        judged[0] is not None
        and judged[1] is not None
        and abs(judged[0] - judged[1]) >= JUDGED_APART
    ):
        yield (
            "judged",
            f"The model judged {judged[0]}% of the posts in one, {judged[1]}% in the other.",
        )
    yield from _mixes(pair)
    if first.made_with.headwater != second.made_with.headwater:
        yield (
            "headwater",
            "Two versions of Headwater made the reports; model, codebook and rules are the same.",
        )


def _mixes(pair: Pair) -> Iterator[tuple[str, str]]:
    platforms = [mix.percents(report.coverage.platforms) for report in pair[:2]]
    languages = [mix.percents(report.languages) for report in pair[:2]]
    shift = mix.shift(*platforms)
    if shift.least >= NOTABLE_SHIFT:
        yield (
            "platform_mix",
            f"The platforms' parts of the posts differ by {shift.told}. The whole moves with that.",
        )
    few = sorted(set(platforms[0]) ^ set(platforms[1]))
    if few:
        told = ", ".join(names.name("platform", one) for one in few)
        yield "platform_alone", f"Only one of the reports has posts from {told}; they are few."
    if mix.shift(*languages).least > MOST_SHIFT:
        yield (
            "language_mix",
            "The languages' parts of the posts differ much, and the model errs differently in each: look "
            "at the whole and at each language.",
        )


def _carried(pair: Pair) -> Iterator[tuple[str, str]]:
    """Repeat the limits of either report that weigh on a difference, once where both have one."""
    first, second = (_limits(report) for report in pair[:2])
    for code in CARRIED:
        if code in first and code in second:
            yield code, f"In both reports: {first[code]}"
        elif code in first or code in second:
            label = pair.labels[0 if code in first else 1]
            yield code, f"In the report of {label}: {(first | second)[code]}"


def _limits(report: Report) -> dict[str, str]:
    return {one.code: one.text for one in report.limits}
