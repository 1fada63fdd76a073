"""Transfers as somebody states them."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.licensing import GroundClass
from armstrace.vocabulary.transfers import (
    Direction,
    PaperKind,
    Particular,
    Regime,
    Step,
)


@dataclass(frozen=True, slots=True)
class AuthorisationInput:
    """What is to be authorised, as the exporter, importer or carrier states it.

    Args:
        direction: Whether the goods leave, come here or pass through.
        holder: Number of the exporter or importer at home; empty for a transit.
        number: The number that the authorisation will bear.
        regime: Whether the goods come back, and by which procedure.
        is_multiple: Whether it is for several consignments.
        is_direct: By sea or air, without transhipment or change of transport.
        exporter: The exporter as written.
        importer: The importer as written.
        consignee: To whom the goods are carried, as written.
        recipient: The final recipient as written.
        end_user: Who will use them, as written.
        end_use: What they are for.
        is_brokered: Whether there is a broker; None where nobody says.
        broker: Name of the broker.
        broker_place: Where the broker is.
        export_country: Code of the State of export.
        import_country: Code of the State of import.
        exit_country: Code of the State through which they leave the Union.
        transit: Codes of the transit States in their order; None where nobody says.
        return_on: The day by which goods of a temporary transfer come back.
        issue_place: Where it is issued.
        issued_on: The day that it bears; the day of the decision where None.
        valid_until: Its last day.
    """

    direction: Direction
    holder: str = ""
    number: str = ""
    regime: Regime = Regime.DEFINITIVE
    is_multiple: bool = False
    is_direct: bool = False
    exporter: str = ""
    importer: str = ""
    consignee: str = ""
    recipient: str = ""
    end_user: str = ""
    end_use: str = ""
    is_brokered: bool | None = None
    broker: str = ""
    broker_place: str = ""
    export_country: str = ""
    import_country: str = ""
    exit_country: str = ""
    transit: tuple[str, ...] | None = None
    return_on: date | None = None
    issue_place: str = ""
    issued_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class GoodsInput:
    """Goods of one description.

    Args:
        item_kind: What it is.
        quantity: How many; 0 takes the line off.
        category: The category of the law, as written.
        description: Kind, model and calibre, as written.
        line: Which line is changed; 0 for a new one.
    """

    item_kind: ItemKind
    quantity: int
    category: str = ""
    description: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PaperInput:
    """A document with what it says.

    Args:
        kind: What it is.
        number: Its own number.
        country: Code of the State that it is of, or that it was sent to.
        issued_on: The day that it bears.
        received_on: The day on which it came, or was sent.
        valid_until: Its last day; None where it states none.
        recipient: The final recipient that it names.
        quantity: The quantity that it is for; None where it does not say.
        signatory: Who signed it.
        signatory_title: In which office.
        is_civilian: Whether it promises civilian use; None where it does not say.
        states: The particulars that it states.
    """

    kind: PaperKind
    number: str = ""
    country: str = ""
    issued_on: date | None = None
    received_on: date | None = None
    valid_until: date | None = None
    recipient: str = ""
    quantity: int | None = None
    signatory: str = ""
    signatory_title: str = ""
    is_civilian: bool | None = None
    states: tuple[Particular, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a decision on an authorisation says.

    Args:
        reason: Why; also why it goes on where something is missing.
        ground: Class of ground of a refusal, suspension or revocation.
        issue_place: Where it is issued; empty leaves what stands.
        issued_on: The day that the authorisation bears; None leaves what stands, or
            takes today.
        valid_until: Its last day; None leaves what stands.
        seen: Key of the version that the person saw; None asks for no check.
    """

    reason: str = ""
    ground: GroundClass | None = None
    issue_place: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ItemInput:
    """Goods of one line in a consignment.

    Args:
        line: Number of the line of the authorisation.
        quantity: How many; one where a serial number or an arm is named.
        serial: The serial number, as written.
        arm_id: The arm of the register; None where it is not named.
    """

    line: int
    quantity: int = 1
    serial: str = ""
    arm_id: int | None = None


@dataclass(frozen=True, slots=True)
class ConsignmentInput:
    """Goods that leave together.

    Args:
        departed_on: The day on which they leave.
        items: What leaves, by line of the authorisation.
        post: The customs post.
        waybill: Number of the waybill.
        expected_on: The day by which they are to arrive; None where not said.
        reason: Why they leave although something is missing that warns.
    """

    departed_on: date
    items: tuple[ItemInput, ...] = ()
    post: str = ""
    waybill: str = ""
    expected_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StepInput:
    """Something that happened to a consignment.

    Args:
        kind: What happened.
        happened_on: On which day.
        country: Code of the State where it happened.
        post: The customs post, or who was asked.
        quantity: How many arrived; None where that is not said.
        document: The paper or case that tells of it.
        reason: What a difference comes from, or what is known of a diversion.
    """

    kind: Step
    happened_on: date
    country: str = ""
    post: str = ""
    quantity: int | None = None
    document: str = ""
    reason: str = ""
