"""What both estimators have in common."""

import os

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from ._growth import grow
from ._library import CambiumError
from ._model import Model
from ._parameters import seed_of, spec_of, threads_of, whole
from ._samples import gathered


class Grown(BaseEstimator):
    def __init__(
        self,
        *,
        activations="full",
        restarts=2,
        topology="automatic",
        layer_width=10,
        objective="errorReduction",
        optimizer="automatic",
        epochs=40,
        near_zero=0.5,
        fluctuation=1.0,
        selection="coverage",
        keep=1,
        tolerance=0.1,
        margin=0.0,
        ridge=1e-6,
        stopping="heldOut",
        maximum_units=-1,
        validation_fraction=0.2,
        hold_outs=0,
        folds=0,
        patience=12,
        connections=0,
        seconds=0.0,
        refinement_every=10,
        committee=1,
        spec=None,
        merge_repeated="auto",
        callback=None,
        random_state=None,
        n_jobs=None,
    ):
        self.activations = activations
        self.restarts = restarts
        self.topology = topology
        self.layer_width = layer_width
        self.objective = objective
        self.optimizer = optimizer
        self.epochs = epochs
        self.near_zero = near_zero
        self.fluctuation = fluctuation
        self.selection = selection
        self.keep = keep
        self.tolerance = tolerance
        self.margin = margin
        self.ridge = ridge
        self.stopping = stopping
        self.maximum_units = maximum_units
        self.validation_fraction = validation_fraction
        self.hold_outs = hold_outs
        self.folds = folds
        self.patience = patience
        self.connections = connections
        self.seconds = seconds
        self.refinement_every = refinement_every
        self.committee = committee
        self.spec = spec
        self.merge_repeated = merge_repeated
        self.callback = callback
        self.random_state = random_state
        self.n_jobs = n_jobs

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    # ---- Growth

    def _grow(self, X, Y, sample_weight, target_names, classes=None):
        """Grows on validated N x d inputs and N x m targets."""
        if not (self.merge_repeated == "auto" or isinstance(self.merge_repeated, (bool, np.bool_))):
            raise ValueError(
                f'merge_repeated: found {self.merge_repeated!r}, expected True, False or "auto"'
            )
        if self.callback is not None and not callable(self.callback):
            raise ValueError(f"callback: found {self.callback!r}, expected a function, or None")
        if sample_weight is not None:
            sample_weight = _check_sample_weight(
                sample_weight, X, dtype=np.float64, ensure_non_negative=True
            )
        columns = self._columns()
        request = {
            "columns": columns,
            "targets": _beside(columns, target_names),
            "spec": spec_of(self),
            "seed": seed_of(self.random_state),
            "threads": threads_of(self.n_jobs),
        }
        if classes is not None:
            request["classes"] = classes
        members = whole(self.committee, 1, 1000, "committee")
        if members > 1:
            request["committee"] = {"members": members}
        X, Y, weights = gathered(X, Y, sample_weight, self.merge_repeated)
        model, report = grow(X, Y, weights, request, self.callback)
        self._adopt(model)
        growth = report["report"]
        self.history_ = growth["rounds"]
        self.decisions_ = report["notes"] + growth["decisions"]
        self.n_epochs_ = growth["epochs"]
        self.training_ = report["training"]
        self.held_out_ = report["heldOut"]
        return self

    def _columns(self):
        names = getattr(self, "feature_names_in_", None)
        return [f"x{index}" for index in range(self.n_features_in_)] if names is None else list(names)

    def _adopt(self, model):
        about = model.description
        self.model_ = model
        self.n_units_ = about["units"]
        self.n_connections_ = about["connections"]
        self.n_pruned_connections_ = about["prunedConnections"]
        self.depth_ = about["depth"]
        self.stop_reason_ = about["provenance"].get("stopReason")
        self.seed_ = about["provenance"]["seed"]

    # ---- Prediction

    def _outputs(self, X):
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return self.model_.outputs(X, threads_of(self.n_jobs))

    # ---- Taking the model away

    def explain(self):
        """What the network computes, as text: its inputs, units, connections and formula."""
        check_is_fitted(self)
        return self.model_.explain()

    def export(self, format, path=None, *, name=None, precision=None, digits=None):
        """The model for other programs.

        Parameters
        ----------
        format : {"c", "swift", "python", "onnx", "sympy", "latex", "dot"}
        path : path-like or None
            The file to write; None to return what would stand in it.
        name : str or None
            What functions, types and the graph are named after; "model" for None.
        precision : {"float", "float-only", "double"} or None
            Of c, swift, python and onnx; None for float in onnx, double elsewhere. "float" keeps answers to 1e-6 of the
            largest, in networks that are too deep by computing in double between; "float-only" never does.
        digits : int or None
            How many significant digits formulas have, 1 to 17.

        Returns
        -------
        str, bytes or None
            Bytes for onnx, a text for the others; None where a file was written.
        """
        check_is_fitted(self)
        data = self.model_.export(format, name=name, precision=precision, digits=digits)
        if path is None:
            return data if format == "onnx" else data.decode()
        with open(path, "wb") as file:
            file.write(data)

    def save(self, path):
        """Writes the model file, which the command ``cambium`` and :meth:`load` read. Parameters and history are not in
        it; a pickle has them all."""
        check_is_fitted(self)
        with open(path, "wb") as file:
            file.write(self.model_.to_bytes())

    @classmethod
    def load(cls, path, columns=None):
        """A fitted estimator of a model file, as :meth:`save` and ``cambium grow --out`` write it.

        Parameters
        ----------
        path : path-like
        columns : list of str, int or None
            The names of the columns that arrays to predict from will have, in order; or, for a model that was fitted to
            columns without names, how many these are. None: the columns that the model reads, which are all there were
            but those of a single value.

        Returns
        -------
        estimator
            With ``random_state`` and ``spec`` as in the file, and without the rounds of its growth.
        """
        with open(path, "rb") as file:
            data = file.read()
        model = Model.from_bytes(data)
        plain = model.plain_columns
        if columns is None and plain is not None:
            columns = plain
        if isinstance(columns, (int, np.integer)):
            columns = [f"x{index}" for index in range(columns)]
        if columns is not None:
            model = Model.from_bytes(data, columns)
        about = model.description
        if about["task"] != cls._task:
            raise CambiumError(f"{os.fspath(path)}: found a model for {about['task']}, expected one for {cls._task}")
        estimator = cls(random_state=about["provenance"]["seed"], spec=about["provenance"]["spec"])
        estimator.n_features_in_ = len(about["columns"])
        if plain is None:
            estimator.feature_names_in_ = np.array(about["columns"], dtype=object)
        estimator._adopt(model)
        estimator.history_ = []
        estimator.decisions_ = []
        estimator._restore(about)
        return estimator


def _beside(columns, names):
    """Names of targets that no input has."""
    taken = set(columns)
    fresh = []
    for name in names:
        while name in taken:
            name += "_"
        taken.add(name)
        fresh.append(name)
    return fresh


def names_of_targets(y, count):
    """The names that a series or a frame gives its columns; y, or y0, y1, … where it gives none."""
    names = list(getattr(y, "columns", [])) or [getattr(y, "name", None)]
    if len(names) == count and all(isinstance(name, str) and name for name in names):
        return names
    return ["y"] if count == 1 else [f"y{index}" for index in range(count)]
