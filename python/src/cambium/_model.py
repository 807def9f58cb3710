"""A grown network, as the library holds it."""

import json
import re

import numpy as np

from . import _library


class Model:
    """A grown network with what prepares its inputs and turns its outputs into answers; it never changes.

    Copies and pickles hold the bytes of its model file, the same that ``cambium grow --out`` writes.
    """

    def __init__(self, pointer):
        self._pointer = pointer
        _library.free_with(self, "model_free", pointer)
        self.description = json.loads(_library.call_for_text("model_describe", pointer))

    @classmethod
    def from_bytes(cls, data, columns=None):
        """The model of a file's bytes; ``columns`` are the names of those that predictions are asked for, in order, or
        None for those that the model reads."""
        names = None if columns is None else json.dumps(list(columns)).encode()
        return cls(_library.call("model_read", data, len(data), names))

    def __reduce__(self):
        return (Model.from_bytes, (self.to_bytes(), self.description["columns"]))

    def to_bytes(self):
        """The bytes of a model file."""
        return _library.call_for_bytes("model_bytes", self._pointer)

    def explain(self):
        """What the network computes, for readers."""
        return _library.call_for_text("model_explain", self._pointer)

    def export(self, format, **options):
        """The bytes of the model for other programs."""
        options = {key: value for key, value in options.items() if value is not None}
        return _library.call_for_bytes(
            "model_export", self._pointer, str(format).encode(), json.dumps(options).encode()
        )

    def outputs(self, X, threads):
        """For N x d float64 numbers N x m answers, or the probability of each class."""
        names = self.description["classes"] or self.description["targets"]
        answers = np.empty((X.shape[0], len(names)))
        _library.call(
            "model_predict", self._pointer, _library.matrix(X), threads, answers.ctypes.data, *answers.shape
        )
        return answers

    @property
    def plain_columns(self):
        """How many columns an array must have had at least, where columns have no names of their own; else None."""
        places = [re.fullmatch(r"x(0|[1-9]\d*)", name) for name in self.description["inputs"]]
        return 1 + max(int(place[1]) for place in places) if all(places) else None
