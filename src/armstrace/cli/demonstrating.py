"""Load a synthetic country as a register, a police and a hub would.

Source:
    Rule of this design: a demo never takes the place of records.
"""

import json
import socket
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from itertools import batched

from django.conf import settings
from rich.progress import Progress

from armstrace.accounts import actors
from armstrace.accounts.actions import agencies, people
from armstrace.analysis.synthetic import country as synthetic
from armstrace.analysis.synthetic.pictures import plate
from armstrace.audit import queries as audit
from armstrace.cli import (
    demonstrating_custody,
    demonstrating_customs,
    demonstrating_ends,
    demonstrating_licences,
    demonstrating_marks,
    demonstrating_procedure,
    demonstrating_story,
    demonstrating_transfers,
    demonstrating_vetting,
    progress,
    telling,
)
from armstrace.cli.demonstrating_decisions import (
    DEMO,
    closing_decision,
    moment,
    opening_decision,
)
from armstrace.evidence import actions as evidence
from armstrace.intake.actions import loading
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingRows
from armstrace.procedures.actions import following
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.actions import observing, repeat_recoveries
from armstrace.registry import queries as registry
from armstrace.registry.population import recount
from armstrace.tracing import queries as tracing
from armstrace.tracing.actions import assigning, decisions, findings
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.tracing import TraceStanding

HANDED_OUT = 12
PASSPHRASE = "varnia demo passphrase"  # noqa: S105 - shown on screen, demo only
REGISTER = "VARNIA-REGISTER"
POLICE = "VARNIA-RECOVERIES"
PEOPLE = tuple(
    (name, full_name, agency, Role(role))
    for name, (full_name, agency, role) in DEMO["people"].items()
)
# How many entries the ledger had when the demo was made; more mean work in it.
LEFT = "demo-left"
CHUNK = 250
CHUNK_ROWS = 2000
PICTURED = 60
AUTHORITIES = {
    "Steps of the procedure": demonstrating_procedure.work_off,
    "Vetting": demonstrating_vetting.vet,
    "Shipments": demonstrating_transfers.send_shipments,
    "Stores, deactivations and campaigns": demonstrating_ends.live_ends,
    "Notices of a dealer": demonstrating_licences.report_for_a_dealer,
}
"""What authorities did, each act by the person who does it."""

type Row = dict[str, str]


def make_country(*, size: int, recoveries: int, seed: int) -> None:
    """Make the country in the database that Django is connected to.

    Raises:
        RuleBroken: ``DE-02``, the database holds records already.
    """
    land = synthetic.SyntheticCountry(seed, size, recoveries)
    rows = list(land.truth())
    by = actors.system_actor(Purpose.REGISTRATION)
    _require_empty(by)
    # Only now: the mark makes every later command take this for a demo, whose hosts
    # and transport are not guarded, and a refused demo may be a real installation.
    (settings.HOME / "demo").touch()
    hub = open_accounts(by)
    with progress.bars(transient=False) as shown:
        _load(land, f"demo {seed} {size}", by, shown)
        recount()
        scene = demonstrating_story.scene_of(land, rows, (REGISTER, POLICE))
        with progress.step(shown, "What each recovery asks for"):
            demonstrating_procedure.follow_months(land, POLICE, set(scene.ids))
        _decide(land, hub, shown)
        _hand_out(hub)
        _live(land, scene, size, shown)
    truth = settings.HOME / "demo-truth.jsonl"
    with truth.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    shown_at_sign_in = [[name, role.value, PASSPHRASE] for name, _, _, role in PEOPLE]
    (settings.HOME / "demo").write_text(json.dumps(shown_at_sign_in), encoding="utf-8")
    size = audit.standing(viewer=by).size
    (settings.HOME / LEFT).write_text(str(size), encoding="ascii")


def _live(
    land: synthetic.SyntheticCountry,
    scene: demonstrating_story.Scene,
    size: int,
    shown: Progress,
) -> None:
    """Do what each authority did after the records came in."""
    with progress.step(shown, "Photographs and exhibits"):
        _take_pictures(actors.system_actor(Purpose.REGISTRATION))
        demonstrating_custody.keep_exhibits()
    with progress.step(shown, "The story of one pistol"):
        demonstrating_story.tell(scene)
        demonstrating_story.warn(scene)
        demonstrating_customs.examine(land, scene.people[Role.CUSTOMS])
    for words, live in AUTHORITIES.items():
        with progress.step(shown, words):
            live()
    with progress.step(shown, "Ballistic marks"):
        _examine(size, scene.ids.values())


def _require_empty(by: Actor) -> None:
    nothing = recoveries.RecoveryFilter()
    if recoveries.recovery_rows(nothing, viewer=by, page=PageRequest(1, 1)).rows:
        msg = message("The database holds records already; a demo needs an empty one.")
        raise RuleBroken("DE-02", msg)


def open_accounts(by: Actor) -> Actor:
    """Open an account for each role; give the hub's supervisor, who decides."""
    now = datetime.now(UTC)
    users = {}
    for code, (name, kind) in DEMO["agencies"].items():
        kept = AgencyKind(kind)
        agencies.create_agency(code=code, name=name, kind=kept, by=by, at=now)
    for name, full_name, agency, role in PEOPLE:
        account = people.NewAccount(name, full_name, agency, role, PASSPHRASE)
        users[name] = people.create_user(account=account, by=by, at=now)
    return actors.actor_for(users["supervisor"], Purpose.TRACING)


def _load(
    land: synthetic.SyntheticCountry, key: str, by: Actor, shown: Progress
) -> None:
    streams = (
        (IntakeKind.HOLDERS, REGISTER, land.holders(), "Holders"),
        (IntakeKind.REGISTRY, REGISTER, arms_alone(land), "Registered arms"),
        (IntakeKind.EVENTS, REGISTER, land.events(), "Life events"),
        (IntakeKind.LOSSES, REGISTER, land.losses(), "Losses and thefts"),
        (IntakeKind.RECOVERIES, POLICE, land.recoveries(), "Recoveries"),
    )
    for kind, source, rows, words in streams:
        incoming = IncomingRows(
            rows=rows,
            kind=kind,
            source=source,
            name=words,
            key=f"{key} {kind}",
            arm_source=REGISTER,
            agency="VNP",
        )
        loading.load_rows(
            incoming=incoming,
            by=by,
            at=datetime.now(UTC),
            context=progress.context_of(shown, words),
            chunk_rows=CHUNK_ROWS,
        )
        progress.end_lines(shown)
    with progress.step(shown, "Licences"):
        demonstrating_licences.issue_licences()


def arms_alone(land: synthetic.SyntheticCountry) -> Iterator[Row]:
    """Leave the holder out of register rows: the life events tell who held it."""
    for row in land.registry():
        yield row | {"holder_number": "", "acquired_on": ""}


def _decide(land: synthetic.SyntheticCountry, hub: Actor, shown: Progress) -> None:
    """Let the hub's analyst repeat what past analysts decided, then trace.

    Each is traced on about the day on which it was decided, so that what became
    known last is what warnings look at.
    """
    rows = sorted(land.decisions(), key=lambda row: row["decided_on"])
    task = shown.add_task("Traces decided and run", total=len(rows))
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        ids = recoveries.ids_by_source_number(
            POLICE, [row["source_number"] for row in chunk], viewer=hub
        )
        numbers = [row["arm_number"] for row in chunk if row["arm_number"]]
        arms = registry.ids_by_source_number(REGISTER, numbers, viewer=hub)
        now = datetime.now(UTC)
        opened = [
            opening_decision(ids[row["source_number"]], moment(row["opened_on"]))
            for row in chunk
            if row["standing"] != "EXCEPTED"
        ]
        ended = [
            closing_decision(row, ids, arms.get(row["arm_number"]))
            for row in chunk
            if row["standing"] != TraceStanding.OPEN
        ]
        decisions.decide_traces(stated=opened, by=hub, at=now)
        decisions.decide_traces(stated=ended, by=hub, at=now)
        findings.trace_at_home(
            recovery_ids=list(ids.values()),
            home_country=settings.HOME_COUNTRY,
            by=hub,
            at=min(now, moment(chunk[-1]["decided_on"])),
        )
        shown.advance(task, len(chunk))
    for ids_chunk in batched(tracing.traceable_ids(viewer=hub), CHUNK, strict=False):
        repeat_recoveries.note_resightings(
            recovery_ids=ids_chunk, by=hub, at=datetime.now(UTC)
        )
        following.follow_procedure(recoveries=ids_chunk, by=hub, at=datetime.now(UTC))


def _examine(size: int, of_story: Collection[int]) -> None:
    """Let the laboratory enrol marks, and say which arms it does not examine."""
    demonstrating_marks.enrol_marks(size, of_story)
    demonstrating_procedure.leave_undone(of_story)


def _hand_out(hub: Actor) -> None:
    """Let the supervisor give the analyst what has waited longest."""
    now = datetime.now(UTC)
    waits = tracing.work_rows(
        tracing.WorkFilter(recoveries.RecoveryFilter(), person=tracing.NOBODY),
        viewer=hub,
        page=PageRequest(size=HANDED_OUT),
        today=now.date(),
    )
    assigning.assign_recoveries(
        recovery_ids=[row.traced.recovery.recovery_id for row in waits.rows],
        to="analyst",
        by=hub,
        at=now,
    )


def _take_pictures(by: Actor) -> None:
    page = PageRequest(1, PICTURED)
    rows = recoveries.recovery_rows(recoveries.RecoveryFilter(), viewer=by, page=page)
    for row in rows.rows:
        lines = [row.make[:15], f"{row.model} {row.calibre}"[:15], row.serial_as_marked]
        content = plate([line for line in lines if line], seed=row.recovery_id)
        now = datetime.now(UTC)
        kept = evidence.store_image(
            content=content,
            name=f"{row.reference}.png",
            folder=settings.MEDIA_ROOT,
            by=by,
            at=now,
        )
        observing.add_photograph(
            recovery_id=row.recovery_id,
            stated=observing.StatedPhotograph(
                kept, "Marks on the frame (synthetic)", row.recovered_on.first
            ),
            by=by,
            at=now,
        )


def address(host: str, port: int) -> str:
    """Give the address to open, that of this machine where it listens to all."""
    if host != "0.0.0.0":  # noqa: S104 - compared, not bound
        return f"http://{host}:{port}/"
    return f"http://{_own_address()}:{port}/"


def _own_address() -> str:
    """Ask the routing table which address others see; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def show_sign_ins(where: str) -> None:
    rows = [(name, PASSPHRASE, Message(r.label), body) for name, _, body, r in PEOPLE]
    heads = message("Sign in as | Passphrase | Role | Agency")
    telling.show_table(heads, rows, title="Varnia (synthetic)")
    if where:
        said = message(
            "Open %(where)s (this machine: %(here)s). Stop with Ctrl-C; serve it again "
            "with armstrace demo --again. The truth is in demo-truth.jsonl.",
            where=where,
            here=f"http://localhost{where[where.rindex(':') :]}",
        )
        telling.tell(said)
    home = str(settings.HOME)
    telling.note(message("The records are in %(home)s.", home=home))
