"""The accounts of the synthetic country, shown on its sign-in page."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class DemoAccount:
    name: str
    role: str
    password: str


def accounts() -> tuple[DemoAccount, ...]:
    """Give the demo's accounts; none outside the demo."""
    shown = getattr(settings, "DEMO_ACCOUNTS", ()) if settings.DEMO else ()
    return tuple(DemoAccount(*each) for each in shown)
