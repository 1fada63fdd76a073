"""Synthetic marks for tests, made once."""

from functools import cache

from armstrace.analysis.ballistics import preparation
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire


@cache
def mark(tool=1, firing=1, *, batch=0, subclass=0.1, **how):
    made = fire(Tool(tool, batch, subclass), Firing(firing, **how))
    return preparation.prepare(made)
