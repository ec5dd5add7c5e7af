"""Teach the encoder: batches of alike length, each source with its own readiness to say hate."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.encoder.network import Network

BATCH, POOL = 64, 32  # posts a step; batches whose posts are sorted by length together
RATE, HEAD_RATE, OFFSET_RATE = 1e-4, 1e-3, 5e-3
RATE_BELOW = 0.9  # of the layer above: the lower ones know languages, which posts do not teach
DECAY, OFFSET_DECAY = 0.01, 0.1
WARM_UP = 300
CLIP = 1.0
FADING = 1 / 3  # of all steps, the last: in them each source's readiness goes
GROUP_LOSS = 2.0
HIDDEN_WORDS = 0.1  # of a text, so that no single word decides
SAVE_EVERY, TELL_EVERY = 400, 100
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
Places = NDArray[np.int64]
log = logging.getLogger("encoder")


class Lessons(NamedTuple):
    """n posts: their pieces, and what they are."""

    pieces: NDArray[np.int32]  # of all posts, one after another
    offsets: Places  # n + 1, where each post's pieces begin
    answers: NDArray[np.float32]  # n x answers, hate first; NaN: unknown
    definition: Places  # n, whose meaning of hate a post follows; 0: everybody's
    hidden: int  # the piece that stands for one that is hidden
    special: Sequence[int]  # pieces that are no words

    def batch(self, rows: Places, drawn: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Give pieces and mask of these posts, some words hidden, padded to the longest."""
        starts, ends = self.offsets[rows], self.offsets[rows + 1]
        length = int((ends - starts).max())
        mask = np.arange(length) < (ends - starts)[:, None]
        pieces = np.where(mask, self.pieces[(starts[:, None] + np.arange(length)) * mask], 0)
        hides = (drawn.random(pieces.shape) < HIDDEN_WORDS) & ~np.isin(pieces, self.special)
        pieces = np.where(hides, self.hidden, pieces).astype(np.int64)
        return (
            torch.from_numpy(pieces).to(DEVICE),
            torch.from_numpy(mask.astype(np.int64)).to(DEVICE),
        )


class Learner:
    """The encoder, and what is dropped after learning."""

    def __init__(self, network: Network, lessons: Lessons, passes: Sequence[Places]) -> None:
        self.network, self.lessons, self.passes = network.to(DEVICE), lessons, passes
        self.n_steps = sum(1 for _ in self._batches(seed=0))
        n_definitions = int(lessons.definition.max()) + 1
        self.readiness = torch.zeros(n_definitions, device=DEVICE, requires_grad=True)
        self.optimizer = torch.optim.AdamW(self._rates(), fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._share_of_rate)
        self.step = 0

    def learn(self, seed: int, kept_at: Path) -> None:
        """Go through all passes; go on where a broken run was last kept."""
        self._resume(kept_at)
        self.network.train()
        for at, batch in enumerate(self._batches(seed)):
            if at < self.step:
                continue
            loss = self._learn_batch(batch, np.random.default_rng((seed, at)))
            if self.step % TELL_EVERY == 0:
                told = kept_at.stem, self.step, self.n_steps, loss
                log.info("%s: step %s of %s, loss %.3f", *told)
            if self.step % SAVE_EVERY == 0:
                self._keep(kept_at)
        self._keep(kept_at)

    def _batches(self, seed: int) -> Iterator[Places]:
        lengths = np.diff(self.lessons.offsets)
        for at, rows in enumerate(self.passes):
            yield from batches(lengths, rows, seed + at)

    def _fades(self) -> float:
        """Give how much a source's readiness still counts: at the end the text alone must tell."""
        return min(1, (1 - self.step / self.n_steps) / FADING)

    def _learn_batch(self, rows: Places, drawn: np.random.Generator) -> float:
        with torch.autocast(DEVICE, torch.bfloat16):
            said = self.network(*self.lessons.batch(rows, drawn))
        definition = torch.from_numpy(self.lessons.definition[rows]).to(DEVICE)
        ready = self.readiness[definition] * (definition > 0) * self._fades()
        truth = torch.from_numpy(self.lessons.answers[rows]).to(DEVICE)
        loss = _loss(said.float(), ready, truth)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.step += 1
        return loss.item()

    def _rates(self) -> list[dict[str, object]]:
        network, rates = self.network, []
        for below, layer in enumerate(reversed(network.layers)):
            learns = [one for one in layer.parameters() if one.requires_grad]
            for is_matrix, decay in ((True, DECAY), (False, 0.0)):
                own = [one for one in learns if (one.ndim > 1) == is_matrix]
                rates.append({"params": own, "lr": RATE * RATE_BELOW**below, "weight_decay": decay})
        head = {"params": network.answers.parameters(), "lr": HEAD_RATE, "weight_decay": DECAY}
        ready = {"params": [self.readiness], "lr": OFFSET_RATE, "weight_decay": OFFSET_DECAY}
        return [*rates, head, ready]

    def _share_of_rate(self, step: int) -> float:
        return min(1, (step + 1) / WARM_UP) * max(0, 1 - step / self.n_steps)

    def _keep(self, kept_at: Path) -> None:
        parts = {name: getattr(self, name).state_dict() for name in PARTS}
        unfinished = kept_at.with_suffix(".part")
        rest = {"readiness": self.readiness.detach(), "step": self.step, "chance": _chance()}
        torch.save({**parts, **rest}, unfinished)
        unfinished.rename(kept_at)

    def _resume(self, kept_at: Path) -> None:
        if kept_at.exists():
            state = torch.load(kept_at, map_location=DEVICE)
            for name in PARTS:
                getattr(self, name).load_state_dict(state[name])
            self.readiness.data.copy_(state["readiness"])
            self.step = state["step"]
            for generator, kept in zip(_generators(), state["chance"], strict=True):
                generator.set_state(kept.cpu())


PARTS = ("network", "optimizer", "schedule")


def _chance() -> list[Tensor]:
    """Give where chance stands, so that a run that goes on goes on as it would have."""
    return [generator.get_state() for generator in _generators()]


def _generators() -> list[torch.Generator]:
    found = [torch.default_generator]
    return [*found, torch.cuda.default_generators[0]] if DEVICE == "cuda" else found


def batches(lengths: Places, rows: Places, seed: int) -> Iterator[Places]:
    """Yield all rows once, in batches of alike length and random order."""
    drawn = np.random.default_rng(seed)
    shuffled = drawn.permutation(rows)
    for at in range(0, len(rows), BATCH * POOL):
        pool = shuffled[at : at + BATCH * POOL]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        parts = [pool[start : start + BATCH] for start in range(0, len(pool), BATCH)]
        yield from (parts[place] for place in drawn.permutation(len(parts)))


def _loss(said: Tensor, ready: Tensor, truth: Tensor) -> Tensor:
    hate = functional.binary_cross_entropy_with_logits(said[:, 0] + ready, truth[:, 0])
    known = ~truth[:, 1:].isnan()
    if not known.any():
        return hate
    groups = functional.binary_cross_entropy_with_logits(said[:, 1:][known], truth[:, 1:][known])
    return hate + GROUP_LOSS * groups
