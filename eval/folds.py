"""Folds for cross-validation: groups that belong together are never parted."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def dealt(groups: Iterable[str], folds: int, seed: int) -> dict[str, int]:
    """The fold, 0 to `folds` - 1, of each group; the same for the same seed and groups."""
    names = sorted(set(groups))
    fold = np.random.default_rng(seed).permutation(len(names)) % folds
    return dict(zip(names, fold.tolist(), strict=True))
