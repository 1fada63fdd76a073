"""Standing procedures over the wire: versions, checks, simulations, what is in use."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field, StringConstraints

from armstrace.analysis.procedures import checking, reading, simulating
from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import Key, Reasoned, Ref, Words, Year, shown_from
from armstrace.procedures import queries
from armstrace.procedures.actions import changing
from armstrace.translation import translate

router = Area("procedures")
ChangeKey = Annotated[Key, Path(description="The change_id.")]
VersionKey = Annotated[Key, Path(description="The version_id.")]
Content = Annotated[str, StringConstraints(max_length=1_000_000)]
EXAMPLE = reading.write(reading.load_shipped())


class VersionOut(Schema):
    """One version of a procedure."""

    version_id: int = Field(validation_alias="version.pk", examples=[3])
    code: str = Field(validation_alias="version.code")
    number: str = Field(validation_alias="version.number", examples=["2"])
    name: str = Field(validation_alias="version.name")
    valid_from: date = Field(validation_alias="version.valid_from")
    is_in_use: bool
    since: datetime | None = Field(description="When it was last put into use.")
    until: datetime | None = Field(description="When it was last withdrawn.")
    put_by: str
    kept_by: str = Field(validation_alias="version.kept_by")
    text: str = Field(description="The whole version, TOML.")

    @staticmethod
    def resolve_text(row: queries.VersionRow) -> str:
        """Write it as a file."""
        return reading.write(row.version.content)


class TextIn(Sent):
    """A procedure as a file."""

    text: Content = Field(description="The file, TOML.", examples=[EXAMPLE])


class TrialIn(TextIn):
    """A procedure, and the year whose recoveries are sent through it."""

    year: Year = Field(description="Year of the recoveries.", examples=[2025])


class UseIn(Sent):
    """That a version is put into use."""

    gaining: int | None = Field(
        None,
        ge=0,
        lt=2**31,
        description="Recoveries that gain steps by the preview; null checks nothing.",
        examples=[12],
    )


@shown_from(queries.StepChange)
class StepChangeOut(Schema):
    """In how many open recoveries one step would change."""

    words: Words = Field(description="What the step asks.")


class ProcedureCheckOut(Schema):
    """What is wrong with a procedure, or what putting it into use would do."""

    is_sound: bool
    faults: list[str] = Field(description="A sentence each.")
    remarks: list[str] = Field(
        description="What lets no arm be closed under it, a sentence each."
    )
    gained: int | None = Field(description="Open recoveries that would gain steps.")
    kept: int | None = Field(description="Open recoveries that would gain none.")
    by_step: list[StepChangeOut] = Field(
        description="Recoveries keep the steps that they have as they are."
    )


@shown_from(simulating.StepLoad)
class StepLoadOut(Schema):
    """What one step would have asked."""

    words: Words = Field(description="What the step asks.")


@shown_from(simulating.Simulation)
class SimulationOut(Schema):
    """What a procedure would have asked of the recoveries of a year."""

    by_step: list[StepLoadOut]
    waivers: float | None = Field(description="Expected, as often as before.")
    waivers_unknown: int = Field(description="Steps of which no past says how often.")


class ChangeOut(Schema):
    """That a version was put into use."""

    change_id: int = Field(validation_alias="pk")
    gained: int
    kept: int
    reverted_at: datetime | None


@router.reads("", list[VersionOut])
def list_versions(request: HttpRequest) -> list[queries.VersionRow]:
    """List the versions, the latest first."""
    return queries.procedure_versions(viewer=caller(request))


@router.writes("", VersionOut)
def keep_version(request: HttpRequest, body: TextIn) -> queries.VersionRow:
    """Keep a version; it is not in use yet."""
    values, by = reading.parse(body.text), caller(request)
    made = changing.keep_version(values=values, by=by, at=now())
    return queries.procedure_version(made.pk, viewer=by)


@router.writes("/check", ProcedureCheckOut)
def check_procedure(request: HttpRequest, body: TextIn) -> dict[str, object]:
    """Say each fault of a procedure, else what it would change; nothing is kept."""
    by = caller(request)
    by.require("procedure.keep")
    values = reading.parse(body.text)
    faults = checking.faults(values)
    told: dict[str, object] = {"gained": None, "kept": None, "by_step": []}
    remarks: list[str] = []
    if not faults:
        found = queries.preview_change(reading.read(values), viewer=by)
        told, remarks = (
            asdict(found),
            [*map(translate, (*found.remarks, *found.unmanned))],
        )
    said = {"faults": [*map(translate, faults)], "remarks": remarks}
    return {"is_sound": not faults} | told | said


@router.writes("/simulation", SimulationOut)
def simulate_procedure(request: HttpRequest, body: TrialIn) -> simulating.Simulation:
    """Send the recoveries of a year through a procedure; nothing is kept."""
    by = caller(request)
    by.require("procedure.supervise")
    procedure = checking.require_sound(reading.parse(body.text))
    return queries.simulate(procedure, year=body.year, viewer=by, at=now())


@router.reads("/{version}", VersionOut)
def read_version(request: HttpRequest, version: VersionKey) -> queries.VersionRow:
    """Read one version."""
    return queries.procedure_version(version, viewer=caller(request))


@router.writes("/{version}/use", ChangeOut)
def use_version(request: HttpRequest, version: VersionKey, body: UseIn) -> object:
    """Put a version into use, as it was previewed."""
    return changing.use_version(
        version_id=version, gaining=body.gaining, **how(request)
    )


@router.writes("/changes/{change}/revert", Ref)
def revert_change(request: HttpRequest, change: ChangeKey, body: Reasoned) -> Ref:
    """Take the last change back: its open steps go, what was done stays."""
    changing.revert_change(change_id=change, reason=body.reason, **how(request))
    return Ref(id=str(change))
