"""Each recovery as a case: which arm, what was written, what is true."""

import random
from datetime import date
from typing import NamedTuple

from armstrace.analysis.synthetic import (
    catalogue,
    draws,
    geography,
    lives,
    misreading,
    plans,
)
from armstrace.analysis.synthetic.catalogue import Model
from armstrace.analysis.synthetic.plans import Plan, Plans
from armstrace.analysis.synthetic.plants import Told
from armstrace.analysis.synthetic.slots import Category, Slot, Slots, Story
from armstrace.analysis.synthetic.stories import Truth, ending_of
from armstrace.vocabulary.codes import Code

_STREAM = 31
_ERASED = 0.03
AGENCIES = (
    ("VNP", "National Police of Varnia"),
    ("VCG", "Customs Guard"),
    ("VFH", "Varnian Firearms Hub"),
)


class PlannedMarking(Code):
    """How a recovered arm is marked, in truth."""

    UNIQUE = "UNIQUE", "bears a unique mark"
    ERASED = "ERASED", "mark erased"
    ILLICIT = "ILLICIT", "made or converted without licence, unmarked"
    UNMARKED = "UNMARKED", "never marked, origin not known"
    NOT_STATED = "NOT_STATED", "nobody wrote down whether it is marked"


class Written(NamedTuple):
    """The description of an arm as someone wrote it."""

    arm_type: str
    make: str
    model: str
    calibre: str
    # The serial number, or what stands in its field.
    serial: str
    country: str = ""
    import_mark: str = ""
    year: str = ""
    production_class: str = "INDUSTRIAL"
    modification: str = "NONE"
    errors: tuple[str, ...] = ()


class Case(NamedTuple):
    """One recovery, with its truth."""

    slot: Slot
    source_number: str
    agency: str
    # Ordinal of the day it became known.
    known: int
    # Chance for the rest of the row.
    rng: random.Random
    written: Written
    # The arm's lawful life, None where it was never registered.
    plan: Plan | None = None
    truth: Truth = Truth("", "UNKNOWN")
    marking: PlannedMarking = PlannedMarking.UNIQUE
    # Its model, None for ammunition and home-made arms.
    model: Model | None = None
    import_mark: str = ""
    story: Story | None = None


class Cases:
    """The recoveries of a country, each a function of its number."""

    def __init__(self, seed: int, slots: Slots, lawful: Plans) -> None:
        self.seed, self.slots, self.lawful = seed, slots, lawful

    def of(self, number: int) -> Case:
        slot = self.slots.of(number)
        rng = draws.generator(self.seed, _STREAM, number)
        if slot.category is Category.REGISTERED or slot.category is Category.REPEAT:
            return self._case_of_registered(slot, rng)
        if slot.category is Category.AMMUNITION:
            return self._case(slot, rng, written=Written("", "", "", "", ""))
        return self._absent(slot, rng)

    def _case_of_registered(self, slot: Slot, rng: random.Random) -> Case:
        again = slot.category is Category.REPEAT
        plan = self.lawful.of(self.slots.arm_of(slot.number - again))
        ending = ending_of(plan)
        truth = ending.again if again and ending.again else ending.truth
        marking = (
            PlannedMarking.ERASED if rng.random() < _ERASED else PlannedMarking.UNIQUE
        )
        story = plan.slot.story if plan.slot else None
        is_clear = slot.plot is not None and slot.plot.told is Told.CLEAR
        if story is Story.LAWFUL or is_clear:
            marking = PlannedMarking.UNIQUE
        country, year = lives.import_mark(plan)
        written = _describe(plan.model, plan.serial, marking, rng=rng)
        if is_clear:
            model = plan.model
            written = Written(
                model.arm_type, model.make, model.name, model.calibre, plan.serial,
                model.country,
            )  # fmt: skip
        modification = "REACTIVATED" if story is Story.REACTIVATED else "NONE"
        written = written._replace(
            import_mark=_write_import(country, year, rng),
            year=str(plan.year) if rng.random() < 0.2 else "",
            modification=modification,
        )
        return self._case(
            slot, rng, plan=plan, truth=truth, marking=marking, written=written,
            model=plan.model, import_mark=country, story=story,
        )  # fmt: skip

    def _absent(self, slot: Slot, rng: random.Random) -> Case:
        draw = rng.random()
        if draw < 0.22:
            return self._home_made(slot, rng)
        if draw < 0.34:
            return self._convert(slot, rng)
        model = catalogue.ANY.pick(rng.random())
        marked = (marking for below, marking in _ABSENT_MARKS if draw < below)
        marking = next(marked, PlannedMarking.UNIQUE)
        lanes = [rng.random() for _ in range(20)]
        serial = plans.serial_of(model, 10**9 + slot.number, lanes, seed=self.seed)
        country, year = _foreign_import(model, rng)
        written = _describe(model, serial, marking, rng=rng)
        written = written._replace(import_mark=_write_import(country, year, rng))
        abroad = country or model.country
        truth = Truth("", "UNKNOWN", "", "", abroad, slot.day - 400)
        return self._case(
            slot, rng, truth=truth, marking=marking, written=written, model=model,
            import_mark=country,
        )  # fmt: skip

    def _home_made(self, slot: Slot, rng: random.Random) -> Case:
        name, kind, calibre, made = rng.choice(_HOME_MADE)
        serial = misreading.write_status("NEVER_MARKED", rng)
        written = Written(kind, name, "", calibre, serial, production_class=made)
        written = written._replace(errors=("NEVER_MARKED",))
        return self._case(slot, rng, marking=PlannedMarking.ILLICIT, written=written)

    def _convert(self, slot: Slot, rng: random.Random) -> Case:
        model = catalogue.BLANK.pick(rng.random())
        lanes = [rng.random() for _ in range(20)]
        serial = plans.serial_of(model, 10**9 + slot.number, lanes, seed=self.seed)
        make, _ = misreading.write_make(model, rng)
        written = Written(
            misreading.write_type(model.arm_type, rng)[0], make, model.name,
            rng.choice(("9x19mm", "7.65mm", ".380")), serial, model.country,
            modification="CONVERTED",
        )  # fmt: skip
        truth = Truth("", "CONVERSION_WORKSHOP", "", "", "", slot.day - 200)
        return self._case(
            slot, rng, truth=truth, marking=PlannedMarking.ILLICIT, written=written,
            model=model,
        )  # fmt: skip

    def _case(self, slot: Slot, rng: random.Random, **more: object) -> Case:
        draw = rng.random()
        agency = AGENCIES[0 if draw < 0.8 else 1 if draw < 0.93 else 2][0]
        year = date.fromordinal(slot.day).year
        lag = 1 + int(rng.random() ** 4 * 60)
        if slot.plot is not None:
            agency = slot.plot.agency or agency
            lag = 1 if slot.plot.told is Told.CLEAR else lag
        known = min(slot.day + lag, self.slots.last_day)
        number = f"{agency}-{year}-{slot.number:07d}"
        return Case(slot, number, agency, known, rng, **more)  # type: ignore[arg-type]


_HOME_MADE = (
    ("craft", "shotgun", "12", "CRAFT"),
    ("artesanal", "Espingarda", "16", "CRAFT"),
    ("handmade", "pistol", ".22", "CRAFT"),
    ("caseira", "pistola", ".38", "RUDIMENTARY"),
    ("homemade", "submachine gun", "9mm", "RUDIMENTARY"),
    ("kit", "rifle", ".223", "PMF_KIT"),
    ("printed", "pistol", "9x19mm", "PMF_3D"),
)


_ABSENT_MARKS = (
    (0.5, PlannedMarking.ERASED),
    (0.55, PlannedMarking.UNMARKED),
    (0.6, PlannedMarking.NOT_STATED),
)
# How the serial field says so, and the code of the error.
_NO_SERIAL = {
    PlannedMarking.ERASED: ("OBLITERATED", "ERASED"),
    PlannedMarking.UNMARKED: ("NEVER_MARKED", "NEVER_MARKED"),
    PlannedMarking.NOT_STATED: ("UNKNOWN", "NOT_STATED"),
}


def _describe(
    model: Model, serial: str, marking: PlannedMarking, *, rng: random.Random
) -> Written:
    arm_type, type_error = misreading.write_type(model.arm_type, rng)
    make, make_error = misreading.write_make(model, rng)
    name, model_error = misreading.write_model(model, rng)
    calibre, calibre_error = misreading.write_calibre(model, rng)
    written, serial_error = _serial(model, serial, marking, rng=rng)
    errors = (serial_error, make_error, model_error, calibre_error, type_error)
    country = model.country if rng.random() < 0.55 else ""
    return Written(
        arm_type, make, name, calibre, written, country,
        errors=tuple(error for error in errors if error),
    )  # fmt: skip


def _serial(
    model: Model, serial: str, marking: PlannedMarking, *, rng: random.Random
) -> tuple[str, str]:
    if marking in _NO_SERIAL:
        status, error = _NO_SERIAL[marking]
        return misreading.write_status(status, rng), error
    return misreading.misread_serial(serial, model, rng)


def _foreign_import(model: Model, rng: random.Random) -> tuple[str, int]:
    if rng.random() > 0.35:
        return "", 0
    country = rng.choice(("US", "US", "DE", "IT", "BE", "ES", "CZ"))
    if country == model.country:
        return "", 0
    return country, rng.randint(max(1968, model.first_year + 1), 2024)


def _write_import(country: str, year: int, rng: random.Random) -> str:
    if not country or rng.random() < 0.12:
        return ""
    shapes = (f"{country} {year}", f"{country}{year % 100:02d}", f"{country} {year}")
    if country == geography.HOME:
        shapes = (f"{country} {year}", f"{country}{year % 100:02d}", f"VARNIA {year}")
    return rng.choice(shapes)
