"""The labelled sets: what each is, under which licence, and how far its labels reach."""

from typing import Literal, NamedTuple


class Source(NamedTuple):
    """One set. `talk` says what its posts without hate are.

    civil: ordinary talk. heated: from places where hate is common. picked: found by words of
    hate. contrastive: written or edited to mislead a classifier. own: made by our templates, whose
    families say it post by post: civil, rude (to things, teams, politicians), mention (of groups).
    """

    name: str
    licence: str | None  # None: none stated
    talk: Literal["civil", "heated", "picked", "contrastive", "own"]
    weight: float = 1.0  # of its rows, beside the cap for all
    tells_hate: bool = True  # no: labels of another thing, too noisy, or made by machine


SOURCES = (
    Source("cad", None, "heated"),
    Source("cmsb", None, "contrastive"),
    Source("davidson", "MIT", "picked"),
    Source("dghs", None, "contrastive"),
    Source("dkhate", "CC BY 4.0", "heated", weight=0.5, tells_hate=False),
    Source("edos", "CC0", "picked"),
    Source("gahd", "CC BY 4.0", "contrastive"),
    Source("germeval2018", "CC BY 4.0", "heated"),
    Source("hatemoji_build", "CC BY 4.0", "contrastive"),
    Source("hatexplain", "MIT", "picked"),
    Source("identity_templates", "Apache-2.0", "contrastive", weight=0.25, tells_hate=False),
    Source("implicit_hate", "CC BY 4.0", "heated"),
    Source("mlma", "MIT", "picked", weight=0.5, tells_hate=False),
    Source("ro_offense", "Apache-2.0", "heated", weight=0.5, tells_hate=False),
    Source("stormfront", "CC BY-SA 3.0 ES", "heated"),
    Source("told_br", "CC BY-SA 4.0", "heated"),
    Source("ud_benign", "CC BY-SA 3.0/4.0", "civil"),
    Source("xlmt_benign", "Apache-2.0", "civil"),
)
# our own text in parts: each has families of its own, so that one left out is unseen
OWN = tuple(Source(f"own_{part}", "CC0", "own") for part in range(1, 5))
# statements of one town's debate, assumed to be no hate: never trained on
CIVIC = Source("bowling_green", "CC BY 4.0", "civil", tells_hate=False)
