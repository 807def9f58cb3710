"""Which samples growth sees: weights, and samples that repeat one another."""

import numpy as np


def gathered(X, Y, weights, merge):
    """Samples without those of weight 0, those that are the same taken together, with the weights that they have then.

    Samples are the same where all their inputs and targets are. Together they count as one of the sum of their weights
    (1 each without), and stand in an order that depends on nothing but the samples, so that data in which a sample is
    repeated k times and data in which it has the weight k become the same.

    merge: True, False, or "auto": where weights were given, and where more than half of the samples repeat another.
    Weights that are all 1 are as good as none.
    """
    if weights is not None:
        kept = weights > 0
        if not kept.all():
            X, Y, weights = X[kept], Y[kept], weights[kept]
        if (weights == 1).all():
            weights = None
    if merge is False or len(X) == 0:
        return X, Y, weights
    _, first, group, count = np.unique(
        _keys(X, Y), return_index=True, return_inverse=True, return_counts=True
    )
    if merge == "auto" and weights is None and 2 * count[count > 1].sum() <= len(X):
        return X, Y, None
    if weights is None and len(first) == len(X):
        return X, Y, None
    return X[first], Y[first], np.bincount(group.ravel(), weights, len(first)).astype(np.float64)


def _keys(X, Y):
    """Each sample's bytes, by which it is sorted: equal numbers have equal bytes, missing ones too."""
    rows = np.hstack([X, Y]) + 0.0  # no negative zero
    rows[np.isnan(rows)] = np.nan
    rows = np.ascontiguousarray(rows)
    return rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
