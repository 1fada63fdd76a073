"""Recoveries as the agencies' clerks enter them."""

import random
from datetime import date

from armstrace.analysis.synthetic import geography, holders
from armstrace.analysis.synthetic.cases import Case, PlannedMarking
from armstrace.analysis.synthetic.geography import Spot
from armstrace.analysis.synthetic.plans import Route
from armstrace.analysis.synthetic.plants import Plot
from armstrace.analysis.synthetic.slots import SHARES, Category, Story

_FIELDS = (
    "source_number", "item_kind", "recovery_kind", "recovered_on", "known_on", "agency",
    "case_number", "arm_type", "make", "model", "calibre", "serial",
    "country_of_manufacture", "import_mark", "other_marks", "year_of_manufacture",
    "production_class", "modification", "quantity", "ammunition_kind", "place",
    "region", "country", "place_kind", "latitude", "longitude", "legal_justification",
    "criminal_contexts", "offences", "taken_from", "taken_from_is_holder",
    "seal_number", "custody_number", "notes",
)  # fmt: skip
_EMPTY = dict.fromkeys(_FIELDS, "")
_OFFENCES = {
    "DRUG_TRAFFICKING": "supply of controlled drugs",
    "ROBBERY": "armed robbery",
    "HOMICIDE": "homicide",
    "DOMESTIC": "domestic violence",
    "FIREARMS_TRAFFICKING": "illicit trafficking in firearms",
    "POACHING": "hunting out of season",
}
# Share of the arms of State bodies on which an inventory mark was seen.
_INVENTORIED = 0.6

_ROUNDS = ("9x19mm", ".38 Special", "7.62x39mm", "12", ".22 LR", "7,65 mm", ".380 ACP")


def recovery_row(case: Case) -> dict[str, str]:
    """Write a recovery as a row of recoveries."""
    row = _EMPTY | {
        "source_number": case.source_number,
        "recovered_on": date.fromordinal(case.slot.day).isoformat(),
        "known_on": date.fromordinal(case.known).isoformat(),
        "agency": case.agency,
        "case_number": f"{case.agency}/{case.slot.number // 2:06d}",
        "country": geography.HOME,
        "custody_number": f"EV{case.slot.number:07d}",
    }
    if case.rng.random() < 0.6:
        row["seal_number"] = f"SL{case.rng.randrange(10**6):06d}"
    row |= _where(case)
    row |= _why(case)
    if case.slot.plot is not None:
        return row | _arm(case) | _of_plot(case, case.slot.plot)
    ammunition = case.slot.category is Category.AMMUNITION
    return row | (_ammunition(case) if ammunition else _arm(case))


def _of_plot(case: Case, plot: Plot) -> dict[str, str]:
    """Write what a plant settles; what it leaves open stays as the clerk had it."""
    near = (case.rng.gauss(0, 0.02), case.rng.gauss(0, 0.02))
    kind = plot.place_kind or _pick("places", case.rng)
    told = _at(plot.town, kind, near) | {
        "case_number": plot.case,
        "other_marks": plot.other_marks,
        "taken_from": plot.taken_from,
        "taken_from_is_holder": "NO" if plot.taken_from else "",
    }
    if plot.context:
        told |= _reasons("SEIZED", "POSSESSION", (plot.context,))
    return {field: value for field, value in told.items() if value}


def _arm(case: Case) -> dict[str, str]:
    written = case.written
    return {
        "item_kind": "ARM",
        "arm_type": written.arm_type,
        "make": written.make,
        "model": written.model,
        "calibre": written.calibre,
        "serial": written.serial,
        "country_of_manufacture": written.country,
        "import_mark": written.import_mark,
        "other_marks": _other_marks(case),
        "year_of_manufacture": written.year,
        "production_class": written.production_class,
        "modification": written.modification,
        "quantity": "1",
        **_taken_from(case),
    }


def _ammunition(case: Case) -> dict[str, str]:
    rng = case.rng
    kind = rng.choices(("COMPLETE_ROUND", "CARTRIDGE_CASE"), (0.9, 0.1))[0]
    return {
        "item_kind": "AMMUNITION",
        "calibre": rng.choice(_ROUNDS),
        "ammunition_kind": kind,
        "quantity": str(int(rng.lognormvariate(2.6, 1.2)) + 1),
    }


def _other_marks(case: Case) -> str:
    model, plan = case.model, case.plan
    if plan is not None and plan.route is Route.STATE:
        number = holders.scatter(plan.arm + 5) / _INVENTORIED
        return f"INV {1000 + int(number * 9000)}" if number < 1 else ""
    if model is None or case.rng.random() > 0.1:
        return ""
    proof = {"DE": "eagle N", "BE": "ELG", "IT": "PSF", "GB": "crown BNP", "ES": "X"}
    return f"proof {proof.get(model.country, 'mark not read')}"


def _where(case: Case) -> dict[str, str]:
    rng = case.rng
    border = 0.45 if case.agency == "VCG" else 0.03
    if rng.random() < border:
        post = geography.crossing(rng.random())
        return _at(post, post.kind, (0.0, 0.0))
    town = geography.town(rng.random())
    if case.plan is not None and (case.story is Story.LAWFUL or rng.random() < 0.35):
        town = holders.town_of(case.plan.holder)
    near = (rng.gauss(0, 0.02), rng.gauss(0, 0.02))
    known = rng.random() < 0.8
    told = _at(town, _pick("places", rng), near)
    return told if known else told | {"latitude": "", "longitude": ""}


def _at(spot: Spot, kind: str, near: tuple[float, float]) -> dict[str, str]:
    return {
        "place": spot.name,
        "region": spot.region,
        "place_kind": kind,
        "latitude": f"{spot.latitude + near[0]:.4f}",
        "longitude": f"{spot.longitude + near[1]:.4f}",
    }


def _why(case: Case) -> dict[str, str]:
    rng = case.rng
    kind = _recovery_kind(case)
    if kind == "SURRENDERED":
        return _reasons(kind, "NONE", ("NONE",))
    if case.story is Story.LAWFUL:
        reason = rng.choice(("LICENCE_BREACH", "ADMINISTRATIVE", "ILLICIT_USE"))
        return _reasons(
            kind, reason, ("DOMESTIC" if reason == "ILLICIT_USE" else "NONE",)
        )
    contexts = {_pick("contexts", rng) for _ in range(1 + (rng.random() < 0.2))}
    reason = "UNKNOWN" if kind == "FOUND" else _justification(case, contexts)
    return _reasons(kind, reason, tuple(sorted(contexts)))


def _recovery_kind(case: Case) -> str:
    draw = case.rng.random()
    if case.story is Story.LAWFUL:
        return "SEIZED" if draw < 0.75 else "SURRENDERED"
    if draw < 0.82:
        return "SEIZED"
    return "FOUND" if draw < 0.92 else "SURRENDERED"


def _justification(case: Case, contexts: set[str]) -> str:
    if case.marking is PlannedMarking.ERASED and case.rng.random() < 0.5:
        return "MARKING_TAMPERING"
    if case.marking is PlannedMarking.ILLICIT and case.rng.random() < 0.4:
        return "ILLICIT_MANUFACTURE"
    if "FIREARMS_TRAFFICKING" in contexts or case.agency == "VCG":
        return "TRAFFICKING"
    choices = ("POSSESSION", "ILLICIT_USE", "OTHER_OFFENCE", "UNKNOWN")
    return case.rng.choices(choices, (0.72, 0.16, 0.07, 0.05))[0]


def _reasons(kind: str, reason: str, contexts: tuple[str, ...]) -> dict[str, str]:
    offences = [_OFFENCES[c] for c in contexts if c in _OFFENCES]
    if reason == "POSSESSION":
        offences.append("possession without licence")
    return {
        "recovery_kind": kind,
        "legal_justification": reason,
        "criminal_contexts": ";".join(contexts),
        "offences": "; ".join(offences),
    }


def _taken_from(case: Case) -> dict[str, str]:
    rng = case.rng
    if case.story in _KEPT and case.plan is not None:
        number = case.plan.holder
        is_person = number.startswith("P")
        name = holders.name_of_person(int(number[1:])) if is_person else ""
        known = "YES" if rng.random() < 0.93 else "UNKNOWN"
        return {"taken_from": name, "taken_from_is_holder": known}
    if rng.random() < 0.35:
        return {"taken_from": "", "taken_from_is_holder": "UNKNOWN"}
    someone = holders.name_of_person(10**8 + rng.randrange(10**7))
    answer = "NO" if rng.random() < 0.7 else "UNKNOWN"
    return {"taken_from": someone, "taken_from_is_holder": answer}


_KEPT = frozenset({Story.LAWFUL, Story.LICENCE_ENDED})


def _pick(what: str, rng: random.Random) -> str:
    shares: dict[str, float] = SHARES[what]
    return rng.choices(list(shares), list(shares.values()))[0]
