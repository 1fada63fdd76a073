"""A licensing authority: who applies, who assesses, who decides, step by step."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from armstrace.licensing import actions
from armstrace.licensing.inputs import ApplicationInput, FileInput, HolderInput, Said
from armstrace.licensing.models import Application, ApplicationRecord, Holder, Licence
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.licensing import (
    ApplicationKind,
    Department,
    DocumentKind,
    GroundClass,
    LicenceAct,
    LicenceType,
)
from tests.cast import LICENSING, REGISTRAR

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ASSESSOR = LICENSING
DECIDER = replace(LICENSING, name="second.vfr")
THIRD, FOURTH = (replace(LICENSING, name=f"{n}.vfr") for n in ("third", "fourth"))
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"


def applicant(number: str = "H-1", **stated: Any) -> str:
    if not Holder.objects.filter(number=number).exists():
        told = HolderInput(number, "Eva Sample", **stated)
        paper = {"taken_over": "sheet 7"} if told.licence_number else {}
        actions.enter_holder(**paper, stated=told, by=REGISTRAR, at=MONDAY - DAY)
    return number


def asked(**stated: Any) -> ApplicationInput:
    told: dict[str, Any] = {
        "holder": applicant(),
        "activity": LicenceType.POSSESS,
        "purpose": "sport at the range of Casamar",
        "categories": "B",
        "quantity": 2,
        "storage": "a safe at home",
        "born_on": date(1980, 5, 1),
    }
    return ApplicationInput(**told | stated)


def drafted(*, key: str = "", at: datetime = MONDAY, **stated: Any) -> Application:
    return actions.draft_application(
        given=asked(**stated), key=key or uuid4().hex, by=REGISTRAR, at=at
    )


def attached(
    application: Application,
    folder: Path,
    kind: DocumentKind = DocumentKind.IDENTITY,
    at: datetime = MONDAY,
) -> None:
    file = FileInput(PDF, "passport.pdf", folder)
    actions.attach_document(
        application_id=application.pk, kind=kind, file=file, by=REGISTRAR, at=at
    )


def do(
    application: Application,
    act: LicenceAct,
    at: datetime = MONDAY,
    by: Actor = ASSESSOR,
    **said: Any,
) -> ApplicationRecord:
    """Do an act on an application."""
    return actions.act_on_application(
        application_id=application.pk, act=act, said=Said(**said), by=by, at=at
    )


def sent(*, at: datetime = MONDAY, **stated: Any) -> Application:
    made = drafted(at=at, **stated)
    do(made, LicenceAct.SEND, at, REGISTRAR)
    return made


def accepted(*, at: datetime = MONDAY, **stated: Any) -> Application:
    made = sent(at=at, **stated)
    do(made, LicenceAct.ACCEPT, at, reason="known at this desk")
    return made


def in_vetting(*, at: datetime = MONDAY, **stated: Any) -> Application:
    made = accepted(at=at, **stated)
    do(made, LicenceAct.VET, at)
    return made


def heard(application: Application, at: datetime = MONDAY, **told: Any) -> None:
    do(application, LicenceAct.HEAR, at, **{"department": Department.POLICE} | told)


def proposed(
    *, is_granted: bool = True, at: datetime = MONDAY, **stated: Any
) -> Application:
    made = in_vetting(at=at, **stated)
    heard(made, at)
    do(made, LicenceAct.PROPOSE, at, is_granted=is_granted, reason="all is in order")
    return made


def granted(**told: Any) -> dict[str, Any]:
    days = {"valid_from": date(2026, 3, 2), "valid_until": date(2031, 3, 1)}
    return {"is_granted": True, "reason": "no objection"} | days | told


REFUSED = {"reason": "unreliable", "ground": GroundClass.RELIABILITY}


def decided(
    verdict: dict[str, Any] | None = None, *, at: datetime = MONDAY, **stated: Any
) -> Application:
    made = proposed(at=at, **stated)
    do(made, LicenceAct.DECIDE, at, DECIDER, **verdict or granted())
    return made


def issued(*, at: datetime = MONDAY, **stated: Any) -> str:
    """Give the number of a licence that was issued."""
    made = decided(at=at, **stated)
    return do(made, LicenceAct.ISSUE, at).licence_number


def refused(*, at: datetime = MONDAY, **stated: Any) -> Application:
    made = decided(REFUSED, at=at, **stated)
    do(made, LicenceAct.REFUSE, at)
    return made


def record_of(application: Application) -> ApplicationRecord:
    return ApplicationRecord.objects.current().get(application=application)


def again(number: str, kind: ApplicationKind = ApplicationKind.RENEW) -> dict[str, Any]:
    return {"kind": kind, "of_licence": number}


def licence() -> Licence:
    return Licence.objects.current().get()
