"""The frame of every act on an authorisation: who may, and at which stage."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import pycountry
from django.conf import settings
from django.db import models
from django.utils import timezone

from armstrace.audit import ledger
from armstrace.transfers import rules, standing
from armstrace.transfers.models import Authorisation, AuthorisationRecord
from armstrace.transfers.stages import MOVES
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.transfers import TransferAct, TransferStage


@dataclass(slots=True)
class Act:
    """An act on an authorisation, as it is being done."""

    # Locked until the act ends.
    authorisation: Authorisation
    # How it stood before.
    record: AuthorisationRecord
    act: TransferAct
    entry: ledger.Entry
    by: Actor
    at: datetime

    @property
    def today(self) -> date:
        """Give the day by the clock of the country."""
        return timezone.localdate(self.at)

    def make[M: models.Model](self, table: type[M], **columns: object) -> M:
        """Keep a row of the authorisation, and name it in the entry."""
        given = {
            "authorisation": self.authorisation,
            "known_at": self.at,
            "source": self.by.agency,
        }
        made = table._default_manager.create(**given | columns)  # noqa: SLF001 - Django's own
        self.entry.about(made)
        return made

    def workers(self) -> set[str]:
        """Name those who recorded it, its goods and its documents."""
        done = self.authorisation.records.filter(
            act__in=[
                act for act, move in MOVES.items() if move.grant.endswith("record")
            ]
        )
        return {*done.values_list("done_by", flat=True)}

    def go_on(self, reason: str = "", **columns: object) -> AuthorisationRecord:
        """Write how it stands after the act.

        Args:
            reason: Why, where somebody says so.
            columns: What is otherwise than before.
        """
        later = self.record.next_version(
            stage=MOVES[self.act].to or TransferStage(self.record.stage),
            act=self.act,
            done_by=self.by.name,
            reason=reason.strip(),
            source=self.by.agency,
            known_at=self.record.supersede(self.at),
            **columns,
        )
        if later.stage == TransferStage.OPEN:
            found = standing.missing_of(later, self.today)
            later.missing = [[each.code, each.strength] for each in found]
        later.save()
        self.entry.about_all([self.record, later])
        self.record = later
        return later


@contextmanager
def act_on(
    name: str,
    authorisation_id: int,
    act: TransferAct,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Iterator[Act]:
    """Do an act on an authorisation whose stage allows it.

    Args:
        name: Of the act, for the ledger.

    Raises:
        RuleBroken: ``TX-01``, its stage is for other acts; ``TX-04``, somebody has
            acted since.
    """
    grant = MOVES[act].grant
    by.require(grant)
    with ledger.entry(name, by=by, at=at) as entry:
        lock(authorisation_id)
        authorisation = Authorisation.objects.get_visible(authorisation_id, by)
        by.require(grant, agency=authorisation.agency)
        rows = AuthorisationRecord.objects.current().select_related("authorisation")
        record = rows.get(authorisation=authorisation)
        stage = TransferStage(record.stage)
        rules.STAGED.require((authorisation.reference, stage, act))
        rules.AS_SEEN.require((authorisation.reference, seen in {None, record.pk}))
        yield Act(authorisation, record, act, entry, by, at)


def countries(codes: Iterable[str]) -> list[str]:
    """Give codes of countries in capitals; empty ones are left out.

    Raises:
        RuleBroken: ``TX-10``, a code is no country.
    """
    found = [code.strip().upper() for code in codes if code.strip()]
    for code in found:
        is_known = pycountry.countries.get(alpha_2=code)
        rules.COUNTRY.require((code, bool(is_known or code == settings.HOME_COUNTRY)))
    return found


def lock(authorisation_id: int) -> None:
    """Lock an authorisation until the transaction ends.

    Of two who act at once, the second sees what the first did.
    """
    rows = Authorisation.objects.get_queryset().filter(pk=authorisation_id)
    list(rows.select_for_update().values_list("pk", flat=True))
