"""What peers do with the same file, in their own environment: prints one JSON object."""

import json
import sys
import time


def polars(path: str) -> dict[str, float]:
    """Read the file and write it as Parquet, nothing more."""
    import polars as pl

    start = time.perf_counter()
    pl.scan_ndjson(path).sink_parquet(path + ".parquet")
    return {"seconds": time.perf_counter() - start}


def hatesonar(path: str) -> dict[str, float]:
    """Judge the texts one by one, as its interface has it."""
    from hatesonar import Sonar

    sonar, texts = Sonar(), _texts(path, 2_000)
    start = time.process_time()
    for text in texts:
        sonar.ping(text=text)
    return {"posts_per_cpu_second": len(texts) / (time.process_time() - start)}


def alt_profanity_check(path: str) -> dict[str, float]:
    """Judge the texts in one call."""
    from profanity_check import predict_prob

    texts = _texts(path, 20_000)
    predict_prob(texts[:10])
    start = time.process_time()
    predict_prob(texts)
    return {"posts_per_cpu_second": len(texts) / (time.process_time() - start)}


def bertopic(path: str, vectors: str) -> dict[str, object]:
    """Find topics twice, by two seeds, as its defaults have it; the vectors are given."""
    import numpy as np
    from bertopic import BERTopic
    from sklearn.metrics import adjusted_rand_score
    from umap import UMAP

    texts, about = _texts(path, 10**9), np.load(vectors)
    found = []
    for seed in (1, 2):
        flat = UMAP(n_neighbors=15, n_components=5, min_dist=0, metric="cosine", random_state=seed)
        model = BERTopic(umap_model=flat)
        start = time.perf_counter()
        labels, _ = model.fit_transform(texts, about)
        found.append((time.perf_counter() - start, labels, model))
    seconds, labels, model = found[0]
    told = [[word for word, _ in model.get_topic(at)] for at in sorted(set(labels) - {-1})]
    return {
        "seconds": seconds,
        "unassigned": labels.count(-1) / len(labels),
        "agreement": adjusted_rand_score(labels, found[1][1]),
        "told": [[word for word in theme if word] for theme in told],
    }


def answers(path: str) -> dict[str, list[bool]]:
    """Say what each calls hate: hatesonar by its first class, the other from even odds."""
    from hatesonar import Sonar
    from profanity_check import predict_prob

    sonar, texts = Sonar(), _texts(path, 10**9)
    tops = [sonar.ping(text=text)["top_class"] for text in texts]
    return {
        "hatesonar": [top == "hate_speech" for top in tops],
        "alt-profanity-check": (predict_prob(texts) >= 0.5).tolist(),
    }


def _texts(path: str, n: int) -> list[str]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 no dependency of ours here
        return [json.loads(line)["text"] for _, line in zip(range(n), file, strict=False)]


if __name__ == "__main__":
    peer = {
        one.__name__: one for one in (polars, hatesonar, alt_profanity_check, bertopic, answers)
    }[sys.argv[1]]
    print(json.dumps(peer(*sys.argv[2:])))  # noqa: T201 the result is the output
