"""Procedures to test with, whole and in part."""

from typing import Any

from armstrace.analysis.procedures import checking, reading
from armstrace.analysis.procedures.procedure import Procedure

ALWAYS = {"code": "always", "words": "Every arm"}


def step(code: str, **changed: Any) -> dict[str, Any]:
    """Give a sound step as plain values, with some of them changed."""
    row = {
        "code": code,
        "words": f"Do {code}",
        "role": "ANALYST",
        "triggers": ["always"],
        "days": 5,
        "waived_by": ["SUPERVISOR"],
    }
    return {name: value for name, value in (row | changed).items() if value is not None}


def draft(*steps: dict[str, Any], triggers: tuple[Any, ...] = (ALWAYS,)) -> Any:
    """Give a procedure as plain values."""
    return {
        "code": "test",
        "name": "Test",
        "version": "1",
        "valid_from": "2026-01-01",
        "trigger": list(triggers),
        "step": list(steps),
    }


def said(values: Any) -> list[str]:
    """Give the faults of plain values as sentences."""
    return [str(each) for each in checking.faults(values)]


def sound(*steps: dict[str, Any], triggers: tuple[Any, ...] = (ALWAYS,)) -> Procedure:
    """Give a sound procedure."""
    return reading.read(draft(*steps, triggers=triggers))
