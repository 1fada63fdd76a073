"""A small world, built the way the doors build it: by actions."""

from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password

from armstrace.accounts import actors
from armstrace.accounts.models import Agency, User
from armstrace.analysis.marks.description import Description
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.recoveries.actions import recording
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.registry.actions import registering
from armstrace.registry.inputs import ArmInput, EventInput, LossInput
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.arms import HolderKind, ItemKind, LifeEventKind
from armstrace.vocabulary.recoveries import PlaceKind, RecoveryKind
from tests.ledger_guard import written_directly

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PASSWORD = "a long enough password"

CAST = {
    "rita": (Role.REGISTRAR, "REG"),
    "lisa": (Role.LICENSING, "REG"),
    "dirk": (Role.TRADE, "DEALER-1"),
    "otto": (Role.OFFICER, "PC-NORTE"),
    "sara": (Role.OFFICER, "PC-SUL"),
    "cleo": (Role.CUSTODIAN, "PC-NORTE"),
    "ana": (Role.ANALYST, "HUB"),
    "sam": (Role.SUPERVISOR, "HUB"),
    "stan": (Role.STATISTICIAN, "STAT"),
    "audrey": (Role.AUDITOR, "AUDIT"),
    "ada": (Role.ADMINISTRATOR, "HUB"),
    "elena": (Role.EXAMINER, "LAB"),
    "carl": (Role.CUSTOMS, "PC-NORTE"),
    "ines": (Role.INVESTIGATOR, "PC-NORTE"),
    "paul": (Role.PROSECUTOR, "PPO"),
    "egon": (Role.EXAMINER, "LAB"),
}
KINDS = {
    "REG": AgencyKind.REGISTRY,
    "STAT": AgencyKind.STATISTICS,
    "DEALER-1": AgencyKind.TRADE,
}


@written_directly()
def people() -> dict[str, User]:
    """Make one person a role, and a stranger from another agency."""
    known = {each.code: each for each in Agency.objects.all()}
    codes = {code for _, code in CAST.values()} - {*known}
    Agency.objects.bulk_create(
        known.setdefault(
            code, Agency(code=code, name=code, kind=KINDS.get(code, AgencyKind.POLICE))
        )
        for code in sorted(codes)
    )
    password = make_password(PASSWORD)
    made = [
        User(
            name=name,
            full_name=name.title(),
            agency=known[code],
            role=role,
            created_at=NOON,
            password=password,
        )
        for name, (role, code) in CAST.items()
    ]
    return {each.name: each for each in User.objects.bulk_create(made)}


def holders() -> None:
    """Record a maker, an importer, a dealer and two private holders."""
    kinds = {
        "M-1": ("Ferlach Works", HolderKind.MANUFACTURER, "AT"),
        "I-1": ("Porto Imports", HolderKind.IMPORTER, "XV"),
        "D-1": ("Casamar Arms", HolderKind.DEALER, "XV"),
        "H-1": ("Person One", HolderKind.PERSON, "XV"),
        "H-2": ("Person Two", HolderKind.PERSON, "XV"),
    }
    licensing.record_holders(
        source="REG",
        stated=[
            HolderInput(number, name, kind, "Casamar", "Costa", country)
            for number, (name, kind, country) in kinds.items()
        ],
        by=actors.system_actor(),
        at=NOON,
    )


def arms() -> list[int]:
    """Register a pistol with a whole life, its sibling and a revolver."""
    described = {
        "G-1": Description("pistol", "Glock", "17", "9x19", "BK48010", "Austria"),
        "G-2": Description("pistol", "Glock", "17", "9x19", "BK48017", "Austria"),
        "T-1": Description("revolver", "Taurus", "82", ".38 Special", "40000"),
    }
    made = registering.register_arms(
        source="REG",
        stated=[ArmInput(number, what) for number, what in described.items()],
        by=actors.system_actor(),
        at=NOON,
    )
    happened(*life_of("G-1"))
    return [one.record_id for one in made]


def happened(*stated: EventInput) -> None:
    """Put events of registered arms on record."""
    registering.record_events(
        source="REG", stated=stated, by=actors.system_actor(), at=NOON
    )


def reported(**changes: object) -> None:
    """Put on record that a pistol like the second one was stolen, with overrides."""
    stated: dict[str, object] = {
        "number": "B-9",
        "description": Description("pistol", "Glock", "22", ".40 S&W", "BK48017"),
        "loss_kind": LifeEventKind.STOLEN,
        "happened_on": date(2021, 5, 1),
    }
    registering.report_losses(
        source="PC-SUL",
        arm_source="REG",
        stated=[LossInput(**(stated | changes))],  # type: ignore[arg-type]
        by=actors.system_actor(),
        at=NOON,
    )


def life_of(arm: str) -> list[EventInput]:
    """Give the events of a life that ends in a theft."""
    kind = LifeEventKind
    told = [
        (kind.MANUFACTURED, date(2009, 3, 2), "", "M-1", "Ferlach", "AT"),
        (kind.EXPORTED, date(2009, 9, 1), "M-1", "", "Wien", "AT"),
        (kind.IMPORTED, date(2009, 10, 12), "", "I-1", "Port Vell", "XV"),
        (kind.SOLD_TO_DEALER, date(2010, 1, 20), "I-1", "D-1", "Casamar", "XV"),
        (kind.SOLD_TO_HOLDER, date(2011, 6, 2), "D-1", "H-1", "Casamar", "XV"),
        (kind.TRANSFERRED, date(2016, 5, 3), "H-1", "H-2", "Alturas", "XV"),
        (kind.STOLEN, date(2019, 8, 14), "H-2", "", "Alturas", "XV"),
    ]
    return [
        EventInput(
            number=f"{arm}-{place}",
            arm_number=arm,
            kind=what,
            happened_on=on,
            holder_from=giver,
            holder_to=taker,
            place=where,
            country=country,
            document=f"register sheet {place}",
        )
        for place, (what, on, giver, taker, where, country) in enumerate(told, 1)
    ]


def a_recovery(number: str = "N-1", **changes: object) -> RecoveryInput:
    """Give a seized pistol of the north, with overrides."""
    stated: dict[str, object] = {
        "number": number,
        "recovery_kind": RecoveryKind.SEIZED,
        "recovered_on": date(2022, 2, 11),
        "agency": "PC-NORTE",
        "description": Description("pistola", "Glock", "17", "9mm", "BK480?0"),
        "where": PlaceInput("Rua do Cais 4", "Baixa", "XV", PlaceKind.RESIDENCE),
        "case_number": "2022/1199",
        "taken_from": "Person Nine",
        "seal_number": "S-77",
    }
    return RecoveryInput(**(stated | changes))  # type: ignore[arg-type]


def recovered() -> list[int]:
    """Record a pistol, an erased revolver, one of the south, and ammunition."""
    stated = [
        a_recovery("N-1"),
        a_recovery(
            "N-2",
            description=Description("revolver", "Taurus", "", ".38", "erased"),
            recovered_on=date(2021, 7, 1),
            recovery_kind=RecoveryKind.FOUND,
        ),
        a_recovery("S-1", agency="PC-SUL", case_number="SUL/7"),
        a_recovery(
            "N-3",
            item_kind=ItemKind.AMMUNITION,
            description=Description("cartridge", "CBC", "", "9x19", ""),
            quantity=50,
        ),
    ]
    made = recording.record_recoveries(
        source="TEST", stated=stated, by=actors.system_actor(), at=NOON
    )
    return [one.record_id for one in made]
