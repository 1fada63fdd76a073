"""A year of arms, and its published edition."""

from datetime import date

import pytest

from armstrace.accounts import actors
from armstrace.analysis.marks.description import Description
from armstrace.indicators.actions import publishing as actions
from armstrace.recoveries.actions import recording
from armstrace.recoveries.inputs import PlaceInput
from armstrace.vocabulary.recoveries import Acquisition, PlaceKind
from tests import cast
from tests.web import world

TYPES = {"pistola": 23, "revolver": 9, "shotgun": 2}


@pytest.fixture
def recorded(db):
    """Record 34 arms of one year, two of them of a small type."""
    world.people()
    stated = [
        world.a_recovery(
            f"{kind}-{number}",
            description=Description(kind, "Glock", "17", "9mm", f"AB{number:05}"),
            recovered_on=date(2022, 2, 1),
            recovery_kind=Acquisition.SEIZED,
            case_number=f"2022/{kind}/{number}",
            where=PlaceInput("", "Baixa", "XV", PlaceKind.RESIDENCE),
            seal_number=f"S-{kind}-{number}",
        )
        for kind, count in TYPES.items()
        for number in range(count)
    ]
    recording.record_recoveries(
        source="TEST", stated=stated, by=actors.system_actor(), at=world.NOON
    )


@pytest.fixture
def published(recorded):
    return actions.publish_year(year=2022, by=cast.STATISTICIAN, at=world.NOON)
