"""The fictional town: what it claims to hold is what its files hold."""

import csv
import json
import re
from collections import Counter
from random import Random
from urllib.parse import urlsplit

import pytest

from headwater.landscape import codebook, sample
from headwater.landscape.errors import SettingsError
from headwater.landscape.sample import tables, talk, town

LANGUAGES = ("en", "de", "da")
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    sample.write(folder)
    return folder


@pytest.fixture(scope="module")
def posts():
    rng = Random(1)  # noqa: S311
    return talk.posts(rng, town.found(rng, 20_000))


@pytest.fixture(scope="module")
def truth(folder):
    return json.loads((folder / "truth.json").read_bytes())


@pytest.fixture(scope="module")
def records(folder):
    """Every record of every file, as id and whether it is a sound and public post."""
    return {path: list(read(folder / path)) for path, read in RECORDS.items()}


@pytest.fixture(scope="module")
def raw(folder):
    """What the files say, each phrase once: a search through it is a search through all."""
    texts = ((folder / path).read_text(errors="replace") for path in RECORDS)
    return "\n".join({phrase for text in texts for phrase in re.split(r'["\n]', text)})


def bluesky(path):
    for post in json_lines(path):
        yield post and (post["post"]["uri"], True)


def mastodon(path):
    for status in json.loads(path.read_bytes()):
        yield status["id"], status["visibility"] in ("public", "unlisted")


def reddit(path):
    for comment in json_lines(path):
        yield comment and (comment["id"], comment["body"] != "[removed]")


def telegram(path):
    chat = json.loads(path.read_bytes())
    for message in chat["messages"]:
        is_open = chat["type"].startswith("public")
        yield message["id"], is_open and message["type"] == "message"


def youtube(path):
    for page in json_lines(path):
        if page is None:
            yield None
            continue
        for thread in page["items"]:
            yield thread["snippet"]["topLevelComment"]["id"], True
            for answer in thread.get("replies", {"comments": []})["comments"]:
                yield answer["id"], True


def news(path):
    for row in csv.DictReader(path.read_text().splitlines()):
        yield row["id"], bool(row["created_at"] and row["text"])


def json_lines(path):
    for line in path.read_bytes().splitlines():
        try:
            yield json.loads(line.decode())
        except ValueError:
            yield None


RECORDS = {
    "bluesky.ndjson": bluesky,
    "mastodon.json": mastodon,
    "reddit.ndjson": reddit,
    "telegram/result.json": telegram,
    "telegram-private/result.json": telegram,
    "youtube.ndjson": youtube,
    "news-comments.csv": news,
}


def test_the_same_seed_gives_the_same_bytes(folder, tmp_path):
    sample.write(tmp_path)
    for path in sorted(folder.rglob("*.*")):
        assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_another_seed_gives_another_town(folder, tmp_path):
    sample.write(tmp_path, seed=2)
    for path in (*RECORDS, "diary.csv", "truth.json"):
        assert (tmp_path / path).read_bytes() != (folder / path).read_bytes()


@pytest.mark.parametrize("path", RECORDS)
def test_a_recount_of_a_file_gives_what_the_truth_says(path, records, truth):
    sound = [record[0] for record in records[path] if record and record[1]]
    said = truth["files"][path]
    assert said["records"] == len(records[path])
    assert said["accepted"] == len(set(sound))
    assert said["duplicate"] == len(sound) - len(set(sound))
    assert said["rejected"] == len(records[path]) - len(sound) == sum(said["reasons"].values())


def test_the_files_add_up_to_the_whole(truth):
    total = sum((Counter(one) for one in map(numbers, truth["files"].values())), Counter())
    assert numbers(truth["reading"]) == total
    assert truth["reading"]["accepted"] == truth["prevalence"]["all"]["posts"]
    assert truth["reading"]["rejected"] > 100
    assert 0.008 < truth["reading"]["duplicate"] / truth["reading"]["records"] < 0.012


def numbers(reading):
    return {name: n for name, n in reading.items() if name != "reasons"}


def test_no_two_platforms_share_an_id(records):
    ids = [str(id_) for held in records.values() for id_ in {one[0] for one in held if one}]
    assert len(ids) == len(set(ids))


def test_an_answer_answers_a_post_that_is_there(folder):
    statuses = json.loads((folder / "mastodon.json").read_bytes())
    ids = {status["id"] for status in statuses}
    answered = {status["in_reply_to_id"] for status in statuses} - {None}
    assert len(answered) > 500
    assert answered <= ids


def test_the_answers_planted_are_those_of_the_export(folder, truth):
    statuses = json.loads((folder / "mastodon.json").read_bytes())
    public = [one for one in statuses if one["visibility"] in ("public", "unlisted")]
    last = {one["id"]: one for one in public}
    crossing = Counter(
        urlsplit(one["uri"]).netloc != urlsplit(last[one["in_reply_to_id"]]["uri"]).netloc
        for one in last.values()
        if one["in_reply_to_id"] in last
        and one["account"]["id"] != last[one["in_reply_to_id"]]["account"]["id"]
    )
    told = truth["answers"]["of"]["all"]
    assert crossing == {True: told["across"]["posts"], False: told["inside"]["posts"]}


def test_hate_seeks_other_instances_and_other_answers_their_own(tmp_path):
    told = json.loads(sample.write(tmp_path, 4, 60_000).read_text())["answers"]
    level, disputed = told["of"]["all"], told["of"][told["disputed"]]
    assert level["across"]["share"] > 3 * level["inside"]["share"]
    assert disputed["across"]["share"] > 3 * disputed["inside"]["share"]
    assert level["crossing"] < 0.5  # by chance 0.64


def test_an_edited_repeat_comes_after_what_it_repeats(folder):
    comments = [line for line in json_lines(folder / "reddit.ndjson") if line]
    last = {comment["id"]: comment for comment in comments}
    edited = [comment for comment in comments if comment["edited"]]
    assert edited
    assert all(last[comment["id"]] == comment for comment in edited)


def test_shared_posts_are_told_as_shares(folder):
    statuses = json.loads((folder / "mastodon.json").read_bytes())
    shares = [status for status in statuses if status["reblog"]]
    assert len(shares) > 50
    assert {share["reblog"]["id"] for share in shares} <= {status["id"] for status in statuses}


some_seeds_fast_and_fifty_long = pytest.mark.parametrize(
    "seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 51))]
)


@some_seeds_fast_and_fifty_long
def test_hate_is_as_common_as_planned_and_its_targets_are_in_order(seed, tmp_path):
    truth = json.loads(sample.write(tmp_path, seed).read_bytes())
    prevalence = truth["prevalence"]
    assert 0.006 < prevalence["ordinary days"]["share"] < 0.021
    assert 0.007 < prevalence["all"]["share"] < 0.027
    assert [*truth["targets"]] == [*town.TARGETS]
    assert sum(truth["targets"].values()) == prevalence["all"]["hate"]
    assert sum(prevalence[language]["hate"] for language in LANGUAGES) == prevalence["all"]["hate"]


def test_what_is_planted_is_there(truth):
    knife, flood, vote = truth["triggers"]
    assert [one["kind"] for one in (knife, flood, vote)] == ["hate", "volume", "hate"]
    assert knife["excess_hate"] > 50 < vote["excess_hate"]
    assert flood["excess_hate"] == 0 < flood["excess_posts"]
    assert all(one["starts_on"] < one["peaks_on"] < one["ends_on"] for one in truth["triggers"])
    (campaign,) = truth["campaigns"]
    assert (campaign["authors"], len(campaign["platforms"])) == (40, 3)


@pytest.mark.parametrize("nth", (0, 1))
def test_a_coined_word_rises_and_is_nowhere_before_its_first_week(nth, truth, folder):
    term = truth["terms"][nth]
    weeks = list(term["by_week"].values())
    assert weeks[0] < weeks[len(weeks) // 2]
    assert term["authors"] > 50
    rows = csv.DictReader((folder / "news-comments.csv").read_text().splitlines())
    first = min(row["created_at"] for row in rows if term["term"] in (row["text"] or "").lower())
    assert first[:10] > "2024-04-01"


def test_nobody_writes_more_than_a_few_posts_in_a_hundred(posts):
    per_account = [n for _, n in Counter(post.account for post in posts).most_common()]
    assert per_account[0] < 0.03 * len(posts)
    assert sum(per_account[: len(per_account) // 10]) > 0.4 * len(posts)


def test_evenings_are_busy_and_nights_are_not(folder):
    messages = json.loads((folder / "telegram" / "result.json").read_bytes())["messages"]
    by_hour = Counter(int(message["date"][11:13]) for message in messages)
    assert by_hour[20] > 5 * by_hour[3]


@pytest.mark.parametrize("kind", ("names", "handles", "emails", "phones"))
def test_every_planted_mark_of_a_person_is_in_the_raw_exports(kind, truth, raw):
    marks = truth["personal"][kind]
    assert len(marks) > 100
    assert [mark for mark in marks if mark not in raw] == []


def test_every_mark_of_a_person_in_a_text_is_among_the_planted(truth, folder):
    rows = csv.DictReader((folder / "news-comments.csv").read_text().splitlines())
    texts = " ".join(row["text"] or "" for row in rows)
    personal = truth["personal"]
    assert set(re.findall(r"[\w.]+@[\w.]*example\.org", texts)) <= set(personal["emails"])
    assert set(re.findall(r"(?<!\S)@(\w+)", texts)) <= set(personal["handles"])
    assert set(re.findall(r"\+[\d ]{9,}\d", texts)) <= set(personal["phones"])


def test_what_is_not_public_is_in_the_exports(folder):
    statuses = json.loads((folder / "mastodon.json").read_bytes())
    assert {"private", "direct"} < {status["visibility"] for status in statuses}
    chat = json.loads((folder / "telegram-private" / "result.json").read_bytes())
    assert chat["type"] == "private_group"
    assert chat["messages"]


def test_the_targets_are_groups_that_the_codebook_protects():
    protected = {one.code for one in codebook.TARGETS.values() if one.kind == "protected"}
    groups = {row["group"] for row in tables.rows("hate")} - {"outsiders"}
    assert groups == set(town.TARGETS)
    assert set(town.TARGETS) < set(town.MENTIONED) <= protected


@each_language
def test_there_are_many_ways_to_say_it(language):
    n_wanted = {"en": 60, "de": 60, "da": 30}[language]
    assert len(set(tables.texts("hate", language=language))) >= n_wanted
    for topic in {row["topic"] for row in tables.rows("topics")}:
        assert len(tables.texts("lines", language=language, topic=topic)) >= 4


def test_no_sentence_stands_twice_in_a_table():
    for name in ("hate", "mentions", "lines", "talk", "uncivil", "terms"):
        texts = [(row.get("language"), row["text"]) for row in tables.rows(name)]
        assert [text for text, n in Counter(texts).items() if n > 1] == []


def test_no_placeholder_is_left_unfilled(posts):
    assert [post.text for post in posts if re.search(r"[{}]|  |^ | $", post.text)] == []


def test_posts_do_not_look_like_one_another(posts):
    own = [post.text for post in posts if not post.shared]
    assert len(set(own)) > 0.9 * len(own)


def test_a_small_town_works_and_one_too_small_is_refused(tmp_path):
    truth = json.loads(sample.write(tmp_path, n_posts=300).read_bytes())
    assert 250 < truth["reading"]["accepted"] <= 300
    with pytest.raises(SettingsError, match="at least 200"):
        sample.write(tmp_path, n_posts=199)
