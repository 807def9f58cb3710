"""The estimators: numbers, and classes."""

import re

import numpy as np
from sklearn.base import ClassifierMixin, RegressorMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

from ._base import Grown, names_of_targets

_DOCUMENTATION = """{what}

    {how}

    Inputs are standardised, those with a long tail to the right put on a logarithmic scale; missing values (NaN) become the
    mean, and one more input says where. Data, parameters and seed alone decide what is grown, not the number of threads,
    and ``cambium grow --seed S`` grows the same network on the same numbers for ``random_state=S``.

    Parameters
    ----------
    activations : str or list of str, default="full"
        The nonlinear functions of a pool, or the name of a set: full, sigmoid, trigonometric, logarithmic, polynomial,
        radial, everything. Time grows in proportion to their number.
    restarts : int, default=2
        Candidates of each function in a pool.
    topology : {{"automatic", "flat", "cascade", "layered", "mixed"}}, default="automatic"
        What a new unit may read: the inputs (flat), these and all earlier units (cascade), the ring before (layered), either
        (mixed), or the better of flat and cascade on held-out samples.
    layer_width : int, default=10
        How many units a ring of the layered topology has.
    objective : str, default="errorReduction"
        What candidates climb.
    optimizer : str, default="automatic"
        How they climb.
    epochs : int, default=40
        Steps of each candidate.
    near_zero : float, default=0.5
        A connection is cut whose weight is below this share of the root mean square of its unit's weights.
    fluctuation : float, default=1.0
        A connection is cut whose weight has mean / deviation below this over the epochs.
    selection : str, default="coverage"
        How candidates are judged: coverage, hardCoverage, errorReduction, covariance, validation, bic.
    keep : int, default=1
        How many units a round keeps.
    tolerance : float, default=0.1
        Regression: a sample is represented where every output is within this many standard deviations of its target.
    margin : float, default=0.0
        Classes: a sample is represented where its class is by this more probable than every other.
    ridge : float, default=1e-6
        The least penalty of the readout.
    stopping : {{"heldOut", "bic"}}, default="heldOut"
        What chooses the size.
    maximum_units : int, default=-1
        The most units; -1: 40 of up to 4000 samples, of more one for every 100, at most 120.
    validation_fraction : float, default=0.2
        The share of the samples held out to choose the size by, before growing on all; 0: growth ends when all samples are
        represented, or at its budget.
    hold_outs : int, default=0
        How many hold-outs the choice is averaged over; 0: six of up to 1000 samples, three
            of up to 2000, one of more.
    folds : int, default=0
        Cross-validation with so many folds in place of hold-outs.
    patience : int, default=12
        Growth ends after so many units without less held-out loss.
    connections : int, default=0
        The most connections; 0: no bound.
    seconds : float, default=0.0
        After which growth ends with the round it is in; 0: no bound. Under this bound alone two fits may differ.
    refinement_every : int, default=10
        After every how many units all weights are tuned together; 0: never.
    committee : int, default=1
        How many networks are grown that answer together, the mean of them; ``export`` writes the mean out for programs.
    spec : mapping or None, default=None
        Any other key of the spec, as in a YAML file for ``cambium grow --spec``: ``{{"pruning": {{"wald": 3.84}}}}`` or
        ``{{"pruning.wald": 3.84}}``. Goes before the parameters above.
    merge_repeated : bool or "auto", default="auto"
        Whether samples that are the same in inputs and target are learned as one of the sum of their weights, so that a
        weight of k says what k copies say, in whatever order samples stand. "auto": where weights are given, and where
        more than half of the samples repeat another. False: each by itself, as ``cambium grow`` has them.
    callback : callable or None, default=None
        Hears of growth: called with a dict, whose "event" is "stage", "decision", "round" or "trialRound", from threads of
        growth, one call at a time. If it returns true, growth ends with the round it is in and keeps the best so far.
    random_state : int, RandomState or None, default=None
        An int is the seed itself, 0 to 2**64 - 1; else it is drawn.
    n_jobs : int or None, default=None
        Threads; -1 for one for each core. Changes no bit of the result.

    Attributes
    ----------
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Where X had names.
    {attributes}
    n_units_, n_connections_, n_pruned_connections_, depth_ : int
        The size of the network: its units, the weights that are left and those that were pruned, the longest path.
    history_ : list of dict
        The rounds of growth: index, candidates, kept (units with activation, connections, pruned, coveredFirst), coverage,
        trainError, validationError, seconds.
    stop_reason_ : str
        What ended growth.
    decisions_ : list of str
        What was chosen without being asked for.
    training_, held_out_ : dict
        Errors and coverage on the samples (each counts once), and on those held out before they were learned too (None
        where none were).
    n_epochs_ : int
        Passes over the samples, of everything that was trained.
    seed_ : int
        The seed that was used.
    model_ : Model
        The network.
    """


class CambiumRegressor(RegressorMixin, Grown):
    __doc__ = _DOCUMENTATION.format(
        what="A network that grows itself, for one or several numbers.",
        how="""Unit by unit, each chosen among candidates with different nonlinear functions, until all samples are
    represented or held-out samples say that it is enough.""",
        attributes="""n_outputs_ : int
        How many numbers are predicted.""",
    )

    _task = "regression"

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X, y, sample_weight=None):
        """Grows a network.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            NaN for a missing value. Arrays of float64 are not copied, whatever their order.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,) or None
            What each sample counts: in means and deviations, in training, pruning, coverage, readout and held-out loss.

        Returns
        -------
        self
        """
        given = y
        X, y = validate_data(
            self, X, y, dtype=np.float64, ensure_all_finite="allow-nan", ensure_min_samples=2, multi_output=True,
            y_numeric=True,
        )
        self._is_flat = y.ndim == 1
        Y = np.asarray(y, dtype=np.float64).reshape(len(y), -1)
        self.n_outputs_ = Y.shape[1]
        return self._grow(X, Y, sample_weight, names_of_targets(given, self.n_outputs_))

    def predict(self, X):
        """The predicted numbers, of shape (n_samples,), or (n_samples, n_outputs) where y had two dimensions."""
        outputs = self._outputs(X)
        return outputs.ravel() if self._is_flat else outputs

    def _restore(self, about):
        self.n_outputs_ = len(about["targets"])
        self._is_flat = self.n_outputs_ == 1


class CambiumClassifier(ClassifierMixin, Grown):
    __doc__ = _DOCUMENTATION.format(
        what="A network that grows itself, for two or more classes.",
        how="""Unit by unit, each chosen among candidates with different nonlinear functions, until all samples are
    represented or held-out samples say that it is enough.""",
        attributes="""classes_ : ndarray
        The classes, sorted.""",
    )

    _task = "classification"

    def fit(self, X, y, sample_weight=None):
        """Grows a network.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            NaN for a missing value. Arrays of float64 are not copied, whatever their order.
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,) or None
            What each sample counts: in means and deviations, in training, pruning, coverage, readout and held-out loss.

        Returns
        -------
        self
        """
        given = y
        X, y = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan", ensure_min_samples=2)
        check_classification_targets(y)
        self.classes_, places = np.unique(y, return_inverse=True)
        Y = places.astype(np.float64).reshape(-1, 1)
        names = [_name(label) for label in self.classes_.tolist()]
        return self._grow(X, Y, sample_weight, names_of_targets(given, 1), names)

    def predict_proba(self, X):
        """The probability of each class, in the order of ``classes_``: shape (n_samples, n_classes)."""
        return self._outputs(X)

    def predict(self, X):
        """The most probable class of each sample."""
        outputs = self._outputs(X)
        return self.classes_[np.argmax(outputs, axis=1)]

    def _restore(self, about):
        names = about["classes"]
        if all(re.fullmatch(r"-?\d{1,18}", name) for name in names):
            self.classes_ = np.array([int(name) for name in names])
        else:
            self.classes_ = np.array(names)


def _name(label):
    """A class as the model file names it: whole numbers without a point, as the command has them."""
    if isinstance(label, float) and label.is_integer():
        return str(int(label))
    return str(label)
