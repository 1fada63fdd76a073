"""What is declared of goods that cross a border, as plain values.

No field says where a person was born, of which nation, belief, sex or age the
person is, and none may be added: a test holds that.

Source:
    WCO data model; UPU forms CN 22 and CN 23; instruments, 5.6 (inputs of CU-01 to
    CU-33).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from armstrace.vocabulary.risk import Conduct, Conveyance, DeclarationKind, Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One declaration, one parcel or one line of a manifest.

    ``None`` is what nobody stated; an empty text or tuple is a stated “none”. Countries
    are ISO 3166-1 alpha-2. ``origin`` is where goods were made, ``departure`` whence
    they were sent; what begins with ``licence`` is what the authorisation says.
    """

    # As the declarant or carrier gave it.
    number: str
    kind: DeclarationKind
    declared_on: date | None = None
    # Digits of the Harmonized System or a national longer code, without points:
    # ``93052000``.
    hs_code: str | None = None
    # As written, in any language.
    description: str | None = None
    # In ``unit``.
    quantity: Decimal | None = None
    unit: str | None = None
    # Gross.
    weight_kg: Decimal | None = None
    # Of the whole line, in ``currency``.
    value: Decimal | None = None
    # ISO 4217.
    currency: str | None = None
    consignor: str | None = None
    consignor_address: str | None = None
    consignee: str | None = None
    consignee_address: str | None = None
    # Whether a natural person receives it, as the declaration says; never guessed from
    # the name.
    consignee_is_person: bool | None = None
    # Whether the receiver stands in the register of dealers and importers for goods of
    # this kind.
    consignee_registered: bool | None = None
    broker: str | None = None
    origin: str | None = None
    departure: str | None = None
    destination: str | None = None
    # Countries between departure and destination, in order.
    route: tuple[str, ...] | None = None
    departed_on: date | None = None
    # Reference of the authorisation that the declaration names.
    licence: str | None = None
    licence_ends_on: date | None = None
    # Whether it is neither revoked, suspended, surrendered nor cancelled.
    licence_is_valid: bool | None = None
    licence_quantity: Decimal | None = None
    # Its final recipient, as written in it.
    licence_consignee: str | None = None
    licence_destination: str | None = None
    licence_transit: tuple[str, ...] | None = None
    licence_broker: str | None = None
    export_licence_on: date | None = None
    import_licence_on: date | None = None
    # When the State of transit was told, or did not object.
    transit_notice_on: date | None = None
    end_user_certificate: str | None = None
    certificate_on: date | None = None
    # Last day of the contract that the certificate is for.
    contract_ends_on: date | None = None
    deactivation_certificate: str | None = None
    conveyance: Conveyance | None = None
    # Registration of the vehicle, flight or voyage.
    conveyance_number: str | None = None
    phone: str | None = None
    email: str | None = None
    # At a market place or a carrier.
    account: str | None = None
    account_opened_on: date | None = None
    payment: Payment | None = None
    xray_flag: bool | None = None
    conduct: Conduct | None = None
    # What else the papers say, as written; no indicator reads it.
    notes: str | None = None
