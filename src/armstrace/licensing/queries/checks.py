"""What a licence would need today, and what a change of the law changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched

from django.utils import timezone

from armstrace.audit import consultations
from armstrace.licensing import checking, rules, standing
from armstrace.licensing.checking import Checked, Missing
from armstrace.licensing.models import (
    Application,
    ApplicationRecord,
    Holder,
    Licence,
    LicenceTerms,
)
from armstrace.licensing.queries.applications import current
from armstrace.records import jurisdiction
from armstrace.vetting.queries import requests
from armstrace.vetting.queries.requests import VettingRow
from armstrace.vetting.standing import vetting_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.licensing import UNDECIDED, LicenceStage, LicenceType
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.profiles import LicenceCheck, Profile, Strength

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Otherwise:
    """An open application that the law would now decide otherwise.

    Args:
        blocked: Codes of the duties that were not met when somebody last acted.
        blocks: Codes of the duties that are not met by the law that is asked.
        missing: All that is missing by it.
    """

    application_id: int
    activity: LicenceType
    stage: LicenceStage
    blocked: tuple[str, ...]
    blocks: tuple[str, ...]
    missing: tuple[Missing, ...]

    @property
    def reference(self) -> str:
        return f"Q{self.application_id}"


@dataclass(frozen=True, slots=True)
class Standing(Checked):
    """What stands in the way of an application, or of using a licence.

    Args:
        stage: How far it has come.
    """

    # None where a register does not say what a licence allows.
    activity: LicenceType | None
    stage: LicenceStage


def checks_of(
    activity: LicenceType, *, viewer: Actor, at: datetime
) -> tuple[LicenceCheck, ...]:
    """Give what an application for a licence has to show today."""
    viewer.require("licence.view")
    return jurisdiction.profile().checks_of(activity, timezone.localdate(at))


def vetting_that_counts(
    record: ApplicationRecord, *, viewer: Actor, at: datetime
) -> VettingRow | None:
    """Give the request for vetting that the check of an application goes by.

    None where nobody asked, or the viewer may not see it.
    """
    applicant = standing.applicants_of([record])[record.application_id]
    key = vetting_of([applicant], at)[applicant].request
    return requests.row_of(key, viewer=viewer, today=timezone.localdate(at))


def standing_of(
    number: str, *, viewer: Actor, at: datetime, law: Profile | None = None
) -> Standing:
    """Say what blocks an application such as Q12, or a licence by its number.

    Args:
        law: The profile that is asked; that of the settings where None.

    Raises:
        NotFound: There is neither, or not for these eyes.
    """
    viewer.require("licence.view")
    today = timezone.localdate(at)
    if number[:1] in {"Q", "q"} and number[1:].isdecimal() and len(number) < 20:
        application = Application.objects.get_visible(int(number[1:]), viewer)
        consultations.show_opened(Application, application.pk)
        record = current(viewer).get(application=application)
        facts = standing.facts_of([record], today)[application.pk]
        found = checking.missing(
            facts,
            law or jurisdiction.profile(),
            today,
            is_inside=viewer.may("holder.view"),
        )
        blocks = bool(checking.blocking(found))
        return Standing(
            facts.activity,
            LicenceStage(record.stage),
            number=application.reference,
            blocks=blocks,
            missing=found,
        )
    licence = Licence.objects.current().filter(number=number).first()
    if licence is None or not _is_for(viewer, number):
        msg = message(
            "There is no application and no licence with the number %(number)s; "
            "check it.",
            number=number,
        )
        raise NotFound(msg)
    consultations.show_opened(Holder, licence.holder_id)
    terms = standing.terms_of([licence], today).get(number)
    stage = standing.stage_of(licence, terms, today)
    missing = _not_in_force(licence, stage, terms, today)
    activity = LicenceType(licence.licence_type) if licence.licence_type else None
    return Standing(
        activity, stage, number=number, blocks=bool(missing), missing=missing
    )


def _is_for(viewer: Actor, number: str) -> bool:
    """Tell whether a viewer sees holders, or the application that led to a licence."""
    if viewer.may("holder.view"):
        return True
    own = Application.objects.visible_to(viewer).filter(terms__number=number)
    return own.exists()


def _not_in_force(
    licence: Licence, stage: LicenceStage, terms: LicenceTerms | None, today: date
) -> tuple[Missing, ...]:
    """Say since when a licence is not in force, or from when; nothing where it is."""
    since = {
        LicenceStage.ISSUED: licence.valid_from,
        LicenceStage.EXPIRED: licence.valid_until,
    }
    said = timezone.localdate(terms.known_at) if terms else None
    is_in_force = bool(standing.in_force([licence], today))
    rule, told = rules.IN_FORCE, (licence.number, stage, since.get(stage, said))
    if rule.holds((*told, is_in_force)):
        return ()
    broken = rule.broken((*told, is_in_force))
    source = str(rule.source)
    return (
        Missing(rule.code, Strength.REFUSES, broken.message, source, is_verified=True),
    )


def otherwise_decided(
    *, viewer: Actor, at: datetime, law: Profile | None = None
) -> Iterator[Otherwise]:
    """Give the open applications that would now be decided otherwise.

    What was found when somebody last acted is set against the law of today.

    Args:
        law: The profile that is asked; that of the settings where None.

    Source:
        Background paper (2018), para. 30; rule of this design (law is dated data).
    """
    today, is_inside = timezone.localdate(at), viewer.may("holder.view")
    profile = law or jurisdiction.profile()
    inner = () if is_inside else checking.inner_codes(profile)
    rows = current(viewer).filter(stage__in=UNDECIDED).order_by("sent_on", "pk")
    for records in batched(rows.iterator(AT_ONCE), AT_ONCE, strict=False):
        facts = standing.facts_of(records, today)
        for each in records:
            told = facts[each.application_id]
            found = checking.missing(told, profile, today, is_inside=is_inside)
            was = sorted(
                code
                for code, strength in each.missing
                if _blocks(strength) and code not in inner
            )
            now = sorted(checking.blocking(found))
            if was != now:
                consultations.show(Application, each.application_id)
                yield Otherwise(
                    application_id=each.application_id,
                    activity=LicenceType(each.application.activity),
                    stage=LicenceStage(each.stage),
                    blocked=tuple(was),
                    blocks=tuple(now),
                    missing=found,
                )


def _blocks(strength: str) -> bool:
    return Strength(strength) is Strength.REFUSES
