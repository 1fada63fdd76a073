"""Valid statements with overrides, and short ways to put them on record."""

from datetime import date, datetime
from typing import Any

from armstrace.analysis.marks import folding
from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching.keys import RECIPE
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.recoveries.actions import recording
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.registry.actions import registering
from armstrace.registry.inputs import ArmInput, EventInput
from armstrace.registry.models import KeyStoreState
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.recoveries import RecoveryKind
from tests.cast import NOW, OFFICER, REGISTRAR
from tests.remembered import remembered

REGISTER = "REGISTER"
POLICE = "POLICE"


def glock(serial: str = "ABC123", **changes: str) -> Description:
    """Describe a pistol as a clerk would."""
    words = {
        "type": "pistol",
        "make": "Glock",
        "model": "17",
        "calibre": "9x19",
        "serial": serial,
    }
    return Description(**(words | changes))


def an_arm(number: str = "1", **changes: Any) -> ArmInput:
    """State a registered pistol."""
    stated: dict[str, Any] = {"number": number, "description": glock()}
    return ArmInput(**(stated | changes))


def a_recovery(number: str = "S-1", **changes: Any) -> RecoveryInput:
    """State a seized pistol."""
    stated: dict[str, Any] = {
        "number": number,
        "recovery_kind": RecoveryKind.SEIZED,
        "recovered_on": date(2025, 6, 1),
        "agency": "VNP",
        "description": glock(),
    }
    return RecoveryInput(**(stated | changes))


def key_store() -> None:
    """State how keys are made, as a migration does.

    A test whose transactions end empties all tables, what a migration put there too.
    """
    first = folding.standard()
    stated = {"version": first.version, "classes": first.classes, "recipe": RECIPE}
    KeyStoreState.objects.get_or_create(pk=1, defaults=stated)


def an_event(kind: LifeEventKind, on: str, **changes: Any) -> EventInput:
    """State an event of arm 1 on a day."""
    stated: dict[str, Any] = {
        "number": f"{kind.value} {on}",
        "arm_number": "1",
        "kind": kind,
        "happened_on": date.fromisoformat(on),
    }
    return EventInput(**(stated | changes))


def registered(*stated: ArmInput, at: datetime = NOW, **told: str) -> list[int]:
    """Put arms on the register; give their identities."""
    fates = registering.register_arms(
        source=REGISTER, stated=stated or (an_arm(),), by=REGISTRAR, at=at, **told
    )
    return [fate.record_id for fate in fates]


def recovered(*stated: RecoveryInput, at: datetime = NOW, **told: str) -> list[int]:
    """Put recoveries on record; give their identities."""
    fates = recording.record_recoveries(
        source=POLICE, stated=stated or (a_recovery(),), by=OFFICER, at=at, **told
    )
    return [fate.record_id for fate in fates]


def a_life(*stated: EventInput, at: datetime = NOW, **told: str) -> list[Any]:
    """Put the history of arm 1 on record."""
    return registering.record_events(
        source=REGISTER, stated=stated, by=REGISTRAR, at=at, **told
    )


def holders(at: datetime = NOW) -> None:
    """Put a maker, a dealer and two persons on record."""
    licensing.record_holders(
        source=REGISTER,
        stated=(
            HolderInput("M1", "Synthetic Maker", HolderKind.MANUFACTURER),
            HolderInput("D1", "Synthetic Dealer", HolderKind.DEALER, "Port", "North"),
            HolderInput("P1", "Ama Sample", HolderKind.PERSON, "Hill", "South"),
            HolderInput("P2", "Bo Sample", HolderKind.PERSON, "Vale", "South"),
        ),
        by=REGISTRAR,
        at=at,
    )


@remembered
def stolen_pistol() -> int:
    """Put on record a pistol made, sold, and stolen from its holder P1."""
    holders()
    (arm_id,) = registered()
    kind = LifeEventKind
    a_life(
        an_event(kind.MANUFACTURED, "2015-01-10", holder_to="M1", country="XV"),
        an_event(kind.SOLD_TO_DEALER, "2015-03-01", holder_from="M1", holder_to="D1"),
        an_event(kind.SOLD_TO_HOLDER, "2016-05-01", holder_from="D1", holder_to="P1"),
        an_event(
            kind.STOLEN, "2020-07-01", holder_from="P1", place="Hill", region="South"
        ),
    )
    return arm_id
