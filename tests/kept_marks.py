"""Prepare each synthetic scan once and compare each pair once in a run of tests.

Tests of records enrol the same few scans again and again; preparing and comparing them
is pure, and is itself tested in tests/analysis/ballistics, where nothing is kept.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass
from functools import wraps
from hashlib import sha256
from typing import Any
from unittest import mock

import numpy as np

from armstrace.analysis.ballistics import comparison, preparation

_KEPT: dict[Any, Any] = {}


@contextmanager
def kept_marks() -> Iterator[None]:
    """Give again what was prepared or compared before from the same heights."""
    with ExitStack() as stack:
        for module, name in ((preparation, "prepare"), (comparison, "seek")):
            kept = _once(getattr(module, name))
            stack.enter_context(mock.patch.object(module, name, kept))
        yield


def _once[Given](work: Callable[..., Given]) -> Callable[..., Given]:
    @wraps(work)
    def given(*args: Any, **named: Any) -> Given:
        key = (work.__name__, _key(args), _key(tuple(named.items())))
        if key not in _KEPT:
            _KEPT[key] = work(*args, **named)
        return _KEPT[key]

    return given


def _key(value: Any) -> Any:
    """Give what two equal values share, arrays by their content."""
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, sha256(value.tobytes()).digest()
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), *(_key(getattr(value, f.name)) for f in fields(value))
    if isinstance(value, (tuple, list)):
        return tuple(map(_key, value))
    return value
