"""The one way from exports to a report. Read this file first."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import version
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from headwater.landscape import (
    audit,
    debate,
    diary,
    divided,
    engine,
    models,
    publication,
    release,
    scrub,
    themes,
)
from headwater.landscape.analyses import ANALYSES
from headwater.landscape.errors import SettingsError
from headwater.landscape.gazetteer import Gazetteer, read_gazetteer
from headwater.landscape.labelled import Audit, Base
from headwater.landscape.report import Report
from headwater.landscape.report.model import Event, Reading
from headwater.landscape.shapes import (
    Evidence,
    Export,
    Judge,
    Measure,
    Part,
    PostBatch,
    Settings,
    Step,
)
from headwater.landscape.steps import language, places, steps

GROUPINGS = tuple(grouping for one in ANALYSES for grouping in one.groupings)
LATE = {"theme"}  # learnt when all posts are
COLUMNS = tuple(sorted({column for one in GROUPINGS for column in one.columns} - LATE))
OF_DEBATE = {*engine.TERM_COLUMNS, *engine.TRAIL_COLUMNS, *engine.ANSWER_COLUMNS, themes.ABOUT}
HEARD = tuple(sorted({*COLUMNS, *OF_DEBATE} - {"author_key"}))  # authors are kept in any case
SCORE = "hate_probability"  # of single posts: an audit draws by it, a report never needs it
Told = Callable[[int, int], None]
Measures = dict[str, tuple[Measure, ...]]


class Learnt(NamedTuple):
    """All posts, judged and on disk, while the work folder is open."""

    job: engine.Job
    tallies: tuple[engine.Tally, ...]
    posts: engine.Posts
    rules: scrub.Rules
    gazetteer: Gazetteer | None

    def reading(self) -> Reading:
        """Say what became of every record."""
        return engine.reading(self.tallies, self.posts)

    def measures(self, evidence: Evidence, late: Sequence[Step] = ()) -> Measures:
        """Count, and compute exact numbers from the counts."""
        counted = engine.counts(self.posts, GROUPINGS, late)
        return {
            one.name: one.run([counted[grouping] for grouping in one.groupings], evidence)
            for one in ANALYSES
        }

    def debate(self, floor: int) -> debate.Debate:
        """Hear what people suddenly talked of, and what they copied."""
        return debate.heard(self.posts, self.rules.key, floor, self.texts)

    def themes(self, floor: int) -> themes.Heard:
        """Hear what the debate is about."""
        return themes.heard(self.posts, self.rules.key, floor, self.texts)

    def texts(self, rows: NDArray[np.int64]) -> list[str]:
        """Read the texts of these posts once more."""
        return engine.texts(self.job, partial(_scrubbed, rules=self.rules), rows)


def run(exports: Sequence[Export], settings: Settings, told: Told | None = None) -> Report:
    """Read, scrub, learn of, count and publish the posts of these exports.

    Args:
        exports: What to read, as `readers.find` gives it.
        settings: What the town chose.
        told: Called with the number of parts done and of all, as the run goes on.
    """
    events, rules, audited = check(settings)
    with _learnt(exports, settings, rules, HEARD, told) as learnt:
        if not settings.period:  # also where nothing is accepted: they say why
            _write_rejects(learnt, settings)
        reading = learnt.reading()
        about = learnt.themes(settings.floor)
        evidence = _evidence(settings, audited)
        measures = learnt.measures(evidence, about.steps)
        camps = divided.heard(learnt.posts, about.steps, settings.floor, evidence)
        if audited:
            base, model_says = _base(reading, measures, settings), _model_says(measures)
            audited = audit.fitting(audited, base, model_says, settings)
        made = publication.report(measures, reading, events, settings, audited, learnt.gazetteer)
        heard = learnt.debate(settings.floor).beside(measures["courses"], events)
        made = release.told(made, heard, about, camps, settings)
        _refuse_stopped(settings)  # while it was at work
        publication.release(made, settings)
        if settings.period:  # last: a release that is refused changes no file
            _write_rejects(learnt, settings)
        release.wait(heard, about, settings)
    return made


def draw(
    exports: Sequence[Export],
    settings: Settings,
    n_posts: int,
    today: date,
    told: Told | None = None,
) -> audit.Sheet:
    """Read, scrub and learn of these posts as `run` does, and draw some for people to label.

    Args:
        exports: What to read, as `readers.find` gives it.
        settings: Those of the report that the audit is for.
        n_posts: How many people can label.
        today: When they are drawn.
        told: As for `run`.

    Raises:
        SettingsError: The model judged no post.
    """
    publication.check(settings)
    _refuse_stopped(settings)
    models.check_languages(models.load(*settings.judge), settings.languages, is_audited=True)
    rules = scrub.rules(settings)
    with _learnt(exports, settings, rules, (*COLUMNS, SCORE), told) as learnt:
        reading, measures = learnt.reading(), learnt.measures(_evidence(settings, None))
        judged = engine.columns(learnt.posts, (SCORE, "is_hate", "language", "author_key"))
        judged = judged.filter(pc.is_valid(judged[SCORE]))
        if _level(measures) is None:
            raise SettingsError("the model judged none of these posts; there is nothing to audit")
        sample = audit.draw(judged[SCORE].to_numpy(), n_posts, secrets.randbits(64))
        chosen = judged.take(sample.places)
        read = partial(_scrubbed, rules=learnt.rules)
        texts = engine.texts(learnt.job, read, chosen["row"].to_numpy())
    authors = chosen["author_key"].combine_chunks().dictionary_encode().indices.to_numpy()
    drawn = audit.Drawn(
        sample,
        chosen["is_hate"].to_numpy(),
        authors.astype(np.int64),
        today,
        _model_says(measures),
        _base(reading, measures, settings),
    )
    return audit.Sheet(texts, chosen["language"].to_pylist(), drawn)


def check(settings: Settings) -> tuple[tuple[Event, ...], scrub.Rules, Audit | None]:
    """Read what the settings point to and refuse what cannot be run, before a long run."""
    publication.check(settings)
    _refuse_stopped(settings)
    models.check_languages(
        models.load(*settings.judge), settings.languages, is_audited=settings.audit is not None
    )
    events = diary.read(settings.events) if settings.events else ()
    audited = publication.usable(audit.read(settings.audit), settings) if settings.audit else None
    rules = scrub.rules(settings)
    if settings.gazetteer:
        read_gazetteer(settings.gazetteer)
    publication.foresee(settings, datetime.now(UTC))
    return events, rules, audited


def judge(texts: pa.Array, by: Judge) -> PostBatch:
    """Scrub n bare texts and judge each for itself."""
    return _with_steps(scrub.bare(texts), steps(by, counts=False))


def placed(texts: pa.Array, by: places.Known) -> Iterator[places.Placed]:
    """Scrub n bare texts and say of each what it concerns, and by which names."""
    return places.placed(_with_steps(scrub.bare(texts), (language.STEP,)), by)


@contextmanager
def _learnt(
    exports: Sequence[Export],
    settings: Settings,
    rules: scrub.Rules,
    keep: tuple[str, ...],
    told: Told | None,
) -> Iterator[Learnt]:
    """Learn of all posts, and hold what the run may still ask of them."""
    exports = [one.in_zone(settings.timezone) for one in exports]
    named = read_gazetteer(settings.gazetteer) if settings.gazetteer else None
    keep = tuple(one for one in keep if named or one != "scope")
    choices = _choices(exports, rules, settings, keep)
    choices["gazetteer"] = named.digest if named else ""
    with engine.work(settings.work_dir, exports, choices) as work:
        rules = rules._replace(key=work.key)
        some = steps(
            settings.judge,
            counts=True,
            languages=settings.languages,
            gazetteer=named,
            key=work.key if "words" in keep else b"",
        )
        learn = partial(_learn, rules=rules, some=some)
        job = engine.Job(work, exports, learn, keep)
        tallies = engine.each(job, settings.runner, told)
        counted = tuple(one for one in COLUMNS if one in keep)
        yield Learnt(job, tallies, engine.posts(work, counted), rules, named)


def _learn(
    export: Export, part: Part, *, rules: scrub.Rules, some: Sequence[Step]
) -> Iterator[PostBatch]:
    for batch in _scrubbed(export, part, rules=rules):
        yield _with_steps(batch, some)


def _scrubbed(export: Export, part: Part, *, rules: scrub.Rules) -> Iterator[PostBatch]:
    for raw in export.reader.read(part):
        yield scrub.batch(raw, rules)


def _with_steps(batch: PostBatch, some: Sequence[Step]) -> PostBatch:
    for step in some:
        batch = batch.with_columns(step.run(batch))
    return batch


def _refuse_stopped(settings: Settings) -> None:
    if settings.state_dir:
        models.refuse_stopped(models.load(*settings.judge).version, settings.state_dir)


def _evidence(settings: Settings, audited: Audit | None) -> Evidence:
    return Evidence(settings.judge, publication.few(settings), audited)


def _level(measures: Measures) -> Measure | None:
    """Give the share of hate in all posts; None where none was judged."""
    return next((one for one in measures["prevalence"] if one.key == publication.WHOLE), None)


def _model_says(measures: Measures) -> audit.Interval:
    """Give the model's own corrected estimate, which no audit enters."""
    level = _level(measures)
    return audit.Interval(level.share, level.low, level.high) if level else audit.ANYTHING


def _base(reading: Reading, measures: Measures, settings: Settings) -> Base:
    """Say which posts the numbers are of."""
    level = _level(measures)
    return Base(
        place=settings.place,
        model=models.load(*settings.judge).version,
        lines=reading.lines,
        accepted=reading.accepted,
        n_judged=level.n_within if level else 0,
        n_flagged=level.n_posts if level else 0,
    )


def _write_rejects(learnt: Learnt, settings: Settings) -> None:
    if settings.rejects_file:
        mode = 0o777 if settings.period else 0o700
        settings.rejects_file.parent.mkdir(mode, parents=True, exist_ok=True)
        engine.write_rejects(learnt.job, learnt.tallies, settings.rejects_file)


def _choices(
    exports: Sequence[Export], rules: scrub.Rules, settings: Settings, keep: tuple[str, ...]
) -> dict[str, str]:
    """Give what the parts depend on: a run that differs in these starts anew."""
    read_as = [sorted(one.reader.describe(one.parts[0]).items()) for one in exports]
    return {
        "read_as": repr(read_as),
        "timezone": rules.timezone,
        "period": rules.period.name if rules.period else "",
        "objections": " ".join(sorted(rules.objections)),
        "model": models.load(*settings.judge).version,
        "judge": " ".join(settings.judge),
        "languages": " ".join(sorted(settings.languages)),
        "headwater": version("headwater"),
        "columns": " ".join(keep),
    }
