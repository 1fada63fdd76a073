"""The accounts of the synthetic country, shown on its sign-in page."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class DemoAccount:
    name: str
    role: str
    password: str


def accounts() -> tuple[DemoAccount, ...]:
    """Give the demo's accounts; none outside the demo."""
    mark = Path(settings.HOME) / "demo"
    if not settings.DEMO or not mark.exists():
        return ()
    text = mark.read_text(encoding="utf-8")
    return tuple(DemoAccount(*each) for each in json.loads(text or "[]"))
