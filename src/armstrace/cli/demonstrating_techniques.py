"""Special techniques in the case of the story: one over, one active, one asked for."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from armstrace.cli.demonstrating_decisions import DEMO, person
from armstrace.techniques.actions import authorising, covering, delivering, running
from armstrace.techniques.inputs import (
    AuthorityInput,
    ConsentInput,
    Decision,
    EvaluationInput,
    HandOverInput,
    OperationInput,
)
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.techniques import DeliveryMode, OperationOutcome, Technique

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def use_techniques(case_id: int) -> None:
    """Live what ``data/demo.toml`` tells of each, by the people who do it."""
    for told in DEMO["techniques"]:
        _live(case_id, told)


def _live(case_id: int, told: Mapping[str, Any]) -> None:
    lead, prosecutor = person("investigator"), person("prosecutor")
    begins = datetime.now(UTC) - told["age"] * DAY
    asked = authorising.ask_operation(
        case_id=case_id,
        given=OperationInput(
            Technique(told["technique"]),
            DeliveryMode(told["mode"]) if "mode" in told else None,
            told["objective"],
        ),
        authority=fill(
            AuthorityInput,
            told,
            authoriser=prosecutor.name,
            states=tuple(told["states"]),
            begins=begins.replace(tzinfo=None),
            ends=(begins + told["days"] * DAY).replace(tzinfo=None),
            zone="UTC",
        ),
        by=lead,
        at=begins - DAY,
    )
    if "order" not in told:
        return
    which: dict[str, Any] = {"operation_id": asked.pk}
    given = Decision(True, told["granted"], told["order"])
    authorising.decide_authority(given=given, by=prosecutor, at=begins - HOUR, **which)
    which["by"] = lead
    for country, letter in told.get("consents", {}).items():
        ends = (begins + told["days"] * DAY).replace(tzinfo=None)
        said = ConsentInput(country, True, letter, "Public prosecutor", ends, "UTC")
        authorising.record_consent(given=said, at=begins - HOUR, **which)
    if "cover" in told:
        covering.keep_cover(name=told["cover"], at=begins - HOUR, **which)
    running.start_operation(at=begins, **which)
    _hand_over(told, begins, which)
    if "learned" in told:
        running.stop_operation(
            reason=told["stopped"], at=begins + (told["days"] - 2) * DAY, **which
        )
        learned = fill(EvaluationInput, told, outcome=OperationOutcome(told["outcome"]))
        running.evaluate_operation(
            given=learned, at=begins + (told["days"] - 1) * DAY, **which
        )


def _hand_over(
    told: Mapping[str, Any], begins: datetime, which: dict[str, Any]
) -> None:
    """Record the legs of a delivery; customs sign for each on the same day."""
    customs = person("customs")
    if "legs" in told:
        running.name_person(
            person=customs.name, sees_covers=False, at=begins + HOUR, **which
        )
    for number, leg in enumerate(told.get("legs", ()), 1):
        at = begins + number * DAY
        given = HandOverInput(**leg, receiver=customs.name)
        delivering.hand_over(given=given, at=at, **which)
        delivering.acknowledge_hand_over(
            number=number,
            reference="",
            at=at + HOUR / 2,
            **(which | {"by": customs}),
        )
