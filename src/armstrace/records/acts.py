"""The frame of an act on a file: who may, at which stage, and what is written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from armstrace.audit import ledger
from armstrace.records import closing, rules
from armstrace.records.versions import VersionRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.stages import Move


def require_same(
    known: models.Model, told: Mapping[str, object], state: object = None
) -> None:
    """Refuse a form that was sent before with something else in it.

    Args:
        known: What the form made then.
        told: What it says now, by columns of that or of its first state.

    Raises:
        RuleBroken: ``RS-06``.
    """
    is_same = all(
        getattr(state if hasattr(state, name) else known, name) == said
        for name, said in told.items()
    )
    rules.SENT_AGAIN.require((known.reference, is_same))  # type: ignore[attr-defined]


@dataclass(slots=True)
class Act[F: models.Model]:
    """An act on a file, as it is being done."""

    # Foreign key by which what is part of the file points at it.
    key: ClassVar[str]

    # Locked until the act ends.
    file: F
    entry: ledger.Entry
    by: Actor
    at: datetime

    @property
    def today(self) -> date:
        """Give the day by the clock of the country."""
        return timezone.localdate(self.at)

    def make[M: models.Model](self, table: type[M], **columns: Any) -> M:  # noqa: ANN401 - of any table
        """Keep a row of the file, and name it in the entry."""
        return closing.keep(table, self.entry, **{self.key: self.file} | columns)


@dataclass(slots=True)
class StagedAct[F: models.Model, R: VersionRecord](Act[F]):
    """An act on a file that moves from stage to stage."""

    files: ClassVar[Any]
    records: ClassVar[Any]
    stages: ClassVar[type[Code]]
    moves: ClassVar[Mapping[Any, Move[Any]]]
    staged: ClassVar[Rule[Any]]
    as_seen: ClassVar[Rule[Any]]

    # How it stood before.
    record: R
    act: Code

    @classmethod
    @contextmanager
    def act_on(
        cls,
        name: str,
        number: int,
        act: Code,
        *,
        by: Actor,
        at: datetime,
        seen: int | None = None,
    ) -> Iterator[Self]:
        """Do an act on a file whose stage allows it.

        Args:
            name: Of the act, for the ledger.
            seen: Key of the state that the person looked at; None where nobody did.

        Raises:
            RuleBroken: Its stage is for other acts, or somebody has acted since.
        """
        grant = cls.moves[act].grant
        by.require(grant)
        with ledger.entry(name, by=by, at=at) as entry:
            lock(cls.files, number)
            file = cls.files.objects.get_visible(number, by)
            by.require(grant, agency=file.agency)
            rows = cls.records.objects.current().select_related(cls.key)
            record = rows.get(**{cls.key: file})
            cls.staged.require((file.reference, cls.stages(record.stage), act))
            cls.as_seen.require((file.reference, seen in {None, record.pk}))
            yield cls(file, entry, by, at, record, act)

    @classmethod
    def begun_by(
        cls, key: str, entry: ledger.Entry, told: Mapping[str, object]
    ) -> F | None:
        """Give the file that the same page made, where its form is sent again.

        Args:
            told: What the form says, by columns of the file or of its first state.

        Raises:
            RuleBroken: ``RS-06``, it says something else than the first time.
        """
        own = cls.files.objects.visible_to(entry.by).filter(made_by=entry.by.name)
        known: F | None = own.filter(key=key).first()
        if known is not None:
            states = cls.records.objects.get_queryset().filter(**{cls.key: known})
            require_same(known, told, states.order_by("pk").first())
            entry.about(known)
        return known

    @classmethod
    def begin(
        cls,
        key: str,
        entry: ledger.Entry,
        told: Mapping[str, object],
        *,
        stage: Code,
        act: Code,
        **columns: object,
    ) -> F:
        """Write a file down, and how it stands at first.

        Args:
            key: Made by the page, so that its form makes one file.
            told: Columns of the file.
            columns: Of its first state.
        """
        by, at = entry.by, entry.at
        named = {"agency": by.agency, "made_by": by.name, "key": key, "known_at": at}
        file: F = cls.files.objects.create(**named, **told)
        record: R = cls.records(
            **{cls.key: file},
            stage=stage,
            act=act,
            done_by=by.name,
            source=by.agency,
            known_at=at,
            **columns,
        )
        cls(file, entry, by, at, record, act).complete(record)
        record.save()
        entry.about_all([file, record])
        return file

    def complete(self, later: R) -> None:
        """Fill in what follows from the rest of a state."""

    def go_on(self, reason: str = "", **columns: object) -> R:
        """Write how the file stands after the act.

        Args:
            reason: Why, where somebody says so.
            columns: What is otherwise than before.
        """
        to = self.moves[self.act].to
        later = self.record.next_version(
            **({"stage": to} if to else {}),
            act=self.act,
            done_by=self.by.name,
            reason=reason.strip(),
            source=self.by.agency,
            known_at=self.record.supersede(self.at),
            **columns,
        )
        self.complete(later)
        later.save()
        self.entry.about_all([self.record, later])
        self.record = later
        return later


def lock(files: Any, number: int) -> None:  # noqa: ANN401 - a model
    """Lock a file until the transaction ends.

    Of two who act at once, the second sees what the first did.
    """
    rows = files.objects.get_queryset().filter(pk=number)
    list(rows.select_for_update().values_list("pk", flat=True))
