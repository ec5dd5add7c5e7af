"""Who answers whom, made up: people of communities that answer each other more or less."""

import numpy as np

from headwater.landscape.camps import Answers

PER_PERSON, PEOPLE_OF_A_PLACE, THEMES = 8, 400, 12
LANGUAGES, PLATFORMS = ("de", "en"), 3
ACROSS, HATEFUL = 0.4, 0.02


def made(n_answers: int) -> Answers:
    """Give so many answers, on platforms and about themes."""
    rng = np.random.default_rng(n_answers)
    n_people = n_answers // PER_PERSON
    n_places = max(n_people // PEOPLE_OF_A_PLACE, 2 * PLATFORMS)
    author = rng.integers(0, n_people, n_answers)
    community = author % n_places
    moved = rng.integers(1, n_places // PLATFORMS, n_answers) * PLATFORMS
    answered = np.where(rng.random(n_answers) < ACROSS, (community + moved) % n_places, community)
    return Answers(
        author=author,
        community=community,
        answered=answered,
        platform=community % PLATFORMS,
        language=author % len(LANGUAGES),
        theme=rng.integers(0, THEMES, n_answers),
        is_hate=rng.random(n_answers) < HATEFUL,
        is_judged=np.ones(n_answers, np.bool_),
        members=np.bincount(np.arange(n_people) % n_places, minlength=n_places),
        languages=LANGUAGES,
        themes=tuple(f"theme-{at}" for at in range(THEMES)),
    )
