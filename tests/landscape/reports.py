"""Made-up reports: a full one, one of 300 posts, and one with hostile words everywhere."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from headwater.landscape.report.model import (
    Audited,
    Count,
    Coverage,
    Day,
    Disguise,
    ErrorRate,
    Event,
    LanguageCount,
    Limit,
    MadeWith,
    Method,
    Move,
    Places,
    Positive,
    Prevalence,
    Reading,
    Report,
    Shift,
    Span,
    Target,
    Theme,
    Trend,
    Trigger,
    Why,
)
from headwater.landscape.report.polarisation import Division
from headwater.landscape.report.spread import Arrival, Copied, Order, Pace, SizeCount, Spread

FIRST = date(2026, 1, 1)
HOSTILE = (
    "<script>alert(1)</script>",
    "=HYPERLINK(0)",
    "\u202eevil\u202c",
    '"><img src=x onerror=alert(1)>',
    "</style><b>",
    "{{ 7 * 7 }}",
)


def full(**changes: Any) -> Report:
    """Return a quarter of a fictional town: 20,000 records."""
    return Report(**({**_common(), **_full()} | changes))


def small(**changes: Any) -> Report:
    """Return a working report on 300 posts, too few for any rate."""
    return Report(**({**_common(), **_small()} | changes))


def comparing(**changes: Any) -> Report:
    """Return the full report where groups may be compared."""
    method = full().method.model_copy(
        update={"compares_groups": True, "compares_groups_why": "The error rates are alike."}
    )
    return full(method=method, **changes)


def placed(**changes: Any) -> Report:
    """Return the full report of a town that gave a gazetteer."""
    posts = (("unplaced", 15200, 76), ("local", 3810, 19), ("elsewhere", 865, 4))
    places = Places(
        posts=tuple(Count(name=name, n_posts=n, percent=of_all) for name, n, of_all in posts),
        gazetteer="0" * 64,
        n_names=412,
    )
    shares = (
        _share("scope", "local", 3600, 0.031, 0.014, 0.049),
        _share("scope", "elsewhere", 820, 0.052, 0.021, 0.085),
        _share("scope", "unplaced", 14000, 0.017, 0.008, 0.028),
    )
    return full(places=places, prevalence=(*full().prevalence, *shares), **changes)


def audited(**changes: Any) -> Report:
    """Return the full report where people have labelled a sample."""
    rates = {"sensitivity": 0.6, "sensitivity_sd": 0.1}
    alarms = {"false_positive_rate": 0.004, "false_positive_rate_sd": 0.001}
    audit = Audited(
        drawn_on=date(2026, 4, 2),
        method="stratified PPI++",
        n_posts=1000,
        n_labels=1064,
        alpha=0.81,
        positive_agreement=0.84,
        **rates,
        **alarms,
    )
    method = full().method.model_copy(update={"estimate": "audited", "audit": audit})
    prevalence = tuple(
        one.model_copy(update={"audited": one.by != "language"}) for one in full().prevalence
    )
    limits = tuple(one for one in full().limits if one.code != "unaudited")
    positive = Positive(n_posts=18_000, share=0.18, low=0.11, high=0.26, alpha=0.71)
    return full(
        **{"method": method, "prevalence": prevalence, "limits": limits, "positive": positive}
        | changes
    )


def hostile() -> Report:
    """Return the full report with a hostile string in every free text."""
    return Report.model_validate(_poison(_with_all_lists().model_dump(mode="json"), iter(_turns())))


def _turns() -> Iterable[str]:
    while True:
        yield from HOSTILE


FREE = {"place", "name", "headwater", "model", "codebook", "publication_rules", "authors", "value"}
FREE |= {"target", "term", "code", "text", "language"}
FREE |= {
    "left",
    "came",
    "one",
    "other",
    "communities",
    "correction",
    "compares_groups_why",
    "definitions",
    "timezone",
    "terms",
    "theme",
    "not_seen",
}

CODES = {
    "copied_in_haste",
    "copied_widely",
    "rising",
    "returning",
    "falling",
    "company_changed",
    "positive_found",
    "written_in_disguise",
}  # no free text: others are refused
CODES |= {"themes_polarised", "camps_apart", "camps_mix", "hostile_across", "hostile_inside"}


def _poison(data: Any, turns: Any, key: str = "") -> Any:
    if isinstance(data, dict):
        poisoned = {name: _poison(value, turns, name) for name, value in data.items()}
        if "reasons" in poisoned:
            poisoned["reasons"] = {next(turns): number for number in data["reasons"].values()}
        return poisoned
    if isinstance(data, list):
        return [_poison(value, turns, key) for value in data]
    is_free = key in FREE and isinstance(data, str) and data not in CODES
    return f"{next(turns)} {data}" if is_free else data


def _with_all_lists() -> Report:
    trigger = Trigger(
        code="hate-burst-2026-02-03",
        starts_on=date(2026, 2, 3),
        peaks_on=date(2026, 2, 4),
        ends_on=date(2026, 2, 6),
        kind="hate",
        n_posts=60,
        people=55,
        expected=10,
        terms=("town hall", "vote"),
        events=(Event(on=date(2026, 2, 3), what="The council votes", where="town hall"),),
    )
    shifts = (
        Shift(
            term="new word",
            code="rising",
            since=date(2026, 2, 2),
            people=140,
            expected=30,
            times_low=3,
            times_high=10,
        ),
        Shift(
            term="harbour lights fair",
            code="returning",
            since=date(2026, 3, 2),
            silent_from=date(2026, 1, 12),
            people=60,
            expected=0,
            times_low=5,
            times_high=None,
        ),
        Shift(
            term="gardens",
            code="falling",
            since=date(2026, 2, 9),
            people=None,
            expected=90,
            times_low=5,
            times_high=20,
        ),
    )
    move = Move(
        term="allotment",
        left="housing",
        came="unnamed-1",
        since=date(2026, 2, 14),
        percent_before=10,
        percent_since=70,
        percent_step=10,
    )
    theme = Trigger(
        code="theme-housing-level-2026-01-20",
        kind="theme",
        theme="housing",
        shape="level",
        starts_on=date(2026, 1, 20),
        peaks_on=date(2026, 1, 28),
        ends_on=date(2026, 2, 28),
        n_posts=240,
        expected_posts=120,
        times=2,
        peak_times=2.5,
        events=(Event(on=date(2026, 1, 19), what="Rents rise", where="harbour"),),
        link="followed",
    )
    themes = (
        Theme(name="housing", n_posts=250, percent=12, terms=("rent", "queue")),
        Theme(name="unnamed-1", n_posts=100, percent=5),
        Theme(name="none", n_posts=None, percent=None, why=Why.FEW_AUTHORS),
    )
    lists = {
        "triggers": (trigger, theme),
        "shifts": shifts,
        "moves": (move,),
        "disguises": (Disguise(term="quaycash", people=75, percent=40, percent_step=20),),
        "themes": themes,
        "trends": tuple(trends()),
    }
    limits = (*full().limits, Limit(code="division_is_of_texts", text="What people write"))
    return full(spread=spread(), polarisation=polarisation(), limits=limits, **lists)


def trends() -> Iterable[Trend]:
    """Give half a year of two themes: one grows, one hardly moves."""
    for at in range(6):
        month = f"{2025 + (at + 9) // 12}-{(at + 9) % 12 + 1:02}"
        yield Trend(theme="housing", month=month, percent=8 + 2 * at, percent_step=1)
        yield Trend(theme="unnamed-1", month=month, percent=at % 2, percent_step=2)


def polarisation() -> tuple[Division, ...]:
    """Return how far themes divide: one that does, one of which little is told."""
    untold = dict.fromkeys(Division.model_fields.keys() - {"theme", "codes"})
    level = Division(
        theme="all",
        esteban_ray=0.0119,
        esteban_ray_low=0.0058,
        esteban_ray_high=0.0272,
        crossing_percent=46,
        e_i=-0.08,
        expected_e_i=0.28,
        expected_e_i_low=0.16,
        expected_e_i_high=0.44,
        hostile_across=0.034,
        hostile_across_low=0.021,
        hostile_across_high=0.052,
        hostile_inside=0.012,
        hostile_inside_low=0.004,
        hostile_inside_high=0.021,
        hostile_more=0.022,
        hostile_more_low=0.005,
        hostile_more_high=0.04,
        codes=("camps_apart", "hostile_across"),
    )
    housing = level.model_copy(
        update={
            "theme": "housing",
            "esteban_ray": 0.0741,
            "esteban_ray_low": 0.0511,
            "esteban_ray_high": 0.1016,
            "crossing_percent": 60,
            "e_i": 0.2,
            "hostile_more_low": -0.01,
            "codes": ("themes_polarised",),
        }
    )
    little = Division(**{**untold, "theme": "unnamed-1", "esteban_ray": 0.002})
    little = little.model_copy(update={"esteban_ray_low": 0.0, "esteban_ray_high": 0.013})
    return level, housing, little


def spread() -> Spread:
    """Return how content travelled, with a text that was copied in haste and one that was not."""
    sizes = (("1", 12_000, 63), ("2 to 4", 4_200, 22), ("5 to 9", 1_500, 8), ("10 to 49", 1_300, 7))
    first = Arrival(platform="bluesky", after_hours=0)
    hasty = Copied(
        code="copied_in_haste",
        on=date(2026, 2, 12),
        n_posts=40,
        authors=40,
        expected=10,
        chance=1e-9,
        within_hours=6,
        communities="3 to 9",
        arrivals=(first, Arrival(platform="news", after_hours=3)),
        terms=("gardens", "seaside"),
    )
    slow = {"code": "copied_widely", "expected": None, "chance": None, "within_hours": 720}
    rest = {"on": date(2026, 3, 1), "n_posts": 90, "authors": 60, "terms": ()}
    return Spread(
        sizes=(
            *(SizeCount(of="texts", name=name, n_posts=n, percent=of) for name, n, of in sizes),
            SizeCount(of="texts", name="50 to 199", n_posts=None, percent=None, why=Why.ONE_AUTHOR),
            SizeCount(of="links", name="1", n_posts=18_000, percent=95),
            SizeCount(of="links", name="2 to 4", n_posts=1_000, percent=5),
        ),
        paces=(
            Pace(of="texts", passed_on_percent=10, percent_step=1, half_within_hours=168),
            Pace(of="links", passed_on_percent=0, percent_step=2, half_within_hours=None),
        ),
        orders=(
            Order(
                of="texts",
                one="bluesky",
                other="mastodon",
                n_both=410,
                one_first_percent=70,
                other_first_percent=25,
                percent_step=5,
                gap_hours=24,
            ),
        ),
        copied=(hasty, hasty.model_copy(update=slow | rest | {"arrivals": (first,)})),
    )


def with_all_lists() -> Report:
    """Return the full report with a trigger, a term and a theme."""
    return _with_all_lists()


def _common() -> dict[str, Any]:
    return {
        "place": "Fjordby (fictional)",
        "period": Span(
            starts_on=FIRST, ends_on=date(2026, 3, 31), name="2026-Q1", timezone="Europe/Copenhagen"
        ),
        "made_with": MadeWith(
            headwater="0.1.0", model="hate-linear 1", codebook="1.0", publication_rules="1"
        ),
        "limits": (
            Limit(code="unaudited", text="No person has checked a sample of the posts by hand."),
            Limit(
                code="deleted", text="Posts that were deleted before the export are not counted."
            ),
            Limit(
                code="irony",
                text="The model reads words, not tone: it misses irony, coded words and pictures, and "
                "it may mistake a quotation for hate.",
            ),
        ),
        "method": _method(),
    }


def _method() -> Method:
    rates = (("en", 0.78, 0.982), ("de", 0.71, 0.987), ("da", 0.66, 0.979))
    return Method(
        estimate="model",
        correction="Rogan-Gladen, with the variance of both error rates and between sources",
        error_rates=tuple(
            ErrorRate(
                language=language,
                threshold=0.5,
                sensitivity=sensitivity,
                sensitivity_sd=0.04,
                false_positive_rate=round(1 - specificity, 3),
                false_positive_rate_sd=0.004,
                n_hate=1200,
                n_other=5400,
            )
            for language, sensitivity, specificity in rates
        ),
        compares_groups=False,
        compares_groups_why="The model wrongly flags harmless posts more often for some groups than "
        "for others, and nobody has checked a sample by hand. A ranking could come from that alone.",
        floor=10,
        round_to=5,
        definitions="Hate is an attack at people because of a protected ground. Offence or shock "
        "alone is not hate.",
    )


def _full() -> dict[str, Any]:
    return {
        "reading": Reading(
            lines=20480,
            accepted=19875,
            rejected=145,
            duplicate=460,
            reasons={"private_chat": 88, "no_text": 41, "bad_json": 12, "absurd_date": 4},
        ),
        "coverage": Coverage(
            platforms=(
                Count(name="youtube", n_posts=6240, percent=31),
                Count(name="mastodon", n_posts=4915, percent=25),
                Count(name="reddit", n_posts=4480, percent=23),
                Count(name="telegram", n_posts=3120, percent=16),
                Count(name="news", n_posts=1120, percent=6),
            ),
            authors="1,000 to 4,999",
            without_author_percent=6,
            judged_percent=93,
            left_for=(
                Count(name="language", n_posts=905, percent=5),
                Count(name="length", n_posts=480, percent=2),
            ),
            not_seen=(
                "Private chats, closed groups and direct messages.",
                "Facebook, Instagram and TikTok: no export was given.",
                "Pictures, sound and video.",
            ),
        ),
        "languages": (
            LanguageCount(name="en", n_posts=9815, percent=49, tier="measured", counted=True),
            LanguageCount(name="de", n_posts=6240, percent=31, tier="measured", counted=True),
            LanguageCount(name="da", n_posts=2915, percent=15, tier="transferred", counted=False),
            LanguageCount(name="so", n_posts=620, percent=3, tier="abstains", counted=False),
            LanguageCount(
                name="fo",
                n_posts=None,
                percent=None,
                tier="abstains",
                counted=False,
                why=Why.FEW_AUTHORS,
            ),
            LanguageCount(
                name="is",
                n_posts=None,
                percent=None,
                tier="abstains",
                counted=False,
                why=Why.SECONDARY,
            ),
        ),
        "prevalence": tuple(_prevalence()),
        "targets": tuple(_targets()),
        "timeline": tuple(_days()),
    }


def _prevalence() -> Iterable[Prevalence]:
    yield _share("all", "all", 18490, 0.021, 0.011, 0.032)
    yield _share("language", "en", 9815, 0.019, 0.008, 0.03)
    yield _share("language", "de", 6240, 0.028, 0.014, 0.042)
    yield Prevalence(
        by="language",
        value="da",
        n_posts=2915,
        share=None,
        low=None,
        high=0.04,
        why=Why.UPPER_BOUND,
    )
    platforms = (("youtube", 0.03), ("mastodon", 0.007), ("reddit", 0.015), ("telegram", 0.048))
    for platform, share in platforms:
        yield _share("platform", platform, 4500, share, share - 0.006, share + 0.011)
    yield _hidden("platform", "news", Why.SMALL_BASE)
    for month, share in (("2026-01", 0.014), ("2026-02", 0.033), ("2026-03", 0.017)):
        yield _share("month", month, 6165, share, share - 0.006, share + 0.007)
    for weekday in range(7):
        share = 0.018 + weekday * 0.001
        yield _share("weekday", str(weekday), 2640, round(share, 3), share - 0.01, share + 0.01)
    for hour in range(24):
        if hour < 6:
            yield _hidden("hour", str(hour), Why.SMALL_BASE)
        else:
            share = 0.012 + abs(hour - 14) * 0.0015
            yield _share("hour", str(hour), 1000, round(share, 3), share - 0.01, share + 0.016)


def _share(by: Any, value: str, n_posts: int, share: float, low: float, high: float) -> Prevalence:
    return Prevalence(
        by=by, value=value, n_posts=n_posts, share=share, low=round(low, 3), high=round(high, 3)
    )


def _hidden(by: Any, value: str, why: Why) -> Prevalence:
    return Prevalence(by=by, value=value, n_posts=None, share=None, low=None, high=None, why=why)


def _targets() -> Iterable[Target]:
    shares = {"women": 0.005, "lgbtq": 0.003, "muslims": 0.008, "migrants_refugees": 0.006}
    for target, share in shares.items():
        yield Target(
            target=target,
            n_posts=18490,
            share=share,
            low=round(share - 0.002, 3),
            high=round(share + 0.003, 3),
        )
    for target, why in (("jews", Why.UPPER_BOUND), ("black", Why.UPPER_BOUND)):
        yield Target(target=target, n_posts=18490, share=None, low=None, high=0.002, why=why)
    for target in ("roma_travellers", "disabled", "asian", "other_ethnicity_religion"):
        yield Target(
            target=target, n_posts=None, share=None, low=None, high=None, why=Why.FEW_AUTHORS
        )
    yield Target(target="political", n_posts=18490, share=0.02, low=0.013, high=0.028)


def days(n_days: int) -> tuple[Day, ...]:
    """Return so many days, each with a share of hate."""
    return tuple(
        Day(
            on=FIRST + timedelta(days=number),
            n_posts=600 + 5 * (number % 7),
            share=0.02 + number % 5 / 1000,
            low=0.012,
            high=0.031,
        )
        for number in range(n_days)
    )


def _days() -> Iterable[Day]:
    for number in range(90):
        on = FIRST + timedelta(days=number)
        busy = on in (date(2026, 2, 4), date(2026, 2, 5), date(2026, 3, 12))
        n_posts = 5 * (40 + (number * 7) % 13 - 12 * (on.weekday() > 4) + 90 * busy)
        if not busy:
            yield Day(on=on, n_posts=n_posts, share=None, low=None, high=None, why=Why.SMALL_BASE)
        else:
            yield Day(on=on, n_posts=n_posts, share=0.06, low=0.04, high=0.085)


def _small() -> dict[str, Any]:
    days = [
        Day(
            on=FIRST + timedelta(days=number),
            n_posts=n_posts,
            share=None,
            low=None,
            high=None,
            why=why,
        )
        for number, (n_posts, why) in enumerate(
            [(25, Why.SMALL_BASE), (None, Why.FEW_AUTHORS), (40, Why.SMALL_BASE)] * 4
        )
    ]
    return {
        "period": Span(
            starts_on=FIRST, ends_on=date(2026, 1, 31), name=None, timezone="Europe/Copenhagen"
        ),
        "reading": Reading(
            lines=304, accepted=300, rejected=3, duplicate=1, reasons={"no_text": 3}
        ),
        "coverage": Coverage(
            platforms=(Count(name="mastodon", n_posts=300, percent=100),),
            authors="50 to 199",
            without_author_percent=0,
            judged_percent=97,
            left_for=(Count(name="language", n_posts=None, percent=None, why=Why.FEW_AUTHORS),),
            not_seen=("Private chats, closed groups and direct messages.",),
        ),
        "languages": (
            LanguageCount(name="en", n_posts=300, percent=100, tier="measured", counted=True),
        ),
        "prevalence": (
            _hidden("all", "all", Why.SMALL_BASE),
            _hidden("language", "en", Why.SMALL_BASE),
            _hidden("platform", "mastodon", Why.SMALL_BASE),
            _hidden("month", "2026-01", Why.SMALL_BASE),
            *(_hidden("weekday", str(day), Why.SMALL_BASE) for day in range(7)),
            *(_hidden("hour", str(hour), Why.SMALL_BASE) for hour in range(24)),
        ),
        "targets": tuple(
            Target(target=code, n_posts=None, share=None, low=None, high=None, why=Why.SMALL_BASE)
            for code in ("women", "lgbtq", "muslims", "jews")
        ),
        "timeline": tuple(days),
    }


ALL = [full, small, comparing, audited, placed, with_all_lists, hostile]
