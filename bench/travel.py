"""What many posts tell of travel, made up: half say what nobody else does, half are near-copies."""

import numpy as np

from headwater.landscape.travel import Posts

PLATFORMS = ("bluesky", "mastodon", "reddit", "telegram", "news")
N_DAYS = 90
CHANGED = 0.15  # of a copy's bytes


def made(n_posts: int) -> tuple[np.ndarray, Posts]:
    """Give n sketches, n x 64, and what else their posts tell."""
    rng = np.random.default_rng(n_posts)
    sketches = rng.integers(0, 256, (n_posts, 64), np.uint8)
    copies = np.flatnonzero(rng.random(n_posts) < 0.5)
    texts = np.minimum(rng.pareto(0.7, len(copies)) * n_posts / 10_000, n_posts / 8).astype(int)
    originals = rng.integers(0, 256, (int(texts.max()) + 1, 64), np.uint8)
    for at in range(0, len(copies), 1 << 16):  # few at a time: memory is measured
        some = copies[at : at + (1 << 16)]
        changed = rng.random((len(some), 64)) < CHANGED * rng.random((len(some), 1)).round()
        own = originals[texts[at : at + (1 << 16)]]
        sketches[some] = np.where(changed, sketches[some], own)
    posts = Posts(
        hour=rng.integers(0, N_DAYS * 24, n_posts),
        author=rng.integers(0, n_posts // 8, n_posts),
        thread=rng.integers(0, n_posts // 2, n_posts),
        community=rng.integers(0, 500, n_posts),
        platform=rng.integers(0, len(PLATFORMS), n_posts),
        is_share=rng.random(n_posts) < 0.05,
        platforms=PLATFORMS,
    )
    return sketches, posts
