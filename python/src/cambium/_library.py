"""The shared library: its functions by ctypes, which lets other threads of Python run during every call.

What the functions do stands in the header, Sources/CCambium/include/cambium.h.
"""

import ctypes
import json
import weakref
from ctypes import POINTER, byref, c_char_p, c_int32, c_int64, c_uint8, c_void_p
from pathlib import Path

import numpy as np


class CambiumError(ValueError):
    """What the library says: what was found, and what was expected."""


class _Matrix(ctypes.Structure):
    _fields_ = [
        ("values", c_void_p),
        ("rows", c_int64),
        ("columns", c_int64),
        ("row_stride", c_int64),
        ("column_stride", c_int64),
    ]


LISTENER = ctypes.CFUNCTYPE(None, c_void_p, c_char_p)

_library = ctypes.CDLL(str(Path(__file__).with_name("libcambium.so")))

# Texts and bytes come as plain pointers, since they have to be given back.
_SIGNATURES = {
    "version": (c_void_p, []),
    "default_spec": (c_void_p, [POINTER(c_void_p)]),
    "free": (None, [c_void_p]),
    "stop_create": (c_void_p, []),
    "stop_request": (None, [c_void_p]),
    "stop_free": (None, [c_void_p]),
    "grow": (
        c_void_p,
        [POINTER(_Matrix), POINTER(_Matrix), c_void_p, c_char_p, LISTENER, c_void_p, c_void_p]
        + [POINTER(c_void_p), POINTER(c_void_p)],
    ),
    "model_read": (c_void_p, [c_char_p, c_int64, c_char_p, POINTER(c_void_p)]),
    "model_free": (None, [c_void_p]),
    "model_bytes": (c_void_p, [c_void_p, POINTER(c_int64), POINTER(c_void_p)]),
    "model_describe": (c_void_p, [c_void_p, POINTER(c_void_p)]),
    "model_explain": (c_void_p, [c_void_p, POINTER(c_void_p)]),
    "model_predict": (
        c_int32,
        [c_void_p, POINTER(_Matrix), c_int32, c_void_p, c_int64, c_int64, POINTER(c_void_p)],
    ),
    "model_export": (
        c_void_p,
        [c_void_p, c_char_p, c_char_p, POINTER(c_int64), POINTER(c_void_p)],
    ),
}
for _name, (_result, _arguments) in _SIGNATURES.items():
    _function = getattr(_library, f"cambium_{_name}")
    _function.restype, _function.argtypes = _result, _arguments


def function(name):
    """The function of the library that the header calls cambium_NAME."""
    return getattr(_library, f"cambium_{name}")


def taken_text(pointer):
    """A text that the library returned, given back to it; None for null."""
    address = getattr(pointer, "value", pointer)
    if not address:
        return None
    try:
        return ctypes.string_at(address).decode()
    finally:
        function("free")(address)


def call(name, *arguments):
    """What a function returns that says by null, or by another number than 0, that it failed."""
    trouble = c_void_p()
    result = function(name)(*arguments, byref(trouble))
    words = taken_text(trouble)
    if words is not None:
        raise CambiumError(words)
    if bool(result) != (function(name).restype is c_void_p):
        raise MemoryError(f"cambium_{name}")
    return result


def call_for_bytes(name, *arguments):
    """The bytes that a function returns, given back to it."""
    count = c_int64()
    address = call(name, *arguments, byref(count))
    try:
        return ctypes.string_at(address, count.value)
    finally:
        function("free")(address)


def call_for_text(name, *arguments):
    """The text that a function returns, given back to it."""
    return taken_text(call(name, *arguments))


def free_with(owner, name, pointer):
    """Calls a function of the library on a pointer once nobody has its owner any more; not at the interpreter's end, when
    all goes anyhow."""
    weakref.finalize(owner, function(name), pointer).atexit = False


def matrix(array):
    """A two-dimensional array of float64 as the library sees it, where it lies; the array must outlive it.

    Arrays in the order of C or of Fortran, slices and transposes are read in place. Only an array whose numbers lie at
    odd addresses is copied.
    """
    if not array.flags.aligned or any(stride % array.itemsize for stride in array.strides):
        array = array.copy()
    row_stride, column_stride = (stride // array.itemsize for stride in array.strides)
    seen = _Matrix(array.ctypes.data, *array.shape, row_stride, column_stride)
    seen.array = array  # kept alive with it
    return seen


def version():
    """The version of the library."""
    return taken_text(function("version")())


def default_spec():
    """Every key of a growth's spec with its default."""
    return json.loads(call_for_text("default_spec"))
