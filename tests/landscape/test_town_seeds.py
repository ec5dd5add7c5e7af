"""The report against what is planted, over many fictional towns."""

import json
import os

import pytest

from headwater.landscape import Settings, find, run, sample

N_SEEDS = int(os.environ.get("HEADWATER_SEEDS", "50"))
JUDGED = ("en", "de")


@pytest.fixture(scope="module")
def towns(tmp_path_factory) -> list[tuple[dict, object]]:
    """Pairs of the planted truth and the report."""
    found = []
    for seed in range(1, N_SEEDS + 1):
        folder = tmp_path_factory.mktemp("town")
        truth = json.loads(sample.write(folder, seed=seed).read_text())
        settings = Settings("Fjordby", folder / "work", timezone=truth["timezone"])
        found.append((truth, run(find([str(folder)]), settings)))
    return found


def level(report, by="all", value="all"):
    return next(one for one in report.prevalence if (one.by, one.value) == (by, value))


def planted(truth: dict) -> float:
    counts = [truth["prevalence"][language] for language in JUDGED]
    return sum(one["hate"] for one in counts) / sum(one["posts"] for one in counts)


@pytest.mark.long
def test_the_interval_covers_the_planted_prevalence_in_nine_of_ten_towns(towns):
    whole = [(level(report), planted(truth)) for truth, report in towns]
    covered = [(one.low or 0) <= share <= one.high for one, share in whole]
    assert sum(covered) >= 0.9 * len(covered)


@pytest.mark.long
@pytest.mark.xfail(strict=True, reason="unseen sources differ too much: docs/why/method.md")
def test_half_the_interval_is_at_most_two_points(towns):
    whole = [level(report) for _, report in towns]
    halves = sorted((one.high - (one.low or 0)) / 2 for one in whole)
    assert halves[-1] <= 0.02


@pytest.mark.long
def test_the_planted_targets_stand_in_order_among_themselves_in_nine_of_ten_towns(towns):
    in_order = 0
    for truth, report in towns:
        ranked = [one.target for one in report.targets if one.share is not None]
        assert len(ranked) >= 3
        known = [target for target in truth["targets"] if target in ranked]
        in_order += [target for target in ranked if target in known] == known
    assert in_order >= 0.9 * len(towns)


@pytest.mark.long
def test_no_group_that_nobody_attacks_stands_above_one_that_bears_a_tenth_of_the_hate(towns):
    """Nor in one of ten towns; of smaller ones the model cannot tell (docs/why/method.md)."""
    in_order = 0
    for truth, report in towns:
        ranked = [one.target for one in report.targets if one.share is not None]
        n_hate = sum(truth["targets"].values())
        known = [target for target, n in truth["targets"].items() if n >= 0.1 * n_hate]
        assert len(known) >= 2
        in_order += ranked[: len(known)] == known
    assert in_order >= 0.9 * len(towns)


@pytest.mark.long
def test_every_record_of_every_town_is_told(towns):
    for truth, report in towns:
        told = report.reading
        expected = truth["reading"]
        assert (told.lines, told.accepted) == (expected["records"], expected["accepted"])
        assert (told.rejected, told.duplicate) == (expected["rejected"], expected["duplicate"])
