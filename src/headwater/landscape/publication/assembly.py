"""Put the report together: what the gate's functions tell, and the totals that all must know."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from importlib.metadata import version

from headwater.landscape import codebook, models
from headwater.landscape.errors import PublicationError
from headwater.landscape.gazetteer import Gazetteer
from headwater.landscape.labelled import Audit
from headwater.landscape.publication import limits, methods, rules
from headwater.landscape.publication.periods import period
from headwater.landscape.publication.positive import positive, unlabelled
from headwater.landscape.publication.rates import (
    ABSTAINS,
    AUDITED,
    NOTHING,
    PARTS,
    WHOLE,
    Key,
    estimates,
)
from headwater.landscape.publication.tables import counts
from headwater.landscape.publication.themes import trends
from headwater.landscape.report.model import (
    Count,
    Coverage,
    Day,
    Estimate,
    Event,
    LanguageCount,
    MadeWith,
    Places,
    Prevalence,
    Reading,
    Report,
    Span,
    Target,
    Theme,
)
from headwater.landscape.shapes import SCOPES, Measure, Settings

TOLD_AS_COUNTS = ("language", "platform", "left_for", "scope", "theme")
OTHER_REASONS = "other reasons"
OTHERS = "others"  # languages, each of too few to be named
Measures = Sequence[Measure]


def report(
    measures: Mapping[str, Measures],
    reading: Reading,
    events: tuple[Event, ...],
    settings: Settings,
    audit: Audit | None = None,
    gazetteer: Gazetteer | None = None,
) -> Report:
    """Make the report of what the analyses measured, and people labelled.

    Raises:
        PublicationError: A release of a period in which fewer authors wrote than the floor.
    """
    makeup = _by_first_key(measures["makeup"])
    _enough(makeup["month"], settings)
    counted = [one for one in measures["makeup"] if one.key[0] in TOLD_AS_COUNTS]
    span = _span(makeup["month"], settings)
    days = [one for one in measures["prevalence"] if one.key[0] == "day"]
    measured = set(models.error_rates(models.load(*settings.judge)))
    knows = bool(audit and audit.rates) or measured.issuperset(settings.languages)
    told = _filled(
        _shares(measures, counted, settings),
        makeup,
        span,
        measured.intersection(settings.languages or measured),
        NOTHING if knows else ABSTAINS,
    )
    level = told[WHOLE]
    good = positive(audit, level.n_posts, settings)
    themes = tuple(Theme(**row.model_dump()) for row in counts(makeup.get("theme", ()), settings))
    targets = _targets(measures["targets"], counted, level, settings)
    return Report(
        place=settings.place,
        period=span,
        made_with=MadeWith(
            headwater=version("headwater"),
            model=models.load(*settings.judge).version,
            codebook=codebook.VERSION,
            publication_rules=rules.RULES_VERSION,
        ),
        reading=_reading(reading, settings),
        coverage=_coverage(makeup, level, settings),
        languages=_languages(makeup.get("language", ()), settings),
        prevalence=_prevalence(told, audit),
        positive=good,
        targets=targets,
        places=_places(makeup, gazetteer, settings),
        themes=themes,
        trends=trends(measures["trends"], themes, settings),
        timeline=_timeline(told),
        events=events,
        limits=(
            *limits.of(makeup, days, settings, audit, tells_audit=level.share is not None),
            *unlabelled(good),
        ),
        method=methods.of(level, settings, audit),
    )


def _shares(
    measures: Mapping[str, Measures], counted: Measures, settings: Settings
) -> dict[Key, Estimate]:
    """Tell the shares of hate; where people audited, the whole is theirs."""
    told = estimates(measures["prevalence"], settings, counted)
    return {**told, WHOLE: told[AUDITED]} if AUDITED in told else told


def _enough(months: Measures, settings: Settings) -> None:
    """Refuse a release so small that even the number of its posts tells of few people."""
    n_authors = max(one.n_within_authors for one in months)
    if settings.period and n_authors < settings.floor:
        name = settings.period.name
        raise PublicationError(f"{name}: fewer than {settings.floor} authors; take a longer period")


def _reading(exact: Reading, settings: Settings) -> Reading:
    """Tell totals exactly, so that they add up; reasons, which may be one person's, as a table."""
    whole = (exact.rejected, exact.rejected, 1)  # nobody knows whose: each record counts as one's
    no_rate = (0.0,) * 3
    records = [Measure((one,), n, n, 1, *whole, *no_rate) for one, n in exact.reasons.items()]
    rows = counts(records, settings)
    told = {row.name: row.n_posts for row in rows if row.n_posts is not None}
    rest = exact.rejected - sum(exact.reasons[reason] for reason in told)
    n_other = rules.rounded(rest, settings.round_to)
    other = {OTHER_REASONS: n_other} if n_other else {}
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


def _coverage(makeup: Mapping[str, Measures], level: Estimate, settings: Settings) -> Coverage:
    authored, left_for = makeup.get("is_authored", ()), makeup.get("left_for", ())
    return Coverage(
        platforms=counts(makeup.get("platform", ()), settings),
        authors=rules.band(max((one.n_within_authors for one in authored), default=0)),
        without_author_percent=_percent(authored, "False", settings),
        judged_percent=_judged_percent(left_for, level, settings),
        left_for=tuple(_named(row) for row in counts(left_for, settings)),
        not_seen=limits.NOT_SEEN,
    )


def _percent(measures: Measures, name: str, settings: Settings) -> int | None:
    n_posts = sum(one.n_posts for one in measures if one.key == (name,))
    n_within = max((one.n_within for one in measures), default=0)
    return rules.percent(n_posts, n_within, settings)


def _judged_percent(left_for: Measures, level: Estimate, settings: Settings) -> int | None:
    """Take it from the number of judged posts as that is told: told twice, it would tell more."""
    rows = {row.name: row.percent for row in counts(left_for, settings)}
    if rows.get("") is not None or level.n_posts is None:
        return rows.get("")
    n_accepted = max(one.n_within for one in left_for)
    return rules.percent(min(level.n_posts, n_accepted), n_accepted, settings)


def _named(row: Count) -> Count:
    return row if row.name else row.model_copy(update={"name": "judged"})


def _languages(measures: Measures, settings: Settings) -> tuple[LanguageCount, ...]:
    """Tell of each language, but not which ones only a few people write in."""
    model = models.load(*settings.judge)
    counted = settings.languages or models.error_rates(model)
    rows = [
        LanguageCount(
            **row.model_dump(), tier=models.tier(model, row.name), counted=row.name in counted
        )
        for row in counts(measures, settings)
    ]
    few = [row for row in rows if row.n_posts is None and not row.counted]
    others = [row.model_copy(update={"name": OTHERS, "tier": "abstains"}) for row in few[:1]]
    return (*(row for row in rows if row not in few), *others)


def _filled(
    told: Mapping[Key, Estimate],
    makeup: Mapping[str, Measures],
    span: Span,
    measured: Collection[str],
    rest: Estimate,
) -> dict[Key, Estimate]:
    """Give each part and each time its row: which of them have one would tell when few wrote."""
    n_days = (span.ends_on - span.starts_on).days + 1
    days = [str(span.starts_on + timedelta(days=n)) for n in range(n_days)]
    values = {
        "language": [name for name in _names(makeup, "language") if name in measured],
        "platform": _names(makeup, "platform"),
        "month": sorted({day[:7] for day in days}),
        "weekday": map(str, range(7)),
        "hour": map(str, range(24)),
        "day": days,
        "scope": sorted(_names(makeup, "scope"), key=SCOPES.index),
        "theme": _names(makeup, "theme"),
    }
    rows = [WHOLE, *((by, value) for by, some in values.items() for value in some)]
    return {key: told.get(key, rest) for key in rows}


def _names(makeup: Mapping[str, Measures], by: str) -> list[str]:
    return sorted(one.key[0] for one in makeup.get(by, ()))


def _prevalence(told: Mapping[Key, Estimate], audit: Audit | None) -> tuple[Prevalence, ...]:
    audited = {WHOLE[0]} | (PARTS - {"language"} if audit and audit.rates else set())
    return tuple(
        Prevalence(
            by=by, value=value, audited=bool(audit) and by in audited, **estimate.model_dump()
        )
        for (by, value), estimate in told.items()
        if by != "day"
    )


def _timeline(told: Mapping[Key, Estimate]) -> tuple[Day, ...]:
    days = [(value, estimate) for (by, value), estimate in told.items() if by == "day"]
    return tuple(
        Day(on=date.fromisoformat(value), **estimate.model_dump())
        for value, estimate in sorted(days, key=lambda day: day[0])
    )


def _places(
    makeup: Mapping[str, Measures], gazetteer: Gazetteer | None, settings: Settings
) -> Places | None:
    """Tell what the posts concern, and which gazetteer decided it, but none of its names."""
    if gazetteer is None:
        return None
    return Places(
        posts=counts(makeup.get("scope", ()), settings),
        gazetteer=gazetteer.digest,
        n_names=gazetteer.n_given,
    )


def _targets(
    measures: Measures, counted: Measures, level: Estimate, settings: Settings
) -> tuple[Target, ...]:
    """Put targets in the order of their printed shares: the exact order would tell more.

    What is counted apart from hate is no part of it, so the whole is no bound for it.
    """
    protected = {
        ("target", one.code) for one in codebook.TARGETS.values() if one.kind == "protected"
    }
    hate = [one for one in measures if one.key in protected]
    apart = [one for one in measures if one.key not in protected]
    told = {**estimates(hate, settings, counted, level), **estimates(apart, settings, counted)}
    if level.n_posts is None:
        told = {}
    rest = level if measures else ABSTAINS
    rows = {name: told.get(("target", name), rest) for name in codebook.GROUPS}
    targets = [Target(target=name, **one.model_dump()) for name, one in rows.items()]
    return tuple(sorted(targets, key=lambda one: (-(one.share or 0), -(one.high or 0), one.target)))
