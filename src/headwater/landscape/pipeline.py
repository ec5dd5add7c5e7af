"""The one way from exports to a report. Read this file first."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

import pyarrow as pa

from headwater.landscape import diary, engine, models, publication, scrub
from headwater.landscape.analyses import ANALYSES
from headwater.landscape.report import Report
from headwater.landscape.report.model import Event
from headwater.landscape.shapes import Effort, Export, Part, PostBatch, Settings, Step
from headwater.landscape.steps import steps

COLUMNS = tuple(
    sorted(
        {
            column
            for one in ANALYSES
            for grouping in one.groupings
            for column in (*grouping.within, *grouping.by, grouping.among)
            if column is not None
        }
    )
)


def run(
    exports: Sequence[Export],
    settings: Settings,
    told: Callable[[int, int], None] | None = None,
) -> Report:
    """Read, scrub, learn of, count and publish the posts of these exports.

    Args:
        exports: What to read, as `readers.find` gives it.
        settings: What the town chose.
        told: Called with the number of parts done and of all, as the run goes on.
    """
    events, rules = check(settings)
    exports = [one.in_zone(settings.timezone) for one in exports]
    with engine.work(settings.work_dir, exports, _choices(exports, rules, settings.effort)) as work:
        learn = partial(_learn, rules=rules._replace(key=work.key), effort=settings.effort)
        job = engine.Job(work, exports, learn, COLUMNS)
        tallies = engine.each(job, settings.runner, told)
        if not settings.period:  # also where nothing is accepted: they say why
            _write_rejects(job, tallies, settings)
        posts = engine.posts(work, COLUMNS)
        reading = engine.reading(tallies, posts)
        counted = engine.counts(posts, [one for some in ANALYSES for one in some.groupings])
        measures = {
            one.name: one.run([counted[grouping] for grouping in one.groupings], settings.effort)
            for one in ANALYSES
        }
        made = publication.report(measures, reading, events, settings)
        publication.release(made, settings)
        if settings.period:  # last: a release that is refused changes no file
            _write_rejects(job, tallies, settings)
    return made


def check(settings: Settings) -> tuple[tuple[Event, ...], scrub.Rules]:
    """Read what the settings point to and refuse what cannot be run, before a long run."""
    publication.check(settings)
    events = diary.read(settings.events) if settings.events else ()
    rules = scrub.rules(settings)
    publication.foresee(settings, datetime.now(UTC))
    return events, rules


def _write_rejects(job: engine.Job, tallies: Sequence[engine.Tally], settings: Settings) -> None:
    if settings.rejects_file:
        mode = 0o777 if settings.period else 0o700
        settings.rejects_file.parent.mkdir(mode, parents=True, exist_ok=True)
        engine.write_rejects(job, tallies, settings.rejects_file)


def judge(texts: pa.Array, effort: Effort) -> PostBatch:
    """Scrub n bare texts and judge each for itself."""
    return _learnt(scrub.bare(texts), steps(effort, counts=False))


def _learn(
    export: Export, part: Part, *, rules: scrub.Rules, effort: Effort
) -> Iterator[PostBatch]:
    for raw in export.reader.read(part):
        yield _learnt(scrub.batch(raw, rules), steps(effort, counts=True))


def _learnt(batch: PostBatch, some: Sequence[Step]) -> PostBatch:
    for step in some:
        batch = batch.with_columns(step.run(batch))
    return batch


def _choices(exports: Sequence[Export], rules: scrub.Rules, effort: Effort) -> dict[str, str]:
    """Give what the parts depend on: a run that differs in these starts anew."""
    read_as = [sorted(one.reader.describe(one.parts[0]).items()) for one in exports]
    return {
        "read_as": repr(read_as),
        "timezone": rules.timezone,
        "period": rules.period.name if rules.period else "",
        "objections": " ".join(sorted(rules.objections)),
        "model": models.load(effort).version,
        "effort": effort,
        "headwater": version("headwater"),
        "columns": " ".join(COLUMNS),
    }
