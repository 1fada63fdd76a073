"""The frame of every act on an authorisation: who may, and at which stage."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pycountry
from django.conf import settings
from django.db.models import Q

from armstrace.analysis.marks import places
from armstrace.records import acts, numbering
from armstrace.records.acts import StagedAct
from armstrace.transfers import rules, standing
from armstrace.transfers.inputs import AuthorisationInput
from armstrace.transfers.models import Authorisation, AuthorisationRecord
from armstrace.transfers.stages import MOVES, RECORD
from armstrace.vocabulary.look_alikes import is_one_number, number_key
from armstrace.vocabulary.transfers import TransferStage

PLACES = ("export_country", "import_country", "exit_country")


class Act(StagedAct[Authorisation, AuthorisationRecord]):
    """An act on an authorisation: ``TX-01`` by its stage, ``TX-04`` as it was seen."""

    key = "authorisation"
    files, records, stages = Authorisation, AuthorisationRecord, TransferStage
    moves, staged, as_seen = MOVES, rules.STAGED, rules.AS_SEEN

    def workers(self) -> set[str]:
        """Name those who recorded it, its goods and its documents."""
        kinds = [act for act, move in MOVES.items() if move.grant == RECORD]
        done = self.file.records.filter(act__in=kinds)
        return {*done.values_list("done_by", flat=True)}

    def complete(self, later: AuthorisationRecord) -> None:
        if later.stage == TransferStage.OPEN:
            found = standing.missing_of(later, self.today)
            later.missing = [[each.code, each.strength] for each in found]


def countries(codes: Iterable[str]) -> list[str]:
    """Give the two letters of countries by name or code; empty ones are left out.

    Raises:
        RuleBroken: ``TX-10``, a code is no country.
    """
    stated = [text.strip() for text in codes if text.strip()]
    found = [text.upper() for text in stated]
    for at, text in enumerate(stated):
        if found[at] != settings.HOME_COUNTRY:
            found[at] = places.find_country(text)
            # Codes that ISO leaves to users are no State of a route.
            is_known = pycountry.countries.get(alpha_2=found[at])
            rules.COUNTRY.require((text, is_known is not None))
    return found


def with_countries[Stated: AuthorisationInput](given: Stated) -> Stated:
    """Give what is stated with its countries checked, their codes in capitals.

    Raises:
        RuleBroken: ``TX-10``, a code is no country.
    """
    told: dict[str, Any] = {
        name: next(iter(countries([getattr(given, name)])), "") for name in PLACES
    }
    if given.transit is not None:
        told["transit"] = tuple(countries(given.transit))
    return replace(given, **told)


def require_free(number: str, authorisation_id: int) -> None:
    """Refuse a number that another authorisation bears; an empty one is free.

    Raises:
        RuleBroken: ``TX-09``, it is taken.
    """
    if not number.strip():
        return
    numbering.take_turns("numbers of authorisations")
    alike = Q(number_key=number_key(number)) | Q(number=number.strip())
    rows = AuthorisationRecord.objects.current().filter(alike)
    others = rows.exclude(authorisation_id=authorisation_id)
    is_taken = any(is_one_number(number, each.number) for each in others)
    rules.FREE_NUMBER.require((number.strip(), not is_taken))


def lock(authorisation_id: int) -> None:
    """Lock an authorisation, so that of two posts the second counts what one drew."""
    acts.lock(Authorisation, authorisation_id)
