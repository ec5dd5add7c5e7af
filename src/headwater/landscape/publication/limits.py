"""What a report cannot tell, in plain words with a code that software may read."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from headwater.landscape import codebook, models
from headwater.landscape.labelled import Audit
from headwater.landscape.publication import rules
from headwater.landscape.report.model import Limit
from headwater.landscape.shapes import Measure, Settings

NOT_SEEN = (
    "Closed groups, private chats, games, voice and video were not read.",
    "What was deleted before the export is not in it.",
    "Platforms, pages and channels that nobody exported are not in it.",
    "What is said offline is not in it; it often weighs more.",
    "Times that an export gives without a zone were taken as the place's own, or as UTC where the "
    "format says so.",
)
COMPARED = "The model's false alarms differ between groups by less than a quarter of the estimate."
NOT_COMPARED = (
    "The model takes harmless posts about some groups for hate more often than about others, and "
    "that difference is too large beside the estimate. Until people have checked enough posts of each "
    "group, the numbers are no ranking of groups, in whatever order they stand."
)
DEFINITIONS = (
    "Hate: an attack at people because of a protected ground. Hostility at political opponents is "
    f"counted apart, never as hate. Codebook {codebook.VERSION}."
)
LEAST_ALPHA = 0.4  # of what is called moderate: Landis and Koch, Biometrics 33 (1977)
TEXTS = {  # by code, in the order of the page
    "unaudited": "No person has checked a sample of the model's answers yet.",
    "contradicted": "What people found and the model's own corrected estimate lie further apart than "
    "the errors of both explain. Find out why before building on either.",
    "agree_little": "Those who labelled agreed little on what is hate (Krippendorff's alpha below "
    f"{LEAST_ALPHA:g}). Let them talk about the codebook and label anew before building on the share.",
    "few_labels": "Of hate against {unsure} few posts were ever labelled, so what the model says of them "
    "is of low confidence.",
    "posts_not_people": "Shares are of posts. A few people write most of them.",
    "text_not_attitude": "Irony, quotation and in-group talk are misread.",
    "working_report": "A working report, for the analyst: not for release.",
    "few_posts": "Too few posts for a rate: read more before concluding.",
    "no_authors": "Hardly any post came with its author, so each page or channel counts as one "
    "author and little can be shown. Export with authors, or name their column.",
    "ends_early": "Hardly any judged post is of the period's last week: the exports may be older "
    "than its end. What was written after them is missing for good.",
    "languages_left": "Posts in languages that are not counted are not judged; the table of languages says which.",
}
ALWAYS = ("posts_not_people", "text_not_attitude", "languages_left")
LAST_DAYS = timedelta(days=7)
Measures = Sequence[Measure]


def of(
    makeup: Mapping[str, Measures],
    days: Measures,
    settings: Settings,
    audit: Audit | None = None,
    *,
    tells_audit: bool = False,
) -> tuple[Limit, ...]:
    """List the limits of this report; of what people found only where that is told."""
    found = audit if tells_audit else None
    n_posts = max((one.n_within for one in makeup.get("month", ())), default=0)
    holds = dict.fromkeys(ALWAYS, True) | {
        "unaudited": audit is None,
        "contradicted": found is not None and found.disagrees,
        "agree_little": found is not None and found.alpha is not None and found.alpha < LEAST_ALPHA,
        "working_report": settings.period is None,
        "few_posts": n_posts < rules.BASE_POSTS,
        "no_authors": _few_signed(makeup.get("is_authored", ()), settings),
        "ends_early": _falls_silent(days, settings),
    }
    unsure = _unsure(settings)
    holds["few_labels"] = bool(unsure)
    told = {code: text.format(unsure=unsure) for code, text in TEXTS.items() if holds[code]}
    return tuple(Limit(code=code, text=text) for code, text in told.items())


def _unsure(settings: Settings) -> str:
    """Name the groups of which the model has seen few labels."""
    groups = models.unsure_groups(models.load(*settings.judge))
    *others, last = [codebook.TARGETS[one].label for one in groups] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _falls_silent(days: Measures, settings: Settings) -> bool:
    """Say so below the posts of any shown number alike, be it none or a few."""
    if settings.period is None:
        return False
    since = settings.period.last_on - LAST_DAYS
    last = [one for one in days if date.fromisoformat(one.key[1]) > since]
    return sum(one.n_within for one in last) < max(rules.POSTS, settings.floor)


def _few_signed(signed: Measures, settings: Settings) -> bool:
    """Say so below the floor alike, be it nobody who signed or a few."""
    return not any(one.key == ("True",) and one.n_authors >= settings.floor for one in signed)
