"""What an estimator promises beside scikit-learn's checks."""

import copy
import inspect
import pickle

import numpy as np
import pandas as pd
import pytest

from cambium import CambiumClassifier, CambiumError, CambiumRegressor
from cambium._library import default_spec
from cambium._parameters import SPEC_KEYS


def regressor(**parameters):
    return CambiumRegressor(**{"random_state": 1, "maximum_units": 6, "hold_outs": 1, **parameters})


def classifier(**parameters):
    return CambiumClassifier(**{"random_state": 1, "maximum_units": 6, "hold_outs": 1, **parameters})


# ---- Parameters


def test_defaults_are_those_of_the_library():
    signature = inspect.signature(CambiumRegressor).parameters
    for name, path in SPEC_KEYS.items():
        standard = default_spec()
        for key in path.split("."):
            standard = standard[key]
        if name == "activations":
            assert signature[name].default == "full"
            assert len(standard) == 11
        else:
            assert signature[name].default == standard, name


def test_parameters_and_spec_reach_growth(numbers):
    X, y = numbers
    model = regressor(activations=("sin", "tanh"), spec={"pruning.wald": 3.84, "training": {"epochs": 20}}).fit(X, y)
    spec = model.model_.description["provenance"]["spec"]
    assert spec["activations"] == ["sin", "tanh"]
    assert spec["pruning"]["wald"] == 3.84
    assert spec["training"]["epochs"] == 20
    assert spec["stopping"]["maximumUnits"] == 6
    assert {unit["activation"] for round in model.history_ for unit in round["kept"]} <= {"sin", "tanh"}


@pytest.mark.parametrize(
    "parameters, word",
    [
        ({"spec": {"prunin.wald": 1}}, "pruning"),
        ({"spec": {"pruning": {"wald": "x"}}}, "pruning.wald"),
        ({"spec": 3}, "spec"),
        ({"topology": "flt"}, "topology"),
        ({"maximum_units": -2}, "stopping.maximumUnits"),
        ({"maximum_units": 2.5}, "stopping.maximumUnits"),
        ({"epochs": np.nan}, "epochs"),
        ({"ridge": {}}, "ridge"),
        ({"callback": 3}, "callback"),
        ({"merge_repeated": "no"}, "merge_repeated"),
        ({"random_state": -1}, "random_state"),
        ({"committee": 0}, "committee"),
    ],
)
def test_what_does_not_fit_is_told_in_fit(numbers, parameters, word):
    with pytest.raises(ValueError, match=word.replace(".", r"\.")):
        regressor(**parameters).fit(*numbers)


def test_errors_of_the_library_are_exceptions_with_its_words(numbers):
    X, y = numbers
    with pytest.raises(CambiumError, match="found the one value 1 in all training rows, expected a target that varies"):
        regressor().fit(X, np.ones_like(y))
    with pytest.raises(CambiumError, match="found the one class"):
        classifier().fit(X, ["a"] * len(y))


# ---- Seeds and threads


def test_a_number_is_the_seed_and_others_are_drawn(numbers):
    X, y = numbers
    assert regressor(random_state=7).fit(X, y).seed_ == 7
    assert regressor(random_state=np.int64(7)).fit(X, y).seed_ == 7
    first, second = (regressor(random_state=np.random.RandomState(3)).fit(X, y) for _ in range(2))
    assert first.seed_ == second.seed_
    shared = np.random.RandomState(3)
    assert len({regressor(random_state=shared).fit(X, y).seed_ for _ in range(3)}) == 3
    np.random.seed(5)
    first = regressor(random_state=None).fit(X, y)
    np.random.seed(5)
    second = regressor(random_state=None).fit(X, y)
    assert first.model_.to_bytes() == second.model_.to_bytes()
    assert regressor(random_state=None).fit(X, y).seed_ != first.seed_


def test_threads_change_no_bit(numbers):
    X, y = numbers
    assert regressor(n_jobs=3).fit(X, y).model_.to_bytes() == regressor().fit(X, y).model_.to_bytes()


# ---- Arrays


def test_layouts_and_types_of_arrays_change_nothing(numbers):
    X, y = numbers
    expected = regressor().fit(X, y)
    answers = expected.predict(X)
    wide = np.zeros((2 * len(X), 7))
    wide[::2, 1::2] = X
    backwards = np.ascontiguousarray(X[::-1, ::-1])[::-1, ::-1]
    for same in (np.asfortranarray(X), wide[::2, 1::2], backwards, X.tolist(), X.astype(">f8")):
        assert regressor().fit(same, y).model_.to_bytes() == expected.model_.to_bytes()
        assert (expected.predict(same) == answers).all()
    single = X.astype(np.float32)
    assert (regressor().fit(single, y).predict(single) == regressor().fit(single.astype(float), y).predict(single)).all()


def test_arrays_are_not_changed(numbers):
    X, y = numbers
    weights = np.arange(len(y)) % 4
    before = X.copy(), y.copy(), weights.copy()
    regressor().fit(X, y, weights)
    for now, then in zip((X, y, weights), before):
        assert (now == then).all()


def test_missing_values_are_learned_with(numbers):
    X, y = numbers
    X = X.copy()
    X[::5, 0] = np.nan
    model = regressor().fit(X, y)
    assert "1 where x0 is missing" in model.explain()
    assert np.isfinite(model.predict(X)).all()
    assert np.isfinite(model.predict(np.full((1, 3), np.nan))).all()
    # The mean is what a missing value stands for, where none was missing in training.
    complete = regressor().fit(*numbers)
    filled = numbers[0][:4].copy()
    filled[:, 2] = numbers[0][:, 2].mean()
    missing = filled.copy()
    missing[:, 2] = np.nan
    np.testing.assert_allclose(complete.predict(missing), complete.predict(filled), rtol=1e-9)


def test_several_targets_and_their_shapes(numbers):
    X, y = numbers
    both = regressor().fit(X, np.column_stack([y, -3 * y]))
    assert both.predict(X).shape == (len(y), 2)
    assert both.n_outputs_ == 2
    assert both.score(X, np.column_stack([y, -3 * y])) > 0.5
    assert regressor().fit(X, y.reshape(-1, 1)).predict(X).shape == (len(y), 1)
    assert regressor().fit(X, y).predict(X).shape == (len(y),)


def test_names_of_frames_stay_with_the_model(numbers):
    X, y = numbers
    frame = pd.DataFrame(X, columns=["length", "beam", "draft"])
    model = regressor().fit(frame, pd.Series(y, name="drag"))
    assert list(model.feature_names_in_) == ["length", "beam", "draft"]
    assert "length" in model.explain() and "drag" in model.explain()
    assert (model.predict(frame) == regressor().fit(X, y).predict(X)).all()
    with pytest.raises(ValueError, match="feature names"):
        model.predict(frame[["beam", "length", "draft"]])
    # A target may be called as an input is.
    regressor().fit(frame, pd.Series(y, name="beam"))


def test_probabilities_and_labels(classes):
    X, y = classes
    model = classifier().fit(X, y)
    assert list(model.classes_) == ["low", "middle", "top"]
    shares = model.predict_proba(X)
    assert shares.shape == (len(y), 3)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert (model.predict(X) == model.classes_[shares.argmax(axis=1)]).all()
    assert model.score(X, y) > 0.8


@pytest.mark.parametrize("labels", [[10, 9, 100], [True, False], [-1, 1], [0.5, 2.0, 3.25], ["b", "a"]])
def test_labels_of_every_kind(numbers, labels):
    X, y = numbers
    places = np.argsort(np.argsort(y)) * len(labels) // len(y)
    wanted = np.array(labels)[places]
    if wanted.dtype.kind == "f":
        wanted = wanted.astype(str).astype(object)
    model = classifier().fit(X, wanted)
    assert (model.classes_ == np.unique(wanted)).all()
    assert model.predict(X).dtype == wanted.dtype
    assert model.score(X, wanted) > 0.7


# ---- Weights


@pytest.mark.parametrize("make", [regressor, classifier])
def test_a_weight_says_what_copies_say_in_any_order(make, numbers, classes):
    X, y = numbers if make is regressor else classes
    random = np.random.RandomState(0)
    weights = random.randint(0, 4, len(y))
    order = random.permutation(len(y))
    weighted = make(merge_repeated=True).fit(X[order], y[order], weights[order])
    repeated = make(merge_repeated=True).fit(X.repeat(weights, axis=0), y.repeat(weights))
    # But for the fingerprint of its data.
    assert weighted.explain() == repeated.explain()
    probe = random.uniform(-2, 2, (50, 3))
    assert (weighted._outputs(probe) == repeated._outputs(probe)).all()


def test_weights_of_one_are_none_and_weights_of_zero_are_absence(numbers):
    X, y = numbers
    plain = regressor().fit(X, y)
    assert regressor().fit(X, y, np.ones(len(y))).model_.to_bytes() == plain.model_.to_bytes()
    half = np.arange(len(y)) % 2
    left = regressor().fit(X, y, half)
    assert left.model_.to_bytes() == regressor().fit(X[half == 1], y[half == 1]).model_.to_bytes()


def test_heavy_samples_are_learned_better(numbers):
    X, y = numbers
    noisy = y + np.random.RandomState(1).normal(0, 2, len(y))
    heavy = np.where(X[:, 2] > 0, 1000.0, 1.0)
    error = [
        np.abs(model.predict(X) - noisy)[X[:, 2] > 0].mean()
        for model in (regressor(validation_fraction=0).fit(X, noisy, heavy), regressor(validation_fraction=0).fit(X, noisy))
    ]
    assert error[0] < error[1]


def test_missing_values_do_not_hinder_merging(numbers):
    X, y = numbers
    X = X.copy()
    X[::5, 0] = np.nan
    weights = np.arange(len(y)) % 3 + 1
    weighted = regressor(merge_repeated=True).fit(X, y, weights)
    repeated = regressor(merge_repeated=True).fit(X.repeat(weights, axis=0), y.repeat(weights))
    assert (weighted.predict(X) == repeated.predict(X)).all()


# ---- Copies


@pytest.mark.parametrize("make", [regressor, classifier])
def test_copies_and_pickles_answer_alike(make, numbers, classes):
    X, y = numbers if make is regressor else classes
    X = np.column_stack([X, np.zeros(len(y))])  # a last column that the network does not read
    model = make().fit(X, y)
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert (other._outputs(X) == model._outputs(X)).all()
        assert other.model_.to_bytes() == model.model_.to_bytes()
        assert other.history_ == model.history_
