"""Reports of loss and theft, as the police took them down."""

from collections.abc import Iterator
from datetime import date

from armstrace.analysis.synthetic import draws, holders, lives, misreading
from armstrace.analysis.synthetic.plans import Plan

_STREAM = 41
_UNLINKED = 0.08
_KINDS = frozenset({"LOST", "STOLEN"})


def loss_rows(plan: Plan, seed: int, last_day: int) -> Iterator[dict[str, str]]:
    """Write the loss and theft reports of one arm.

    One report in twelve does not name the register's number and gives the
    marks from memory, with the errors of ``misreading``.
    """
    for place, step in enumerate(lives.steps_of(plan), 1):
        known = lives.known_day(step, plan.arm)
        if step.kind not in _KINDS or step.day > last_day or known > last_day:
            continue
        town = holders.town_of(step.at)
        row = {
            "source_number": f"L{plan.arm:09d}-{place:02d}",
            "arm_number": lives.number_of(plan.arm),
            "arm_type": plan.model.arm_type,
            "make": plan.model.make,
            "model": plan.model.name,
            "calibre": plan.model.calibre,
            "serial": plan.serial,
            "loss_kind": step.kind,
            "happened_on": date.fromordinal(step.day).isoformat(),
            "reported_on": date.fromordinal(known).isoformat(),
            "place": town.name,
            "region": town.region,
            "holder_number": step.giver,
            "notes": "",
        }
        yield _from_memory(row, plan, seed)


def _from_memory(row: dict[str, str], plan: Plan, seed: int) -> dict[str, str]:
    rng = draws.generator(seed, _STREAM, plan.arm)
    if rng.random() >= _UNLINKED:
        return row
    return row | {
        "arm_number": "",
        "make": misreading.write_make(plan.model, rng)[0],
        "model": misreading.write_model(plan.model, rng)[0],
        "calibre": misreading.write_calibre(plan.model, rng)[0],
        "serial": misreading.misread_serial(plan.serial, plan.model, rng)[0],
    }
