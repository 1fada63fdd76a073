"""A programme walks a list and misses nothing, whatever is added meanwhile."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.test import Client

from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.vocabulary.actors import Role
from tests import builders
from tests.cast import OFFICER

type Caller = Callable[[Role, str], Client]
LIST = "/api/v1/recoveries"


def walk(client: Client, **asked: object) -> tuple[list[str], int]:
    """Give all references from a cursor on, and the cursor to go on with."""
    found: list[str] = []
    for _ in range(20):
        told = client.get(LIST, {"limit": 2, **asked}).json()
        found += [row["id"] for row in told["rows"]]
        asked["cursor"] = told["next"]
        if told["is_last"]:
            break
    return found, told["next"]


def test_a_walk_gives_each_row_once_and_what_came_meanwhile(caller: Caller) -> None:
    ids = [builders.recovered(builders.a_recovery(f"W-{n}"))[0] for n in range(5)]
    analyst = caller(Role.ANALYST, "VFH")

    first = analyst.get(LIST, {"limit": 2}).json()
    (late,) = builders.recovered(builders.a_recovery("W-late"))
    rest, cursor = walk(analyst, cursor=first["next"])

    found = [row["id"] for row in first["rows"]] + rest
    assert found == [f"R{each}" for each in (*ids, late)]
    assert walk(analyst, cursor=cursor) == ([], cursor)


def test_what_is_corrected_comes_again_and_has_changed(caller: Caller) -> None:
    first, _ = (builders.recovered(builders.a_recovery(f"W-{n}"))[0] for n in range(2))
    analyst = caller(Role.ANALYST, "VFH")
    _, cursor = walk(analyst)
    moment = datetime.now(UTC) + timedelta(minutes=1)

    correcting.correct_recovery(
        recovery_id=first,
        changes=Changes(stated={"notes": "measured"}),
        reason="measured again",
        by=OFFICER,
        at=moment,
    )

    assert walk(analyst, cursor=cursor)[0] == [f"R{first}"]
    assert walk(analyst, changed_since=moment.isoformat())[0] == [f"R{first}"]
    later = (moment + timedelta(seconds=1)).isoformat()
    assert walk(analyst, changed_since=later)[0] == []


def test_a_moment_without_a_zone_is_refused(caller: Caller) -> None:
    answer = caller(Role.ANALYST, "VFH").get(
        LIST, {"changed_since": "2026-01-01T00:00:00"}
    )

    assert answer.status_code == 422
    assert "“changed_since” needs a time zone" in answer.json()["detail"]
