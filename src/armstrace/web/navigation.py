"""The navigation: areas in the order of the flow, as far as the role goes."""

from dataclasses import dataclass

from django.urls import reverse

from armstrace.audit.declarations import Area, apps_declared
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import message

TODAY = Area(message("Today"), "today", needs=(), place=0)


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    address: str
    is_here: bool
    set_apart: bool


def areas() -> list[Area]:
    """Give today's work, then the areas that apps declare."""
    found = [TODAY, *(app.area for app in apps_declared() if app.area is not None)]
    return sorted(found, key=lambda area: area.place)


def entries(viewer: Actor, path: str) -> tuple[Entry, ...]:
    """Give the areas that the viewer may use, the present one marked."""
    used = [
        (area, reverse(area.url_name))
        for area in areas()
        if not area.needs or any(viewer.may(need) for need in area.needs)
    ]
    return tuple(
        Entry(translate(area.name), address, path.startswith(address), area.set_apart)
        for area, address in used
    )
