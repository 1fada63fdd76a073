"""What an app says of itself, in ``apps.py`` and ``grants.toml``, and who reads it.

An app that keeps records is one file to those around it: the ledger reads which of
its tables it vouches for, the policy which acts it grants, the pages where it stands
in the navigation and by which letters its records are numbered.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

from armstrace.vocabulary.actors import Role, Scope
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.packaged import read_table

GRANTS = "grants.toml"
type Roles = tuple[Role, ...]
REFERENCE = re.compile(r"([A-Za-z])([1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of the policy."""

    # Such as ``trace.open``.
    action: str
    # What it lets a person do, for pages and documentation.
    words: str
    # Roles that it opens all agencies' records to.
    every: Roles = ()
    # Roles that it opens their own agency's records to.
    own: Roles = ()

    def scope_of(self, role: Role) -> Scope | None:
        """Give how far the grant goes for a role; None where it does not."""
        if role in self.every:
            return Scope.ALL
        return Scope.OWN if role in self.own else None


@dataclass(frozen=True, slots=True)
class Area:
    """The app's place in the navigation of the staff pages."""

    # As the navigation calls it.
    name: Message
    # Its first page; the paths that begin like it belong to it.
    url_name: str
    # Any one of these grants opens it.
    needs: tuple[str, ...]
    # Areas stand in the order of this number.
    place: int
    # Whether a line stands above it.
    set_apart: bool = False


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Where numbers of the papers of a record stand, such as those of its case."""

    # Name of the model that holds them, in lower case.
    model: str
    columns: tuple[str, ...]
    # Column of the key of the record that is numbered for people.
    key: str = "pk"


@dataclass(frozen=True, slots=True)
class Number:
    """How records of a model are numbered for people, as in R12."""

    # The letter before the number; no two models share one. Empty where records are
    # known by a number on paper alone.
    letter: str
    # Name of the model, in lower case.
    model: str
    url_name: str
    words: Message
    # By which other numbers its records are found; each column has an index.
    on_paper: tuple[OnPaper, ...] = ()
    # Whether a number on its papers reads like a mark, so that it is offered and never
    # opened unasked.
    is_marked: bool = False
    # Path of the column of every name that its records gave; empty where it is nobody.
    names: str = ""

    def written(self, key: int) -> str:
        """Write the number of a record as people do."""
        return f"{self.letter}{key}"


class App(AppConfig):
    """An app that keeps records.

    Attributes:
        is_ledgered: Whether the ledger vouches for its tables.
        unledgered: Models that it does not vouch for, each with the reason.
        unvouched: Columns that it does not vouch for, by model, with the reason.
        rules: What its rules are about, by the letters of their codes.
        area: Its place in the navigation, if it has pages.
        proofs: Paths of functions that prove what of it lies outside the database.
        linkers: Paths of functions that give its links of the linked picture.
        screened: Paths of functions that give its names which lists are searched for.
        unsettled: Paths of functions that say what is still to do on recovered items.
        settled: Paths of functions that give what closes the recovery of an outer row.
        holds_cases: Paths of functions that say what keeps a case open.
        bars: Paths of functions that say what bars a way out of custody.
        recovered: Paths of functions that give the last recoveries of arms.
        nameless: Paths of functions that refuse names, by recovery that keeps none.
        kept: Paths of functions that say why arms leave by another act alone.
        sought: Paths of functions that name those of some arms that are looked for.
        withheld: Paths of functions that say why a certificate is not signed.
        certified: Paths of functions that name the certificate of what befell an arm.
        outlived: Paths of functions that say since when certificates are of no arm.
        unspoken: Paths of functions that refuse texts in which a secret name stands.
    """

    is_ledgered: ClassVar[bool] = True
    unledgered: ClassVar[Mapping[str, str]] = {}
    unvouched: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    rules: ClassVar[Mapping[str, str]] = {}
    area: ClassVar[Area | None] = None
    numbers: ClassVar[tuple[Number, ...]] = ()
    proofs: ClassVar[tuple[str, ...]] = ()
    linkers: ClassVar[tuple[str, ...]] = ()
    screened: ClassVar[tuple[str, ...]] = ()
    unsettled: ClassVar[tuple[str, ...]] = ()
    settled: ClassVar[tuple[str, ...]] = ()
    holds_cases: ClassVar[tuple[str, ...]] = ()
    bars: ClassVar[tuple[str, ...]] = ()
    recovered: ClassVar[tuple[str, ...]] = ()
    nameless: ClassVar[tuple[str, ...]] = ()
    kept: ClassVar[tuple[str, ...]] = ()
    sought: ClassVar[tuple[str, ...]] = ()
    withheld: ClassVar[tuple[str, ...]] = ()
    certified: ClassVar[tuple[str, ...]] = ()
    outlived: ClassVar[tuple[str, ...]] = ()
    unspoken: ClassVar[tuple[str, ...]] = ()

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """Give what the app lets roles do, by its ``grants.toml``."""
        if not Path(self.path, GRANTS).exists():
            return ()
        table = read_table(self.name, GRANTS)
        return tuple(
            Grant(
                f"{noun}.{verb}",
                line["words"],
                tuple(map(Role, line.get("every", ()))),
                tuple(map(Role, line.get("own", ()))),
            )
            for noun, verbs in table.items()
            for verb, line in verbs.items()
        )


def apps_declared() -> Iterator[App]:
    """Give the apps that keep records, the lowest layer first."""
    return (config for config in apps.get_app_configs() if isinstance(config, App))


def functions(
    of_app: Callable[[App], tuple[str, ...]],
) -> Iterator[Callable[..., Any]]:
    """Load the functions that apps name, such as those that give links.

    Args:
        of_app: Gives the paths of one app.
    """
    return (import_string(path) for app in apps_declared() for path in of_app(app))


@dataclass(frozen=True, slots=True)
class Identified:
    """The record that a number such as R12 names, whether it exists or not."""

    app: str
    number: Number
    key: int

    @property
    def label(self) -> str:
        """Name the table as the ledger does."""
        return f"{self.app}.{self.number.model}"

    @property
    def written(self) -> str:
        """Give the number as people write it."""
        return self.number.written(self.key)


def numbers_declared() -> Iterator[tuple[str, Number]]:
    """Give how records are numbered, with the label of their app."""
    return ((app.label, named) for app in apps_declared() for named in app.numbers)


def identify(text: str) -> Identified | None:
    """Read a record's number; None for anything else."""
    found = REFERENCE.fullmatch(text.strip())
    if found is None:
        return None
    letter, key = found[1].upper(), int(found[2])
    return next(
        (
            Identified(app, named, key)
            for app, named in numbers_declared()
            if named.letter == letter
        ),
        None,
    )
