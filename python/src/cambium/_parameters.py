"""How an estimator's parameters become a growth's spec, a seed, and threads."""

import numbers
from collections.abc import Mapping

import numpy as np
from joblib import effective_n_jobs
from sklearn.utils import check_random_state

# Parameters that are keys of the spec, by the key's path.
SPEC_KEYS = {
    "activations": "activations",
    "restarts": "restarts",
    "topology": "topology",
    "layer_width": "layerWidth",
    "objective": "training.objective",
    "optimizer": "training.optimizer",
    "epochs": "training.epochs",
    "near_zero": "pruning.nearZero",
    "fluctuation": "pruning.fluctuation",
    "selection": "selection.rule",
    "keep": "selection.keep",
    "tolerance": "selection.tolerance",
    "margin": "selection.margin",
    "ridge": "readout.ridge",
    "stopping": "stopping.rule",
    "maximum_units": "stopping.maximumUnits",
    "validation_fraction": "stopping.validationFraction",
    "hold_outs": "stopping.holdOuts",
    "folds": "stopping.folds",
    "patience": "stopping.patience",
    "connections": "stopping.connections",
    "seconds": "stopping.seconds",
    "refinement_every": "refinement.every",
}


def spec_of(estimator):
    """The spec that an estimator's parameters make: a mapping of mappings, with ``spec`` laid over the others."""
    spec = {}
    for name, path in SPEC_KEYS.items():
        _lay(spec, path.split("."), _plain(getattr(estimator, name), name))
    if estimator.spec is not None:
        if not isinstance(estimator.spec, Mapping):
            raise ValueError(f"spec: found {estimator.spec!r}, expected a mapping of keys to values, or None")
        _lay_mapping(spec, estimator.spec, [])
    return spec


def _lay_mapping(spec, written, path):
    for key, value in written.items():
        keys = path + str(key).split(".")
        if isinstance(value, Mapping):
            _lay_mapping(spec, value, keys)
        else:
            _lay(spec, keys, _plain(value, "spec." + ".".join(keys)))


def _lay(spec, keys, value):
    for key in keys[:-1]:
        spec = spec.setdefault(key, {})
        if not isinstance(spec, dict):
            raise ValueError(f"spec: found the key {'.'.join(keys)}, expected a key that the spec has")
    spec[keys[-1]] = value


def _plain(value, name):
    """A value as JSON has it: texts, truths, numbers, and lists of them."""
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist()
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        if not np.isfinite(value):
            raise ValueError(f"{name}: found {value}, expected a finite number")
        return float(value)
    if isinstance(value, (list, tuple)):
        return [_plain(element, name) for element in value]
    raise ValueError(f"{name}: found {value!r}, expected a text, a number or a list of them")


def whole(value, least, most, name):
    """A whole number between two others."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or not least <= value <= most:
        raise ValueError(f"{name}: found {value!r}, expected a whole number from {least} to {most}")
    return int(value)


def seed_of(random_state):
    """The seed of a growth: a whole number itself; else one that is drawn, from NumPy's own generator for None."""
    if isinstance(random_state, numbers.Integral):
        if not 0 <= random_state < 2**64:
            raise ValueError(f"random_state: found {random_state}, expected a number from 0 to 2**64 - 1")
        return int(random_state)
    return int(check_random_state(random_state).randint(2**32, dtype=np.int64))


def threads_of(n_jobs):
    """How many threads joblib's convention means: one for None, one for each core for -1."""
    return min(1024, effective_n_jobs(n_jobs))
