"""`armstrace licence`: what blocks an application, and what a new law changes."""

import json
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils import timezone

from armstrace.accounts.actors import system_actor
from armstrace.licensing import checking, queries
from armstrace.licensing.checking import Facts, Missing
from armstrace.records import jurisdiction
from armstrace.translation import translate
from armstrace.vocabulary import profiles
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.licensing import DocumentKind, LicenceStage, LicenceType
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.profiles import Profile
from armstrace.vocabulary.vetting import VettingAnswer, VettingState

app = typer.Typer()
CODES: dict[str, type[Code]] = {
    "activity": LicenceType,
    "holder_kind": HolderKind,
    "documents": DocumentKind,
    "licences": LicenceType,
    "stage": LicenceStage,
    "vetting": VettingState,
    "vetting_answer": VettingAnswer,
}
LISTS = ("documents", "licences")
DAYS = ("born_on", "refused_on")
Law = Annotated[str, typer.Option(help="Profile that is asked; else the one in use.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def whole() -> None:
    """Say what blocks licences, by the jurisdiction profile."""


@app.command()
def check(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER|FILE",
            help="Of an application (Q12) or a licence, or a JSON file of one.",
        ),
    ],
    law: Law = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Say what blocks an application or a licence today; nothing is changed."""
    now = datetime.now(UTC)
    today = timezone.localdate(now)
    profile = law_of(law)
    if Path(asked).is_file():
        facts = _read(Path(asked))
        found = checking.missing(facts, profile, today)
        blocks = bool(checking.blocking(found))
        told: dict[str, Any] = {"file": asked, "activity": facts.activity}
    else:
        viewer = system_actor(Purpose.REGISTRATION)
        one = queries.standing_of(asked, viewer=viewer, at=now, law=profile)
        found, blocks = one.missing, one.blocks
        told = {"number": one.number, "activity": one.activity, "stage": one.stage}
    rules = [each.code for each in profile.checks_of(told["activity"], today)]
    told |= {"law": profile.code, "day": today.isoformat(), "blocks": blocks}
    told |= {"rules": rules, "missing": [plain(each) for each in found]}
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for each in found:
        typer.echo(f"{each.code} ({each.strength}): {translate(each.said)}")
        typer.echo(f"  {each.source}")
    is_blocked = message("It is blocked today.")
    is_free = message("Nothing blocks it today.")
    typer.echo(translate(is_blocked if blocks else is_free))


@app.command("changed")
def list_changed(law: Law = "", *, as_json: AsJson = False) -> None:
    """List the open applications that the law would now decide otherwise."""
    viewer = system_actor(Purpose.REGISTRATION)
    rows = queries.otherwise_decided(
        viewer=viewer, at=datetime.now(UTC), law=law_of(law)
    )
    found = list(rows)
    if as_json:
        told = [
            {"number": each.reference, "stage": each.stage}
            | {"blocked": each.blocked, "blocks": each.blocks}
            | {"missing": [plain(one) for one in each.missing]}
            for each in found
        ]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for each in found:
        was, now = ", ".join(each.blocked) or "—", ", ".join(each.blocks) or "—"
        typer.echo(f"{each.reference}: {was} → {now}")
    if not found:
        said = message("The law of today would decide no open application otherwise.")
        typer.echo(translate(said))


def law_of(name: str) -> Profile:
    """Give the profile of a name; that of the settings where it is empty."""
    if not name:
        return jurisdiction.profile()
    return profiles.find(name, settings.HOME / "profiles")


def plain(one: Missing) -> dict[str, object]:
    """Give what is missing as JSON holds it."""
    kept = ("code", "strength", "source", "is_verified")
    told = {name: value for name, value in asdict(one).items() if name in kept}
    return told | {"said": translate(one.said), "blocks": one.blocks}


def _read(path: Path) -> Facts:
    """Read what a file states; each fault is said with its field."""
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        msg = message("%(name)s is no JSON file; check it.", name=path.name)
        raise InvalidInput(msg) from error
    known = {each.name for each in fields(Facts)}
    if not isinstance(stated, dict) or not {"activity"} <= stated.keys() <= known:
        msg = message(
            "%(name)s states an application by these fields, the activity at least: "
            "%(fields)s.",
            name=path.name,
            fields=tuple(sorted(known)),
        )
        raise InvalidInput(msg)
    try:
        return Facts(**{name: _value(name, each) for name, each in stated.items()})
    except (TypeError, ValueError) as error:
        msg = message(
            "%(name)s cannot be understood: %(error)s; correct it.",
            name=path.name,
            error=str(error),
        )
        raise InvalidInput(msg) from error


def _value(name: str, given: Any) -> Any:  # noqa: ANN401 - what JSON holds
    if name in LISTS:
        return tuple(CODES[name](each) for each in given)
    if name in CODES:
        return CODES[name](given)
    if name in DAYS and given is not None:
        return date.fromisoformat(given)
    if name == "quantity":
        return None if given is None else int(given)
    return str(given) if given is not None and name not in DAYS else given
