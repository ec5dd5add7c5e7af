"""Teach the upper layers: batches of alike length, each source with its own readiness to say hate."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.encoder.network import HIDDEN, Upper

BATCH, POOL = 32, 64  # posts a step; batches whose posts are sorted by length together
RATE, HEAD_RATE, OFFSET_RATE = 1e-4, 1e-3, 5e-3
DECAY, OFFSET_DECAY = 0.01, 0.1
WARM_UP = 60
CLIP = 1.0
GROUP_LOSS = 2.0
SAVE_EVERY = 200
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
Places = NDArray[np.int64]
log = logging.getLogger("encoder")


class Lessons(NamedTuple):
    """n posts: what the lower layers gave for them, and what they are."""

    hidden: NDArray[np.float16]  # tokens of all posts x HIDDEN
    offsets: Places  # n + 1, where each post's tokens begin
    answers: NDArray[np.float32]  # n x answers, hate first; NaN: unknown
    definition: Places  # n, whose meaning of hate a post follows; 0: everybody's

    def batch(self, rows: Places) -> tuple[Tensor, Tensor]:
        """Give hidden states and mask of these posts, padded to the longest."""
        starts, ends = self.offsets[rows], self.offsets[rows + 1]
        length = int((ends - starts).max())
        hidden = np.zeros((len(rows), length, HIDDEN), np.float16)
        for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
            hidden[at, : end - start] = self.hidden[start:end]
        mask = np.arange(length) < (ends - starts)[:, None]
        mask = torch.from_numpy(mask.astype(np.int64))
        return torch.from_numpy(hidden).to(DEVICE).float(), mask.to(DEVICE)


class Learner:
    """Upper layers, and what is dropped after learning."""

    def __init__(self, upper: Upper, lessons: Lessons, rows: Places) -> None:
        self.upper, self.lessons, self.rows = upper.to(DEVICE), lessons, rows
        self.n_steps = sum(1 for _ in batches(self._lengths(), rows, seed=0))
        n_definitions = int(lessons.definition.max()) + 1
        self.readiness = torch.zeros(n_definitions, device=DEVICE, requires_grad=True)
        self.optimizer = torch.optim.AdamW(self._rates(), fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._share_of_rate)
        self.step = 0

    def learn(self, seed: int, kept_at: Path) -> None:
        """Go once through the posts; go on where a broken run was last kept."""
        self._resume(kept_at)
        self.upper.train()
        for at, batch in enumerate(batches(self._lengths(), self.rows, seed)):
            if at < self.step:
                continue
            loss = self._learn_batch(batch)
            if self.step % SAVE_EVERY == 0:
                log.info(
                    "%s: step %s of %s, loss %.3f", kept_at.stem, self.step, self.n_steps, loss
                )
                torch.save(self._state(), kept_at)
        self._forget_sources()
        torch.save(self._state(), kept_at)

    def scores(self, rows: Places) -> NDArray[np.float32]:
        """Give answers to these posts, as log-odds."""
        self.upper.eval()
        lengths = self._lengths()[rows]
        order = np.argsort(lengths, kind="stable")
        found = np.empty((len(rows), self.lessons.answers.shape[1]), np.float32)
        with torch.inference_mode(), torch.autocast(DEVICE, torch.bfloat16):
            for at in range(0, len(rows), BATCH):
                part = order[at : at + BATCH]
                found[part] = self.upper(*self.lessons.batch(rows[part])).float().cpu().numpy()
        return found

    def _forget_sources(self) -> None:
        """Leave the mean of what sources differ in, and drop the rest."""
        definition = self.lessons.definition[self.rows]
        shares = np.bincount(definition, minlength=len(self.readiness)) / len(definition)
        with torch.no_grad():
            mean = self.readiness[1:] @ torch.from_numpy(shares[1:]).float().to(DEVICE)
            self.upper.answers.bias[0] += mean
            self.readiness.zero_()

    def _learn_batch(self, rows: Places) -> float:
        with torch.autocast(DEVICE, torch.bfloat16):
            said = self.upper(*self.lessons.batch(rows))
        definition = torch.from_numpy(self.lessons.definition[rows]).to(DEVICE)
        ready = self.readiness[definition] * (definition > 0)
        truth = torch.from_numpy(self.lessons.answers[rows]).to(DEVICE)
        loss = _loss(said.float(), ready, truth)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.upper.parameters(), CLIP)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.step += 1
        return loss.item()

    def _rates(self) -> list[dict[str, object]]:
        layers = list(self.upper.layers.parameters())
        return [
            {"params": [own for own in layers if own.ndim > 1], "lr": RATE, "weight_decay": DECAY},
            {"params": [own for own in layers if own.ndim < 2], "lr": RATE, "weight_decay": 0},
            {"params": self.upper.answers.parameters(), "lr": HEAD_RATE, "weight_decay": DECAY},
            {"params": [self.readiness], "lr": OFFSET_RATE, "weight_decay": OFFSET_DECAY},
        ]

    def _share_of_rate(self, step: int) -> float:
        return min(1, (step + 1) / WARM_UP) * max(0, 1 - step / self.n_steps)

    def _lengths(self) -> Places:
        return np.diff(self.lessons.offsets)

    def _state(self) -> dict[str, object]:
        parts = {name: getattr(self, name).state_dict() for name in PARTS}
        return {**parts, "readiness": self.readiness.detach(), "step": self.step}

    def _resume(self, kept_at: Path) -> None:
        if kept_at.exists():
            state = torch.load(kept_at, map_location=DEVICE)
            for name in PARTS:
                getattr(self, name).load_state_dict(state[name])
            self.readiness.data.copy_(state["readiness"])
            self.step = state["step"]


PARTS = ("upper", "optimizer", "schedule")


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
