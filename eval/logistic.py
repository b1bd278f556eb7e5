"""Logistic regression with a ridge, by Newton's method (iteratively reweighted least squares).

McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, section 2.5. The values are
standardised first, so that the ridge weighs on all alike; the bias is free.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS, ENOUGH = 60, 1e-9  # Newton's method settles in about ten


def fit(x: Floats, y: Floats, weight: Floats, ridge: float) -> tuple[float, Floats]:
    """Bias and weights (for `x` as given, shape (n, k)) of the log-odds that y is 1.

    `weight` counts rows (n,); `ridge` is the penalty on half the squared standardised weights.
    A column without any spread gets weight 0.
    """
    middle = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - middle) ** 2, axis=0, weights=weight))
    flat = spread < ENOUGH
    spread[flat] = 1.0
    design = np.hstack([np.ones((len(x), 1)), (x - middle) / spread])
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = ENOUGH
    beta = np.zeros(design.shape[1])
    for _ in range(STEPS):
        p = probability(design, beta)
        slope = design.T @ (weight * (y - p)) - penalty * beta
        curve = (design * (weight * p * (1 - p))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < ENOUGH:
            break
    weights = np.where(flat, 0.0, beta[1:] / spread)
    return float(beta[0] - weights @ middle), weights


def probability(x: Floats, beta: Floats) -> Floats:
    """Of each row, by its log-odds x @ beta."""
    p: Floats = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
    return p
