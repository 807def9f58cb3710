"""Neural networks that grow themselves, as estimators of scikit-learn.

>>> from cambium import CambiumRegressor
>>> model = CambiumRegressor(random_state=1).fit(X, y)
>>> print(model.explain())
"""

from ._estimators import CambiumClassifier, CambiumRegressor
from ._library import CambiumError, version
from ._model import Model

__version__ = version()
__all__ = ["CambiumClassifier", "CambiumError", "CambiumRegressor", "Model"]
