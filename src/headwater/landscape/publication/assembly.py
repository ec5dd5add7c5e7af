"""Put the report together: what the gate's functions tell, and the totals that all must know."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from importlib.metadata import version

from headwater.landscape import codebook, models
from headwater.landscape.errors import PublicationError
from headwater.landscape.publication import ledger, limits, rules
from headwater.landscape.publication.periods import period
from headwater.landscape.publication.rates import Key, estimates
from headwater.landscape.publication.tables import counts
from headwater.landscape.report.data import to_json
from headwater.landscape.report.model import (
    Count,
    Coverage,
    Day,
    Estimate,
    Event,
    LanguageCount,
    MadeWith,
    Method,
    Prevalence,
    Reading,
    Report,
    Span,
    Target,
    Why,
)
from headwater.landscape.shapes import Measure, Settings

TOLD_AS_COUNTS = ("language", "platform")
OTHER_REASONS = "other reasons"
Measures = Sequence[Measure]


def release(made: Report, settings: Settings) -> None:
    """Enter a release in the place's ledger; a working report enters nothing.

    Raises:
        PublicationError: It overlaps an earlier release.
    """
    if settings.period and settings.state_dir:
        digest = sha256(to_json(made)).hexdigest()
        ledger.enter(settings.state_dir / "ledger", settings.place, settings.period, digest)


def report(
    measures: Mapping[str, Measures],
    reading: Reading,
    events: tuple[Event, ...],
    settings: Settings,
) -> Report:
    """Make the report of what the analyses measured.

    Raises:
        PublicationError: A release of a period in which fewer authors wrote than the floor.
    """
    makeup = _by_first_key(measures["makeup"])
    _enough(makeup["month"], settings)
    counted = [one for one in measures["makeup"] if one.key[0] in TOLD_AS_COUNTS]
    span = _span(makeup["month"], settings)
    told = _filled(estimates(measures["prevalence"], settings, counted), span)
    level = told.get(("all", "all"))
    return Report(
        place=settings.place,
        period=span,
        made_with=MadeWith(
            headwater=version("headwater"),
            model=models.load().version,
            codebook=codebook.VERSION,
            publication_rules=rules.RULES_VERSION,
        ),
        reading=_reading(reading, settings),
        coverage=_coverage(makeup, settings),
        languages=_languages(makeup.get("language", ()), settings),
        prevalence=_prevalence(told),
        targets=_targets(estimates(measures["targets"], settings, counted)),
        timeline=_timeline(told),
        events=events,
        limits=limits.of(makeup, settings),
        method=_method(level, settings),
    )


def _enough(months: Measures, settings: Settings) -> None:
    """Refuse a release so small that even the number of its posts tells of few people."""
    n_authors = max(one.n_within_authors for one in months)
    if settings.period and n_authors < settings.floor:
        name = settings.period.name
        raise PublicationError(f"{name}: fewer than {settings.floor} authors; take a longer period")


def _reading(exact: Reading, settings: Settings) -> Reading:
    """Tell totals exactly, so that they add up; reasons, which may be one person's, rounded."""
    told = {
        reason: rules.rounded(n, settings.round_to)
        for reason, n in exact.reasons.items()
        if n >= rules.POSTS
    }
    rest = exact.rejected - sum(n for reason, n in exact.reasons.items() if reason in told)
    other = {OTHER_REASONS: rules.rounded(rest, settings.round_to)} if rest else {}
    return exact.model_copy(update={"reasons": {**told, **other}})


def _by_first_key(measures: Measures) -> dict[str, list[Measure]]:
    """Sort measures into tables; the key that is left names the row."""
    tables: dict[str, list[Measure]] = {}
    for measure in measures:
        rows = tables.setdefault(measure.key[0], [])
        rows.append(measure._replace(key=measure.key[1:]))
    return tables


def _span(months: Measures, settings: Settings) -> Span:
    if settings.period:
        first_on, last_on, name = (
            settings.period.first_on,
            settings.period.last_on,
            settings.period.name,
        )
    else:
        names = sorted(measure.key[0] for measure in months)
        first_on, last_on, name = period(names[0]).first_on, period(names[-1]).last_on, None
    return Span(starts_on=first_on, ends_on=last_on, name=name, timezone=settings.timezone)


def _coverage(makeup: Mapping[str, Measures], settings: Settings) -> Coverage:
    authored, left_for = makeup.get("is_authored", ()), makeup.get("left_for", ())
    return Coverage(
        platforms=counts(makeup.get("platform", ()), settings),
        authors=rules.band(max((one.n_within_authors for one in authored), default=0)),
        without_author_percent=_percent(authored, "False", settings),
        judged_percent=_percent(left_for, "", settings),
        left_for=tuple(_named(row) for row in counts(left_for, settings)),
        not_seen=limits.NOT_SEEN,
    )


def _percent(measures: Measures, name: str, settings: Settings) -> int | None:
    n_posts = sum(one.n_posts for one in measures if one.key == (name,))
    n_within = max((one.n_within for one in measures), default=0)
    return rules.percent(n_posts, n_within, settings)


def _named(row: Count) -> Count:
    return row if row.name else row.model_copy(update={"name": "judged"})


def _languages(measures: Measures, settings: Settings) -> tuple[LanguageCount, ...]:
    measured = models.load().languages
    return tuple(
        LanguageCount(**row.model_dump(), tier="measured" if row.name in measured else "abstains")
        for row in counts(measures, settings)
    )


def _filled(told: Mapping[Key, Estimate], span: Span) -> dict[Key, Estimate]:
    """Give each hour, weekday and day its row: which of them have one would tell when few wrote."""
    n_days = (span.ends_on - span.starts_on).days + 1
    days = [str(span.starts_on + timedelta(days=n)) for n in range(n_days)]
    values = {"weekday": map(str, range(7)), "hour": map(str, range(24)), "day": days}
    nothing = Estimate(n_posts=None, share=None, low=None, high=None, why=Why.SMALL_BASE)
    empty = {(by, value): nothing for by, some in values.items() for value in some}
    whole = {key: one for key, one in told.items() if key not in empty}
    return {**whole, **{key: told.get(key, one) for key, one in empty.items()}}


def _prevalence(told: Mapping[Key, Estimate]) -> tuple[Prevalence, ...]:
    return tuple(
        Prevalence(by=by, value=value, **estimate.model_dump())
        for (by, value), estimate in told.items()
        if by != "day"
    )


def _timeline(told: Mapping[Key, Estimate]) -> tuple[Day, ...]:
    days = [(value, estimate) for (by, value), estimate in told.items() if by == "day"]
    return tuple(
        Day(on=date.fromisoformat(value), **estimate.model_dump())
        for value, estimate in sorted(days, key=lambda day: day[0])
    )


def _targets(told: Mapping[Key, Estimate]) -> tuple[Target, ...]:
    """Put targets in the order of their printed shares: the exact order would tell more."""
    targets = [Target(target=name, **one.model_dump()) for (_, name), one in told.items()]
    return tuple(sorted(targets, key=lambda one: (-(one.share or 0), -(one.high or 0), one.target)))


def _method(level: Estimate | None, settings: Settings) -> Method:
    gate = models.load().gate
    compares = bool(level and level.share and gate.passes(level.share))
    return Method(
        estimate="model",
        correction="Rogan-Gladen by language, with the error rates of an unseen source",
        error_rates=tuple(models.load().error_rates.values()),
        compares_groups=compares,
        compares_groups_why=limits.COMPARED if compares else limits.NOT_COMPARED,
        floor=settings.floor,
        round_to=settings.round_to,
        base_authors=rules.BASE_AUTHORS,
        base_posts=rules.BASE_POSTS,
        definitions=limits.DEFINITIONS,
    )
