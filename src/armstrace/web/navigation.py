"""The left rail: areas in the order of the flow, as far as the role goes."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the staff pages.

    Args:
        name: As it stands in the rail.
        url_name: Its first page.
        needs: Any one of these grants opens it; empty for everyone.
        prefix: Start of the paths that belong to it.
        set_apart: Whether a line stands above it.
    """

    name: object
    url_name: str
    needs: tuple[str, ...]
    prefix: str
    set_apart: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    url_name: str
    is_here: bool
    set_apart: bool


AREAS = (
    Area(_("Today"), "today", (), "/today/"),
    Area(_("Recoveries"), "recoveries", ("recovery.view",), "/recoveries/"),
    Area(_("Registry"), "registry", ("registry.view",), "/registry/"),
    Area(_("Traces"), "traces", ("trace.view",), "/traces/"),
    Area(_("Ballistics"), "ballistics", ("ballistics.view",), "/ballistics/"),
    Area(_("Figures"), "figures", ("indicator.view",), "/figures/"),
    Area(_("Intake"), "intake", ("intake.view",), "/intake/", set_apart=True),
    Area(
        _("Administration"),
        "administration",
        ("ledger.view", "ledger.verify", "account.view"),
        "/administration/",
    ),
)


def entries(viewer: Actor, path: str) -> tuple[Entry, ...]:
    """Give the areas that the viewer may use, the present one marked."""
    return tuple(
        Entry(str(a.name), a.url_name, path.startswith(a.prefix), a.set_apart)
        for a in AREAS
        if not a.needs or any(viewer.may(need) for need in a.needs)
    )
