"""A store with State arms, two custodians, and an officer who signs."""

from dataclasses import replace
from typing import Any

from armstrace.accounts.models import Agency, User
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.registry.actions import registering
from armstrace.registry.inputs import EventInput
from armstrace.stockpiles.actions import counting, keeping, papers
from armstrace.stockpiles.actions.counting import AnswerInput, CountInput
from armstrace.stockpiles.actions.keeping import LotInput
from armstrace.stockpiles.actions.papers import PaperInput
from armstrace.stockpiles.models import Depot, StockCount
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.custody import CountAnswer, CountFinding
from armstrace.vocabulary.stockpiles import CountKind, StockAct
from tests import builders, cast
from tests.ledger_guard import written_directly

KEEPER = cast.actor(Role.CUSTODIAN, "VNP", Purpose.CUSTODY)
DEPUTY = replace(KEEPER, name="deputy.vnp")
BEARER = cast.OFFICER


@written_directly()
def accounts() -> None:
    """Give the three an account, so that they can sign for one another."""
    agency, _ = Agency.objects.get_or_create(code="VNP", defaults={"name": "VNP"})
    for each in (KEEPER, DEPUTY, BEARER):
        User.objects.get_or_create(
            name=each.name,
            defaults={
                "full_name": each.name.title(),
                "agency": agency,
                "role": each.role,
                "created_at": cast.NOW,
            },
        )


def state_arms(many: int = 3, first: int = 1) -> list[int]:
    """Put arms on the register that the State holds."""
    body = HolderInput("S1", "National Police", HolderKind.STATE_BODY)
    licensing.record_holders(
        source=builders.REGISTER, stated=(body,), by=cast.REGISTRAR, at=cast.NOW
    )
    numbers = [f"P{n}" for n in range(first, first + many)]
    made = builders.registered(
        *(
            builders.an_arm(each, description=builders.glock(f"SER{each}"))
            for each in numbers
        )
    )
    registering.record_events(
        source=builders.REGISTER,
        stated=[
            EventInput(
                number=f"taken {each}",
                arm_number=each,
                kind=LifeEventKind.ISSUED_TO_STATE,
                happened_on=cast.NOW.date().replace(year=2020),
                holder_to="S1",
            )
            for each in numbers
        ],
        by=cast.REGISTRAR,
        at=cast.NOW,
    )
    return made


def depot(name: str = "Armoury", by: Any = KEEPER) -> Depot:
    """Open a store."""
    accounts()
    return keeping.open_depot(name=name, by=by, at=cast.NOW)


def act(depot: Depot, what: StockAct, arms: list[int], **how: Any) -> Any:
    """Do an act of one signature."""
    told = {"reason": "room 1", "by": KEEPER, "at": cast.NOW} | how
    text = "\n".join(f"A{each}" for each in arms)
    return keeping.act_on_arms(depot_id=depot.pk, act=what, text=text, **told)


def stocked(many: int = 3) -> tuple[Depot, list[int]]:
    """Open a store with arms in it."""
    made, arms = depot(), state_arms(many)
    act(made, StockAct.PLACED, arms)
    return made, arms


def paper(depot: Depot, arms: list[int], **changes: Any) -> Any:
    """Issue arms to the officer; the custodian signs first."""
    by = changes.pop("by", KEEPER)
    text = "\n".join(f"A{each}" for each in arms)
    stated = {"act": StockAct.ISSUED, "other": BEARER.name, "text": text} | changes
    return papers.sign_paper(
        depot_id=depot.pk, stated=PaperInput(**stated), by=by, at=cast.NOW
    )


def sign(made: Any, by: Any = BEARER) -> Any:
    """Sign second."""
    return papers.countersign_paper(paper_id=made.pk, by=by, at=cast.NOW)


def end(made: Any, by: Any = BEARER, reason: str = "not mine") -> Any:
    """Withdraw or decline a paper."""
    return papers.end_paper(paper_id=made.pk, reason=reason, by=by, at=cast.NOW)


def count(depot: Depot, *numbers: str, by: Any = KEEPER, **changes: Any) -> StockCount:
    """Count a store; the officer signs second, or else the custodian."""
    second = KEEPER if by == BEARER else BEARER
    stated = {"kind": CountKind.PERIODIC, "second": second.name} | changes
    stated = {"text": "\n".join(numbers)} | stated
    return counting.count_depot(
        depot_id=depot.pk, stated=CountInput(**stated), by=by, at=cast.NOW
    )


def signed(made: StockCount, by: Any = BEARER) -> StockCount:
    """Sign a count second."""
    return counting.sign_count(count_id=made.pk, by=by, at=cast.NOW)


def answer(
    made: StockCount, how: CountAnswer, at: Any = cast.NOW, **changes: Any
) -> Any:
    """Answer for the arms that were not found; who keeps no store explains."""
    by = changes.pop("by", BEARER)
    stated = {"finding": CountFinding.MISSING, "answer": how, "explanation": "cleaned"}
    stated["is_all"] = "text" not in changes
    return counting.answer_count(
        count_id=made.pk, stated=AnswerInput(**(stated | changes)), by=by, at=at
    )


def for_addresses() -> dict[str, int]:
    """Have what the numbers in the addresses of the pages name."""
    made, arms = stocked()
    stated = LotInput(number="L-7", calibre="9x19", quantity=5)
    entry = keeping.receive_lot(depot_id=made.pk, stated=stated, by=KEEPER, at=cast.NOW)
    drawn = paper(made, arms)
    counted = signed(count(made, "A1"))
    return {
        "depot_id": made.pk,
        "paper_id": drawn.pk,
        "lot_id": entry.lot_id,
        "stock_count_id": counted.pk,
    }
