"""A logistic model with a penalty on its standardised weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from glossary.extraction.scoring import Weights

Floats = npt.NDArray[np.float64]


def fit(table: Floats, truth: Floats, names: Sequence[str], ridge: float) -> Weights:
    """Learn from a table (n, names) of evidence how likely rows are right (n,), in [0, 1]."""
    from scipy.optimize import minimize

    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    cases = (table - mean) / spread

    def objective(values: Floats) -> tuple[float, Floats]:
        margin = cases @ values[1:] + values[0]
        loss = float((np.logaddexp(0.0, margin) - truth * margin).sum() + ridge * values[1:] @ values[1:])
        slope = 1.0 / (1.0 + np.exp(-margin)) - truth
        return loss, np.concatenate(([slope.sum()], cases.T @ slope + 2 * ridge * values[1:]))

    found = minimize(objective, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights = found[1:] / spread
    return Weights(float(found[0] - weights @ mean), dict(zip(names, weights.tolist(), strict=True)))
