"""Growth while it runs: who hears of it, and how it is ended."""

import pickle
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest

from cambium import CambiumRegressor

# More rounds than anyone would wait for.
ENDLESS = {"maximum_units": 10_000, "patience": 10_000, "random_state": 1, "tolerance": 1e-9}


def test_callbacks_hear_of_rounds(numbers):
    events = []
    model = CambiumRegressor(random_state=1, maximum_units=5, callback=events.append).fit(*numbers)
    rounds = [event for event in events if event["event"] == "round"]
    assert [round["index"] for round in rounds] == [round["index"] for round in model.history_]
    assert rounds[0]["kept"] == model.history_[0]["kept"]
    assert {"stage", "trialRound"} <= {event["event"] for event in events}


def test_a_callback_does_not_change_the_network(numbers):
    parameters = {"random_state": 1, "maximum_units": 5}
    heard = CambiumRegressor(**parameters, callback=lambda event: None, n_jobs=2).fit(*numbers)
    assert heard.model_.to_bytes() == CambiumRegressor(**parameters).fit(*numbers).model_.to_bytes()


def test_a_callback_may_end_growth(numbers):
    rounds = []

    def enough(event):
        rounds.append(event)
        return event["event"] == "round" and event["index"] == 3

    model = CambiumRegressor(**ENDLESS, validation_fraction=0, callback=enough).fit(*numbers)
    assert model.stop_reason_ == "interrupted"
    assert model.n_units_ == 3
    assert np.isfinite(model.predict(numbers[0])).all()


def test_what_a_callback_raises_ends_growth_and_is_raised(numbers):
    def fail(event):
        if event["event"] != "stage":
            raise RuntimeError("not a good round")

    model = CambiumRegressor(**ENDLESS, n_jobs=2, callback=fail)
    with pytest.raises(RuntimeError, match="not a good round"):
        model.fit(*numbers)
    assert not hasattr(model, "model_")


def test_other_threads_run_during_growth(numbers):
    """Growth ends by what another thread does while it runs: with the interpreter's lock held it never would."""
    started, ended = threading.Event(), threading.Event()

    def elsewhere():
        started.wait()
        ended.set()

    def listen(event):
        started.set()
        return ended.is_set()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    model = CambiumRegressor(**ENDLESS, callback=listen).fit(*numbers)
    thread.join()
    assert model.stop_reason_ == "interrupted"


def test_an_interrupt_ends_growth():
    # Whoever started the tests may have let interrupts be ignored, as a shell does in the background.
    program = f"""
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
import numpy as np
from cambium import CambiumRegressor
X = np.random.RandomState(0).uniform(-2, 2, (500, 3))
model = CambiumRegressor(**{ENDLESS!r}, callback=lambda event: print("growing", flush=True))
try:
    model.fit(X, np.sin(3 * X[:, 0]) * X[:, 1])
except KeyboardInterrupt:
    print("interrupted", hasattr(model, "model_"), flush=True)
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "growing\n"
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=120)
    assert output.splitlines()[-1] == "interrupted False"
    assert process.returncode == 0


def test_growth_in_many_threads_at_once(numbers):
    X, y = numbers
    models = [CambiumRegressor(random_state=seed, maximum_units=4, hold_outs=1) for seed in range(4)]
    threads = [threading.Thread(target=model.fit, args=(X, y)) for model in models]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed, model in enumerate(models):
        alone = CambiumRegressor(random_state=seed, maximum_units=4, hold_outs=1).fit(X, y)
        assert pickle.loads(pickle.dumps(model)).model_.to_bytes() == alone.model_.to_bytes()
