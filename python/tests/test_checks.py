"""All checks that scikit-learn has for such estimators."""

import os

import pytest
from sklearn.utils.estimator_checks import check_estimator

from cambium import CambiumClassifier, CambiumRegressor


@pytest.mark.parametrize("estimator", [CambiumRegressor, CambiumClassifier])
def test_every_check_of_scikit_learn_passes(estimator):
    assert os.environ.get("SCIPY_ARRAY_API") == "1", "without it scikit-learn passes over a check"
    results = check_estimator(estimator(), on_skip=None, on_fail=None)
    others = {r["check_name"]: (r["status"], r["exception"]) for r in results if r["status"] != "passed"}
    assert not others
    assert len(results) > 50
