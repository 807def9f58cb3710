"""Growth in a thread of its own, so that the one that asked for it can be interrupted."""

import ctypes
import json
import threading
from ctypes import byref, c_void_p

import numpy as np

from . import _library
from ._model import Model


class _Stop:
    """A wish that growth end."""

    def __init__(self):
        self.pointer = _library.function("stop_create")()
        _library.free_with(self, "stop_free", self.pointer)

    def request(self):
        _library.function("stop_request")(self.pointer)


class _Listener:
    """Passes events on, one at a time, to a function of the user, whose exceptions and wishes end growth."""

    def __init__(self, callback, stop):
        self.callback, self.stop = callback, stop
        self.error = None
        self._lock = threading.Lock()
        # Without a callback the library is given null: events are then not even worded.
        self.function = _library.LISTENER(self._hear) if callback else _library.LISTENER()

    def _hear(self, _, event):
        with self._lock:
            if self.error is not None:
                return
            try:
                if self.callback(json.loads(event)):
                    self.stop.request()
            except BaseException as error:
                self.error = error
                self.stop.request()


def grow(X, Y, weights, request, callback=None):
    """A network grown on N x d numbers and N x m targets, with N weights or None, and the report of its growth.

    A ``KeyboardInterrupt``, or another exception of a signal's handler, ends growth with the round that it is in and is
    raised then; a second one is raised at once, while that round ends in the background. So is what the callback raises.
    """
    stop = _Stop()
    listener = _Listener(callback, stop)
    outcome = {}
    ended = threading.Event()

    def work():
        try:
            outcome["grown"] = _grow(X, Y, weights, request, listener, stop)
        except BaseException as error:
            outcome["error"] = error
        finally:
            ended.set()

    thread = threading.Thread(target=work, name="cambium-growth")
    try:
        thread.start()
        ended.wait()
    except BaseException:
        stop.request()
        if thread.is_alive():
            ended.wait()
        raise
    thread.join()
    for error in (listener.error, outcome.get("error")):
        if error is not None:
            raise error
    return outcome["grown"]


def _grow(X, Y, weights, request, listener, stop):
    report = c_void_p()
    if weights is not None:
        weights = np.ascontiguousarray(weights, dtype=np.float64)
    pointer = _library.call(
        "grow",
        _library.matrix(X),
        _library.matrix(Y),
        None if weights is None else weights.ctypes.data_as(ctypes.c_void_p),
        json.dumps(request).encode(),
        listener.function,
        None,
        stop.pointer,
        byref(report),
    )
    return Model(pointer), json.loads(_library.taken_text(report))
