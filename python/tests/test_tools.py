"""Pipelines, searches, and models that are taken away."""

import ctypes
import importlib.util
import shutil
import subprocess

import numpy as np
import pytest
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import QuantileTransformer

import cambium
from cambium import CambiumClassifier, CambiumError, CambiumRegressor
from cambium._library import matrix

SMALL = {"random_state": 1, "maximum_units": 5, "hold_outs": 1}


def test_no_swift_is_within_reach():
    assert shutil.which("swift") is None
    with open("/proc/self/maps") as maps:
        libraries = {line.split()[-1] for line in maps if ".so" in line}
    assert any(library.endswith("cambium/libcambium.so") for library in libraries)
    assert not any("swift" in library or "libgsl" in library for library in libraries)


def test_arrays_are_read_where_they_lie():
    wide = np.zeros((6, 8))
    for array in (wide, wide.T, wide[::2, ::-1], np.asfortranarray(wide)):
        assert matrix(array).array is array
        assert matrix(array).values == array.ctypes.data
    odd = np.zeros(8 * 6 + 1, dtype=np.uint8)[1:].view(np.float64).reshape(3, 2)
    assert matrix(odd).array is not odd


def test_pipelines_searches_and_cross_validation(numbers, classes):
    X, y = numbers
    pipeline = make_pipeline(QuantileTransformer(n_quantiles=20), CambiumRegressor(**SMALL))
    assert pipeline.fit(X, y).score(X, y) > 0.7
    search = GridSearchCV(
        CambiumClassifier(**SMALL), {"topology": ["flat", "cascade"], "maximum_units": [0, 5]}, cv=2, n_jobs=2
    ).fit(*classes)
    assert search.best_params_["maximum_units"] == 5
    scores = cross_val_score(CambiumRegressor(**SMALL), X, y, cv=3, params={"sample_weight": np.arange(len(y)) + 1.0})
    assert scores.shape == (3,) and np.isfinite(scores).all()


def test_exported_programs_answer_alike(numbers, tmp_path):
    X, y = numbers
    model = CambiumRegressor(**SMALL).fit(X, y)
    module = tmp_path / "exported.py"
    assert model.export("python", module) is None
    spec = importlib.util.spec_from_file_location("exported", module)
    exported = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exported)
    assert model.export("python") == module.read_text()
    if shutil.which("cc"):
        header, program = tmp_path / "model.h", tmp_path / "model.c"
        model.export("c", header, name="yacht")
        program.write_text('#include "model.h"\n')
        subprocess.run(["cc", "-shared", "-fPIC", "-o", tmp_path / "model.so", program, "-lm"], check=True)
        ctypes.CDLL(str(tmp_path / "model.so"))
    assert isinstance(model.export("onnx"), bytes)
    for format in ("swift", "sympy", "latex", "dot"):
        assert model.export(format)
    assert model.export("latex", digits=2) != model.export("latex")
    for wrong in ({"format": "pdf"}, {"format": "c", "digits": 40}, {"format": "latex", "precision": "float"}):
        with pytest.raises(CambiumError):
            model.export(**wrong)


def test_saved_models_answer_alike(numbers, tmp_path):
    X, y = numbers
    X = np.column_stack([X, np.zeros(len(y))])
    model = CambiumRegressor(**SMALL).fit(X, y)
    path = tmp_path / "model.json"
    model.save(path)
    assert path.read_bytes() == model.model_.to_bytes()
    loaded = CambiumRegressor.load(path, columns=4)
    assert (loaded.predict(X) == model.predict(X)).all()
    assert (CambiumRegressor.load(path).predict(X[:, :3]) == model.predict(X)).all()
    assert loaded.n_units_ == model.n_units_ and loaded.explain() == model.explain()
    with pytest.raises(CambiumError, match="x1"):
        CambiumRegressor.load(path, columns=["x0", "x2"])
    path.write_text("{}")
    with pytest.raises(CambiumError, match="format"):
        CambiumRegressor.load(path)


def test_versions_agree():
    assert cambium.__version__ == importlib.metadata.version("cambium")
