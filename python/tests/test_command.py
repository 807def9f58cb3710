"""The package and the command grow the same networks, and read each other's models."""

import csv
import json
import subprocess

import numpy as np
import pandas as pd
import pytest

from cambium import CambiumClassifier, CambiumError, CambiumRegressor

from conftest import ROOT


def run(*words):
    outcome = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def predicted(command, model, data):
    rows = list(csv.reader(run(command, "predict", model, data, "--probabilities").splitlines()))
    return rows[0], np.array([[cell for cell in row] for row in rows[1:]])


def grown_by(command, data, folder, *options):
    path = folder / "command.json"
    run(command, "grow", data, "--out", path, "--seed", 3, "--quiet", *options)
    return path


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"topology": "cascade", "validation_fraction": 0.0, "maximum_units": 8},
        {"committee": 3, "maximum_units": 5},
    ],
)
def test_the_same_network_for_numbers(command, tmp_path, options):
    data = ROOT / "experiments/data/yacht.csv"
    table = pd.read_csv(data)
    model = CambiumRegressor(random_state=3, n_jobs=2, **options).fit(table.iloc[:, :-1], table.iloc[:, -1])
    keys = {"topology": "topology", "validation_fraction": "stopping.validationFraction"}
    keys["maximum_units"] = "stopping.maximumUnits"
    words = [word for name, value in options.items() if name in keys for word in ("--set", f"{keys[name]}={value}")]
    if "committee" in options:
        words += ["--committee", options["committee"]]
    path = grown_by(command, data, tmp_path, *words)
    _, rows = predicted(command, path, data)
    assert (model.predict(table.iloc[:, :-1]) == rows[:, 0].astype(float)).all()
    # All of the file is the same but for the name of the data's file.
    ours, theirs = json.loads(model.model_.to_bytes()), json.loads(path.read_bytes())
    assert theirs["provenance"].pop("data") == "yacht.csv"
    assert ours["provenance"].pop("data") == "array"
    assert ours == theirs


@pytest.mark.parametrize("name", ["iris", "wine"])
def test_the_same_network_for_classes(command, tmp_path, name):
    data = ROOT / f"experiments/data/{name}.csv"
    table = pd.read_csv(data)
    X, y = table.iloc[:, :-1], table.iloc[:, -1]
    model = CambiumClassifier(random_state=3).fit(X, y)
    header, rows = predicted(command, grown_by(command, data, tmp_path, "--task", "classification"), data)
    assert header[1:] == [f"p:{label}" for label in model.classes_]
    assert (model.predict_proba(X) == rows[:, 1:].astype(float)).all()
    assert (model.predict(X).astype(str) == rows[:, 0]).all()


def test_the_same_network_with_gaps_and_without_names(command, tmp_path):
    random = np.random.RandomState(1)
    X = random.uniform(-2, 2, (80, 3))
    y = X[:, 0] ** 2 + X[:, 1]
    X[::7, 1] = np.nan
    data = tmp_path / "gaps.csv"
    pd.DataFrame(np.column_stack([X, y]), columns=["a", "b", "c", "y"]).to_csv(data, index=False)
    read = np.genfromtxt(data, delimiter=",", skip_header=1)
    assert ((read == np.column_stack([X, y])) | np.isnan(read)).all()
    model = CambiumRegressor(random_state=3).fit(X, y)
    _, rows = predicted(command, grown_by(command, data, tmp_path), data)
    assert (model.predict(X) == rows[:, 0].astype(float)).all()


def test_models_are_read_on_both_sides(command, tmp_path):
    data = ROOT / "experiments/data/iris.csv"
    table = pd.read_csv(data)
    X, y = table.iloc[:, :-1], table.iloc[:, -1]
    path = grown_by(command, data, tmp_path)
    loaded = CambiumClassifier.load(path)
    _, rows = predicted(command, path, data)
    assert (loaded.predict_proba(X) == rows[:, 1:].astype(float)).all()
    assert (loaded.predict(X) == y).mean() > 0.9
    # Fitted anew, it grows what the file holds.
    again = CambiumClassifier(**loaded.get_params()).fit(X, y)
    assert (again.predict_proba(X) == loaded.predict_proba(X)).all()
    saved = tmp_path / "saved.json"
    again.save(saved)
    _, same = predicted(command, saved, data)
    assert (same == rows).all()
    with pytest.raises(CambiumError, match="found a model for classification, expected one for regression"):
        CambiumRegressor.load(path)
