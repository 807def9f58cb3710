"""What the comparisons with scikit-learn share: its environment, and a fit of its perceptron.

On import the program starts anew in .venv/scikit-learn, unless it runs in it, and puts scikit-learn there on first
use. It then has one thread, and where OMP_NUM_THREADS says so more for what is not linear algebra: with two threads for
that as well the perceptron was no faster on an idle machine, and at least twice as slow beside another program.
"""
import os
import pathlib
import subprocess
import sys
import venv

VERSION = "1.9.1"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = ROOT / ".venv/scikit-learn"


def enter_environment():
    """Starts this program anew in an environment that has scikit-learn, unless it runs in it."""
    if pathlib.Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    python = ENVIRONMENT / "bin/python"
    if not list(ENVIRONMENT.glob(f"lib/*/site-packages/scikit_learn-{VERSION}.dist-info")):
        print("installing scikit-learn into", ENVIRONMENT.relative_to(ROOT), file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"scikit-learn=={VERSION}"], check=True)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.execv(python, [python, *sys.argv])


enter_environment()
sys.path.insert(0, str(ROOT / "bench"))

import time

import numpy
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler


def perceptron_fit(table, seed, settings):
    """Test error and seconds of scikit-learn's perceptron."""
    (inputs, targets), (test_inputs, test_targets) = (
        [numpy.array(values) for values in table.part(name)] for name in ("train", "test"))
    start = time.monotonic()
    scaler = StandardScaler().fit(inputs)
    inputs, test_inputs = scaler.transform(inputs), scaler.transform(test_inputs)
    if table.task == "regression":
        target_scaler = StandardScaler().fit(targets)
        model = MLPRegressor(random_state=seed, **settings).fit(inputs, target_scaler.transform(targets).ravel())
        seconds = time.monotonic() - start
        answers = target_scaler.inverse_transform(model.predict(test_inputs).reshape(-1, 1))
        return float(numpy.sqrt(numpy.mean((answers - test_targets) ** 2))), seconds
    classes, test_classes = (
        y.argmax(axis=1) if y.shape[1] > 1 else y.ravel() for y in (targets, test_targets))
    model = MLPClassifier(random_state=seed, **settings).fit(inputs, classes)
    seconds = time.monotonic() - start
    return 100 * float(numpy.mean(model.predict(test_inputs) != test_classes)), seconds
