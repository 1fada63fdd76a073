"""The desks of a small country: every act of its year through the product's actions."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from armstrace.accounts import actors, policy
from armstrace.accounts.actions import agencies
from armstrace.analysis.marks.description import Description
from armstrace.analysis.provenance.events import Event
from armstrace.deactivations import actions as deactivating
from armstrace.deactivations.inputs import DeactivationInput, VerificationInput
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import ApplicationInput, FileInput, HolderInput, Said
from armstrace.licensing.queries import applications
from armstrace.recoveries.actions import recording
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.registry import queries as registry
from armstrace.registry.actions import (
    entering,
    happening,
    life,
    notices,
    passing,
    trading,
)
from armstrace.registry.inputs import ArmInput, EventInput, Happening
from armstrace.tracing.actions import findings
from armstrace.vetting.actions import vetting
from armstrace.vetting.queries import requests
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.arms import HolderKind, LifeEventKind, PartType, Passing
from armstrace.vocabulary.builds import Action, Bore, Ignition, Trait
from armstrace.vocabulary.deactivation import ArmKind, VerifiedCheck
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.licensing import (
    DocumentKind,
    GroundClass,
    LicenceAct,
    LicenceType,
    Restriction,
)
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.vetting import VettingAnswer

HOME = "XV"
REGISTRY, HUB, POLICE, LABORATORY = "VFR", "VFH", "VNP", "VFL"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
PARTS = (
    *(PartType.FRAME_OR_RECEIVER, PartType.BARREL),
    *(PartType.SLIDE_OR_CYLINDER, PartType.BOLT_OR_BREECH_BLOCK),
)


def actor(name: str, role: Role, agency: str) -> Actor:
    purpose = Purpose.TRACING if agency in {HUB, POLICE} else Purpose.REGISTRATION
    return Actor(name, agency, role, purpose, policy.grants_of(role))


CLERK = actor("clerk", Role.REGISTRAR, REGISTRY)
ASSESSOR = actor("assessor", Role.LICENSING, REGISTRY)
DECIDER = actor("decider", Role.LICENSING, REGISTRY)
VETTER = actor("vetter", Role.SUPERVISOR, HUB)
ANALYST = actor("analyst", Role.ANALYST, HUB)
OFFICER = actor("officer", Role.OFFICER, POLICE)
EXAMINER = actor("examiner", Role.EXAMINER, LABORATORY)


@dataclass(eq=False)
class Party:
    """Who makes, sells or holds arms, as the country itself knows it."""

    number: str
    kind: HolderKind = HolderKind.PERSON
    holder_id: int = 0
    licence: str = ""
    since: date = date.max
    until: date = date.min
    room: int = 9_999
    # Suspended or revoked.
    is_off: bool = False
    # What the office made of it: not applied, waits, refused, licensed, suspended …
    status: str = "not licensed"

    def may(self, on: date) -> bool:
        return not self.is_off and self.since <= on <= self.until


@dataclass(eq=False)
class Thing:
    """An arm, where it is in truth, and where it left the legal world."""

    arm_id: int
    description: Description
    model: object
    holder: Party
    is_busy: bool = False
    # Lost, stolen, destroyed or deactivated on record.
    is_gone: bool = False
    # Kind of the point of diversion and the number of the last lawful holder.
    point: tuple[str, str] | None = None
    # Whether anything in the records can tell the kind.
    is_told: bool = True
    recovery: str = ""


@dataclass
class Firms:
    """The trade of the country, and its depot."""

    maker: Party
    importer: Party
    dealers: list[Party]
    depot: Party
    gunsmith: Party
    citizens: list[Party]


@dataclass
class Desks:
    """Who sits where, and what day it is."""

    folder: Path
    day: date
    _seconds: itertools.count = field(default_factory=itertools.count)

    @property
    def at(self) -> datetime:
        """Give the next moment of the day."""
        begun = datetime.combine(self.day, time(8), UTC)
        return begun + timedelta(seconds=next(self._seconds) % 30_000)

    def enter(self, day: date) -> None:
        if day != self.day:
            self.day, self._seconds = day, itertools.count()

    def open_agency(self, code: str, kind: AgencyKind) -> None:
        agencies.create_agency(
            code=code, name=code, kind=kind, by=actors.system_actor(), at=self.at
        )

    def trade(self, party: Party) -> Actor:
        return actor(f"of.{party.number}", Role.TRADE, f"T-{party.number}")

    def report_for(self, party: Party) -> None:
        self.open_agency(f"T-{party.number}", AgencyKind.TRADE)
        trading.assign_agency(
            agency=f"T-{party.number}",
            holder=party.number,
            reason="It reports by itself.",
            by=CLERK,
            at=self.at,
        )

    # The licensing authority.
    def record(self, party: Party, name: str) -> None:
        stated = HolderInput(party.number, name, party.kind, "Hill", "South", HOME)
        made = licensing.enter_holder(stated=stated, by=CLERK, at=self.at)
        party.holder_id = made.record_id

    def draft(self, party: Party, activity: LicenceType, **told: object) -> int:
        asked = {"purpose": "sport", "categories": "B, C", "quantity": party.room}
        asked |= {"storage": "a safe", "born_on": date(1980, 5, 1)} | told
        given = ApplicationInput(party.number, activity, **asked)
        made = licensing.draft_application(
            given=given, key=f"{party.number} {self.day}", by=CLERK, at=self.at
        )
        return made.pk

    def attach(self, made: int, *kinds: DocumentKind) -> None:
        for kind in kinds:
            licensing.attach_document(
                application_id=made,
                kind=kind,
                file=FileInput(PDF, "paper.pdf", self.folder),
                by=CLERK,
                at=self.at,
            )

    def act(self, made: int, act: LicenceAct, by: Actor, **said: object) -> object:
        return licensing.act_on_application(
            application_id=made, act=act, said=Said(**said), by=by, at=self.at
        )

    def unheard(self, made: int) -> list[str]:
        page = applications.application_page(made, viewer=ASSESSOR, at=self.at)
        return [each.department for each in page.advice if not each.answer]

    def vet(self, made: int, answer: VettingAnswer) -> None:
        """Answer the request that waits, if one does."""
        page = applications.application_page(made, viewer=ASSESSOR, at=self.at)
        subject = f"H{page.record.application.holder_id}"
        asked = requests.request_waiting(subject, viewer=VETTER)
        if asked is not None:
            vetting.answer_vetting(
                request_id=asked.pk, answer=answer, by=VETTER, at=self.at
            )

    def restrict(self, party: Party, act: Restriction) -> None:
        is_back = act is Restriction.REINSTATE
        licensing.restrict_licence(
            number=party.licence,
            act=act,
            reason="after a visit",
            ground=None if is_back else GroundClass.BREACH,
            by=ASSESSOR if is_back else DECIDER,
            at=self.at,
        )
        party.is_off = not is_back
        party.status = {"REVOKE": "revoked", "SUSPEND": "suspended"}.get(
            act, "licensed"
        )

    # The register.
    def register(
        self, described: Description, kind: LifeEventKind, holder: str, **told: object
    ) -> int:
        """Register an arm that was made or imported today."""
        is_import = kind is LifeEventKind.IMPORTED
        build = {"action": Action.SEMI_AUTOMATIC, "ignition": Ignition.CENTRE_FIRE}
        build |= {"bore": Bore.RIFLED, "trait": Trait.NONE, "rounds": 12}
        build |= {"barrel_mm": 110, "overall_mm": 190}
        build |= {"import_country": HOME} if is_import else {}
        stated = ArmInput("", described, self.day.year, **build | told)
        came = entering.Entering(stated, kind, self.day, holder, described.country)
        made = entering.register_arm(entering=came, by=CLERK, at=self.at)
        made.require_done()
        return made.record_id

    def give_notice(self, of: Party, kind: LifeEventKind, arm: int, **told: object):
        stated = {"happened_on": self.day} | told
        notice = EventInput(f"{arm}-{kind}-{self.at}", f"A{arm}", kind, **stated)
        return notices.give_notice(notice=notice, by=self.trade(of), at=self.at)

    def hand_over(
        self, thing: Thing, taker: str, manner: Passing = Passing.SALE, **told: object
    ):
        stated = {"happened_on": self.day} | told
        handed = passing.Handover(manner, taker, **stated)
        return passing.pass_arm(
            arm_id=thing.arm_id, handover=handed, by=CLERK, at=self.at
        )

    def happen(self, thing: Thing, kind: LifeEventKind, on: date | None = None):
        proof = f"D-{self.day}" if kind is LifeEventKind.DESTROYED else ""
        told = Happening(kind, on or self.day, "Hill", "South", proof)
        how = {"arm_id": thing.arm_id, "happening": told, "by": CLERK}
        is_loss = kind in {LifeEventKind.LOST, LifeEventKind.STOLEN}
        do = happening.report_loss if is_loss else happening.record_happening
        return do(**how, at=self.at)

    def withdraw_last(self, thing: Thing) -> Event:
        """Withdraw the last event of an arm, told before an earlier one."""
        page = registry.arm_page(thing.arm_id, viewer=CLERK)
        last = page.events[-1]
        life.withdraw_event(
            event=life.OfLife(thing.arm_id, last.key),
            reason="an earlier sale was told late",
            by=CLERK,
            at=self.at,
        )
        return last

    def close(self, party: Party) -> None:
        closing = trading.Closing(self.day, "retires", "the registry sells them")
        trading.close_business(
            holder_id=party.holder_id, closing=closing, by=CLERK, at=self.at
        )

    def deactivate(self, thing: Thing, licence: str, reason: str = "") -> None:
        is_revolver = thing.description.type == "Revolver"
        parts = PARTS[:3] if is_revolver else PARTS
        stated = DeactivationInput(
            arm_id=thing.arm_id,
            kind=ArmKind[thing.description.type.upper()],
            performed_on=self.day,
            performed_by="Old Mill Gunsmiths",
            performer="Jo Smith",
            licence=licence,
            parts=parts,
        )
        made = deactivating.record_deactivation(stated=stated, by=CLERK, at=self.at)
        signed = VerificationInput(
            parts=parts,
            checks=tuple(VerifiedCheck),
            marked=parts,
            verified_by="Proof House",
            signatory="Vera Proof",
            title="Proof master",
            symbol="PH",
            reason=reason,
        )
        how = {"deactivation_id": made.pk, "by": EXAMINER, "at": self.at}
        try:
            deactivating.verify_deactivation(signed=signed, **how)
        except ArmstraceError:
            deactivating.refuse_deactivation(reason="no licence", **how)
            raise

    def is_seen_again(self, arm_id: int) -> bool:
        """Tell whether a second person sees that an arm passed with a reason."""
        found = registry.passings_with_reason(
            viewer=VETTER, at=self.at, page=PageRequest(size=500)
        )
        return any(each.event.arm_id == arm_id for each in found.rows)

    # The police and the hub.
    def recover(self, number: str, read: Description, **told: object) -> None:
        stated = RecoveryInput(
            number, RecoveryKind.SEIZED, self.day, POLICE, read, **told
        )
        recording.record_recoveries(
            source=POLICE, stated=[stated], by=OFFICER, at=self.at
        )

    def trace(self, ids: list[int]) -> None:
        findings.trace_at_home(
            recovery_ids=ids, home_country=HOME, by=ANALYST, at=self.at
        )


def rule_of(do: Callable[[], object]) -> str:
    """Do an act; give the rule that refused it, empty where it was done."""
    try:
        do()
    except ArmstraceError as error:
        return getattr(error, "rule", "") or type(error).__name__
    return ""
