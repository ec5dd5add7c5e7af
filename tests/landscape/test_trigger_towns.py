"""What set people talking and which words rise: what is planted in towns, and events of two years."""

import csv
import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import mean

import pyarrow.parquet as pq
import pytest

from headwater.landscape import Judge, Settings, find, run, sample

N_SEEDS = int(os.environ.get("HEADWATER_SEEDS", "20"))
BESIDE = Path(__file__).parents[3] / "shared" / "data"
TIMELINE = Path(os.environ.get("HEADWATER_DATA", BESIDE)) / "timeline/telegram_2021_2022.parquet"
NEAR = timedelta(days=3)
EVENTS = {  # of these two years, and the word that names each
    "capitol": date(2021, 1, 6),
    "rittenhouse": date(2021, 11, 19),
    "ukraine": date(2022, 2, 24),
    "buffalo": date(2022, 5, 14),
    "queen": date(2022, 9, 8),
    "stream": date(2022, 9, 26),
}
LEAST_EVENTS = 5


def stories(exports, folder, timezone="UTC"):
    """Make a report; give its triggers, and the candidates that tell them."""
    settings = Settings(
        "Fjordby (fictional)",
        folder / "work",
        timezone=timezone,
        judge=Judge("fast"),
        candidates_file=folder / "candidates.csv",
    )
    made = run(find([str(exports)]), settings)
    rows = candidates(folder)
    return made, {
        one: {term for why, term in rows if why == f"talked of from {one.talked_of_from}"}
        for one in made.triggers
    }


def candidates(folder):
    """Give why terms wait, and the terms."""
    with (folder / "candidates.csv").open(encoding="utf-8-sig") as file:
        return [(row["why"], row["term"]) for row in csv.DictReader(file)]


def shifted(folder):
    """Give the terms that are used more, again or less."""
    return {term for why, term in candidates(folder) if why.startswith("used ")}


def disguised(folder):
    """Give the words that are written in disguise, and by how many people."""
    return {
        term: int(why.split()[-2])
        for why, term in candidates(folder)
        if why.startswith("written in disguise by ")
    }


def town(folder, seed):
    truth = json.loads(sample.write(folder / "town", seed=seed).read_text())
    made, found = stories(folder / "town", folder, truth["timezone"])
    return truth, made, found


def misses(truth, made):
    """Give the planted triggers that no story tells."""
    return [
        one["name"]
        for one in truth["triggers"]
        if not any(_told(story, one["starts_on"], one["ends_on"]) for story in made.triggers)
    ]


def strays(truth, made, found):
    """Give the stories that tell nothing planted: no trigger, no campaign, no word that rises."""
    rising = {one["term"] for one in truth["terms"]}
    spans = [(one["starts_on"], one["ends_on"]) for one in truth["triggers"]]
    spans += [(one["starts_at"][:10], one["ends_at"][:10]) for one in truth["campaigns"]]
    return [
        story.starts_on
        for story in made.triggers
        if not found[story] & rising and not any(_told(story, *span) for span in spans)
    ]


def _told(story, first, last):
    return (
        date.fromisoformat(first) - timedelta(days=1)
        <= story.peaks_on
        <= date.fromisoformat(last) + timedelta(days=1)
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_each_planted_trigger_is_told(seed, tmp_path):
    truth, made, found = town(tmp_path, seed)
    assert misses(truth, made) == []
    assert len(strays(truth, made, found)) <= 1
    assert shifted(tmp_path) == {one["term"] for one in truth["terms"]}
    planted = {one["term"]: one["in_disguise"] for one in truth["terms"] if one["in_disguise"]}
    found = disguised(tmp_path)
    assert found.keys() == planted.keys()
    for term, n_people in found.items():  # a slip of the pen hides one or two
        assert planted[term] - 3 <= n_people <= planted[term]


@pytest.mark.long
def test_in_every_town_the_planted_triggers_are_told_and_hardly_another(tmp_path):
    missed, stray, campaigns, others = [], [], [], []
    for seed in range(1, N_SEEDS + 1):
        truth, made, found = town(tmp_path / str(seed), seed)
        missed += [(seed, name) for name in misses(truth, made)]
        stray.append(len(strays(truth, made, found)))
        rising = {one["term"] for one in truth["terms"]}
        words = shifted(tmp_path / str(seed))
        missed += [(seed, term) for term in rising - words]
        others.append(len(words - rising))
        hasty = [one for one in made.spread.copied if one.code == "copied_in_haste"]
        campaigns.append([str(one.on) for one in hasty])
        begun = datetime.fromisoformat(truth["campaigns"][0]["starts_at"]).date()
        assert any(abs(one.on - begun) <= timedelta(days=1) for one in hasty), seed
    assert missed == []
    assert mean(stray) <= 1, stray
    assert mean(others) <= 1, others
    assert all(len(one) == 1 for one in campaigns), campaigns


@pytest.mark.long
@pytest.mark.skipif(not TIMELINE.exists(), reason="the research data's timeline is not here")
def test_known_events_are_among_the_strongest_stories_of_two_years(tmp_path):
    table = pq.read_table(TIMELINE, columns=["posted_at", "channel", "message_id", "text"])
    with (tmp_path / "channels.ndjson").open("w") as file:
        for at, row in enumerate(table.to_pylist()):
            post = {"id": f"{row['channel']}-{row['message_id']}-{at}", "text": row["text"]}
            post |= {"author": row["channel"], "community": row["channel"], "platform": "telegram"}
            post["created_at"] = row["posted_at"].isoformat()
            file.write(json.dumps(post) + "\n")
    _, found = stories(tmp_path / "channels.ndjson", tmp_path)
    talk = [one for one in found if one.people is not None]
    strongest = sorted(talk, key=lambda one: one.expected - one.people)[:20]
    told = [
        name
        for name, on in EVENTS.items()
        if any(
            abs(one.peaks_on - on) <= NEAR and any(name in term for term in found[one])
            for one in strongest
        )
    ]
    assert len(told) >= LEAST_EVENTS, told
