"""Try a procedure on what is on record; loaded once Django stands."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import typer

from armstrace.accounts import actors
from armstrace.analysis.procedures import checking, reading
from armstrace.analysis.procedures.simulating import (
    WAIVERS_EXPECTED,
    Simulation,
    StepLoad,
)
from armstrace.cli import telling
from armstrace.procedures import queries
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.messages import Message, counted, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
NOT_KNOWN = message("not known")


def simulate(values: reading.Plain, year: int, *, as_json: bool) -> None:
    """Print what a procedure would have asked of the recoveries of a year."""
    viewer = actors.system_actor(Purpose.TRACING)
    found = queries.simulate(
        checking.require_sound(values),
        year=year,
        viewer=viewer,
        at=datetime.now(UTC),
    )
    remarks = queries.steps_without_people(
        checking.require_sound(values), viewer=viewer
    )
    if as_json:
        waivers = {
            name: getattr(found, name) for name in ("waivers", "waivers_unknown")
        }
        document = {"year": year, **asdict(found), **waivers}
        document["remarks"] = list(map(translate, remarks))
        telling.show_json(document)
        return
    for said in (*_lines(found, year), *remarks):
        typer.echo(translate(said))


def preview(values: reading.Plain) -> tuple[dict[str, object], list[Message]]:
    """Give what a procedure would change in open recoveries, for JSON and in words."""
    viewer = actors.system_actor(Purpose.TRACING)
    found = queries.preview_change(checking.require_sound(values), viewer=viewer)
    said = counted(
        "%(n)s open recovery would gain steps, and %(kept)s would gain none.",
        "%(n)s open recoveries would gain steps, and %(kept)s would gain none.",
        n=found.gained,
        kept=found.kept,
    )
    by_step = [asdict(each) for each in found.by_step]
    lines = [said, *(_step_words(**each) for each in by_step), found.steps_stay]
    lines += found.unmanned
    return {"gained": found.gained, "kept": found.kept, "by_step": by_step}, lines


def _step_words(**counts: Any) -> Message:  # noqa: ANN401 - a text and counts
    return SAID.say("STEP_GAINED", **counts)


def _lines(found: Simulation, year: int) -> list[Message]:
    return [
        SAID.say(
            "SIMULATED",
            recoveries=found.recoveries,
            year=str(year),
            cases=found.cases,
            steps=found.steps,
            hours=found.hours,
        ),
        SAID.say(
            "SIMULATED_OVERDUE",
            overdue=_number(found.overdue),
            unknown=found.overdue_unknown,
            waivers=_number(found.waivers),
            waivers_unknown=found.waivers_unknown,
        ),
        *(
            SAID.say(
                "STEPS_BY_ROLE",
                role=Role(each.role),
                agency=each.agency,
                steps=each.steps,
                hours=each.hours,
            )
            for each in found.loads
        ),
        WAIVERS_EXPECTED,
        *(_waivers(each) for each in found.by_step),
    ]


def _waivers(one: StepLoad) -> Message:
    if one.ended is None:
        return message("  %(step)s: never completed or waived", step=one.code)
    return SAID.say(
        "STEP_WAIVED",
        step=one.code,
        waivers=_number(one.waivers),
        waived=one.ended.waived,
        ended=one.ended.total,
    )


def _number(value: float | None) -> Message | float:
    return NOT_KNOWN if value is None else round(value, 1)
