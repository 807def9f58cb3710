import os
import pathlib

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def numbers():
    """Ninety samples of three inputs, and a target that is no straight line."""
    random = np.random.RandomState(0)
    X = random.uniform(-2, 2, (90, 3))
    return X, np.sin(2 * X[:, 0]) + X[:, 1] ** 2


@pytest.fixture
def classes(numbers):
    """The same inputs in three classes."""
    X, y = numbers
    return X, np.array(["low", "middle", "top"])[np.digitize(y, [0.5, 2])]


@pytest.fixture
def command():
    path = os.environ.get("CAMBIUM", str(ROOT / ".build/release/cambium"))
    if not os.access(path, os.X_OK):
        pytest.fail(f"there is no {path}: make build")
    return path
