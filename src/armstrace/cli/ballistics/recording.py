"""Enrol scans through the records; loaded once Django stands."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.analysis.ballistics.regions import Ring
from armstrace.ballistics import queries
from armstrace.ballistics.actions import enrolling
from armstrace.ballistics.inputs import ClassInput, MarkInput, ReceivedScan
from armstrace.cli.main import say
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.ballistics import MarkOrigin, MarkType
from armstrace.vocabulary.errors import ArmstraceError, InvalidInput
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    recovery: str
    arm: str
    mark_type: MarkType
    is_test_fire: bool
    part_number: str
    calibre: str
    maker: str
    ring: Ring | None
    accepted_because: str
    by: str


def enrol_file(path: Path, wish: Wish) -> dict[str, Any]:
    """Enrol one file; a refusal is told and the next file goes on."""
    told: dict[str, Any] = {"file": path.name, "error": ""}
    try:
        by = _actor(wish.by)
        mark = enrolling.enrol_mark(
            stated=_input_of(wish),
            scan=ReceivedScan(path.read_bytes(), path.name),
            folder=Path(settings.MEDIA_ROOT),
            by=by,
            at=datetime.now(UTC),
        )
    except ArmstraceError as why:
        return told | {"error": say(why.message)}
    page = queries.mark_page(mark.pk, viewer=by)
    return told | {
        "mark": page.row.reference,
        "owner": page.row.owner,
        "sha256": page.scan.file.sha256,
        "points": page.scan.points_sum,
        "region": page.region.origin,
        "remarks": list(map(say, page.scan.messages)),
    }


def _actor(name: str) -> Actor:
    """Give the person who enrols; the system where none is named."""
    system = actors.system_actor(Purpose.INVESTIGATION)
    if not name:
        return system
    user = accounts.user_named(name, viewer=system)
    return actors.actor_for(user, Purpose.INVESTIGATION)


def _input_of(wish: Wish) -> MarkInput:
    origin = MarkOrigin.TEST_FIRE if wish.is_test_fire else MarkOrigin.EXHIBIT
    return MarkInput(
        mark_type=wish.mark_type,
        origin=origin,
        recovery_id=_number(wish.recovery, "R"),
        arm_id=_number(wish.arm, "A"),
        part_number_as_marked=wish.part_number,
        accepted_because=wish.accepted_because,
        region=wish.ring,
        described=ClassInput(wish.calibre, wish.maker),
    )


def _number(word: str, letter: str) -> int | None:
    """Read a reference such as R12; None where nothing is written."""
    if not word:
        return None
    digits = word.lstrip(letter + letter.lower())
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 18):
        msg = message(
            "%(word)s is not a reference; write it as %(letter)s12.",
            word=word,
            letter=letter,
        )
        raise InvalidInput(msg)
    return int(digits)
