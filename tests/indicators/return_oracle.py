"""A slow, obvious count of the annual return, item by item.

It shares neither query nor table with the code: the rows are written out here.
"""

from collections import defaultdict
from datetime import datetime

from armstrace.recoveries.models import Recovery
from armstrace.registry.models import Arm, LifeEvent
from tests.indicators import oracle

TYPES = {
    "PISTOL": "PISTOL",
    "REVOLVER": "REVOLVER",
    "RIFLE": "RIFLE",
    "CARBINE": "RIFLE",
    "SHOTGUN": "SHOTGUN",
    "MACHINE_GUN": "MACHINE_GUN",
    "SUBMACHINE_GUN": "SUBMACHINE_GUN",
    "OTHER_FIREARM": "OTHER",
    "LIGHT_WEAPON": "OTHER",
    "UNKNOWN": "UNKNOWN",
}
PLACES = {
    "LAND_BORDER": "LAND_BORDER",
    "SEAPORT": "HARBOUR",
    "AIRPORT": "AIRPORT",
    "OTHER": "OTHER",
    "UNKNOWN": "UNKNOWN",
}
REASONS = {
    "POSSESSION": "POSSESSION",
    "TRAFFICKING": "TRAFFICKING",
    "ILLICIT_USE": "USE",
    "ILLICIT_MANUFACTURE": "MANUFACTURE",
    "MARKING_TAMPERING": "MARKINGS",
    "LICENCE_BREACH": "OTHER",
    "OTHER_OFFENCE": "OTHER",
    "NONE": "UNKNOWN",
    "UNKNOWN": "UNKNOWN",
}
CONTEXTS = {
    "FIREARMS_TRAFFICKING": "ARMS_TRAFFICKING",
    "OTHER_ARMS_OFFENCES": "OTHER_ARMS",
    "HOMICIDE": "VIOLENT",
    "ROBBERY": "VIOLENT",
    "DOMESTIC": "VIOLENT",
    "DRUG_TRAFFICKING": "DRUGS",
    "SMUGGLING_OTHER": "OTHER_TRAFFICKING",
    "ORGANISED_CRIME_OTHER": "ORGANISED",
    "TERRORISM": "TERRORISM",
    "POACHING": "OTHER",
    "PUBLIC_ORDER": "OTHER",
    "OTHER": "OTHER",
}
TRACING = {"SEIZED": "5.1", "FOUND": "5.2", "SURRENDERED": "5.3"}


def count(year: int, at: datetime | None) -> dict[str, set[str]]:
    """Put every item of a year under the key of each cell that it stands in."""
    piles: defaultdict[str, set[str]] = defaultdict(set)
    for recovery in oracle.rows(Recovery):
        known = oracle.version_of(recovery, at)
        if known is not None and known.recovered_on.year == year:
            for key in keys_of(recovery, known, at):
                piles[key].add(f"R{recovery.pk}")
    for arm in oracle.rows(Arm):
        for key in ends_of(arm, year, at):
            piles[key].add(f"A{arm.pk}")
    return piles


def keys_of(recovery, known, at) -> list[str]:  # noqa: PLR0911 - one line a reason
    kind = oracle.WAY_OF.get(known.recovery_kind)
    is_arm = recovery.item_kind == "ARM"
    if kind is None and not is_arm:
        return []
    if is_arm and oracle.is_second_entry(recovery, at):
        column = kind or "OTHERWISE"
        return [f"X:ENTERED_TWICE:{column}", f"X:TOTAL:{column}"]
    if kind is None:
        return [f"X:{known.recovery_kind}:OTHERWISE", "X:TOTAL:OTHERWISE"]
    if is_arm and (known.year_of_manufacture or 1999) < 1900:
        return [f"X:ANTIQUE:{kind}", f"X:TOTAL:{kind}"]
    if kind == "SEIZED" and known.legal_justification == "ADMINISTRATIVE":
        return ["X:ADMINISTRATIVE:SEIZED", "X:TOTAL:SEIZED"] if is_arm else []
    case = ["A1:TOTAL:SEIZED"] if kind == "SEIZED" else []
    if recovery.item_kind == "PART":
        return [*case, f"A3:TOTAL:{kind}"]
    if recovery.item_kind == "AMMUNITION":
        return [*case, f"A4:TOTAL:{kind}"]
    return [*case, *arm_keys(recovery, known, at)]


def arm_keys(recovery, known, at) -> list[str]:
    kind = oracle.WAY_OF[known.recovery_kind]
    cell = oracle.cell_of(recovery, known, at)[0]
    part = "U" if cell in oracle.UNIQUE else "N"
    rows = [
        "A2:TOTAL",
        f"B1:{TYPES[known.arm_type]}",
        "B1:TOTAL",
        f"B3:{marking(recovery, known, at)}",
        "B3:TOTAL",
        f"{TRACING[kind]}:{cell}",
        f"{TRACING[kind]}:T",
    ]
    rows += [f"{TRACING[kind]}:{part}"] if cell != "K" else []
    if kind == "SEIZED":
        rows += [
            f"B2:{condition(recovery, known, at)}",
            "B2:TOTAL",
            f"C1:{PLACES.get(known.place_kind, 'TERRITORY')}",
            "C1:TOTAL",
            f"C2:{REASONS[known.legal_justification]}",
            "C2:TOTAL",
        ]
        held = {CONTEXTS[c] for c in known.criminal_contexts if c in CONTEXTS}
        rows += [f"C3:{row}" for row in held]
    return [f"{row}:{kind}" for row in rows] + ["F:RECORDED:TOTAL"]


def marking(recovery, known, at) -> str:
    status = known.serial_status
    if status in {"COMPLETE", "RESTORED"}:
        return "UNIQUE"
    if status == "PARTIAL":
        return "UNIQUE" if identified(recovery, at) else "NO_MARK"
    if status in {"OBLITERATED", "ALTERED", "RESTAMPED"}:
        return "ALTERED"
    return "NO_MARK" if status in {"NEVER_MARKED", "ILLEGIBLE"} else "UNKNOWN"


def identified(recovery, at) -> bool:
    return oracle.is_same(recovery, at)


def condition(recovery, known, at) -> str:
    if known.modification not in {"NONE", "UNKNOWN"}:
        return str(known.modification)
    if known.production_class in {"RUDIMENTARY", "PMF_KIT", "PMF_3D", "CNC"}:
        return "ILLICITLY_MADE"
    if known.production_class == "CRAFT":
        is_marked = marking(recovery, known, at) == "UNIQUE"
        return "UNKNOWN" if is_marked else "ILLICITLY_MADE"
    return str(known.production_class)


def ends_of(arm, year, at) -> set[str]:
    events = [e for e in oracle.rows(LifeEvent, arm_id=arm.pk) if oracle.stands(e, at)]
    if not any(event.kind == "RECOVERED" for event in events):
        return set()
    rows = {"DESTROYED": "DESTROYED", "RETAINED_MARKED": "MARKED"}
    return {
        f"F:{rows[event.kind]}:TOTAL"
        for event in events
        if event.kind in rows and event.happened_on and event.happened_on.year == year
    }


def amount(key: str, year: int, at: datetime | None) -> int | str:
    """Count cases, pieces or rounds: a table that does not count records."""
    items = [Recovery.objects.get(pk=int(each[1:])) for each in count(year, at)[key]]
    known = [oracle.version_of(item, at) for item in items]
    if key.startswith("A1"):
        cases = {(each.agency, each.case_number) for each in known if each.case_number}
        silent = sum(not each.case_number for each in known)
        return len(cases) + silent if cases else "NOT_RECORDED"
    if key.startswith("A3"):
        pieces = sum(1 if each.quantity is None else each.quantity for each in known)
        return pieces if was_seen("PART", year, at) else "NOT_RECORDED"
    stated = [each.quantity for each in known if each.quantity is not None]
    if known and not stated:
        return "NOT_RECORDED"
    return sum(stated) if was_seen("AMMUNITION", year, at) else "NOT_RECORDED"


def was_seen(item_kind: str, year: int, at: datetime | None) -> bool:
    items = oracle.rows(Recovery, item_kind=item_kind)
    versions = [oracle.version_of(each, at) for each in items]
    return any(
        each is not None
        and each.recovered_on.year == year
        and each.recovery_kind == "SEIZED"
        for each in versions
    )
