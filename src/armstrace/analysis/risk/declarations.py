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

    ``None`` is what nobody stated; an empty text or tuple is a stated “none”.

    Args:
        number: As the declarant or carrier gave it.
        declared_on: The day on which it was declared.
        hs_code: Digits of the Harmonized System or a national longer code, without
            points: ``93052000``.
        description: As written, in any language.
        quantity: In ``unit``.
        weight_kg: Gross.
        value: Of the whole line, in ``currency``.
        currency: ISO 4217.
        consignee_is_person: Whether a natural person receives it, as the declaration
            says; never guessed from the name.
        consignee_registered: Whether the receiver stands in the register of dealers
            and importers for goods of this kind.
        origin: Where the goods were made; ISO 3166-1 alpha-2, as all countries.
        departure: Whence they were sent.
        route: Countries between departure and destination, in order.
        licence: Reference of the authorisation that the declaration names.
        licence_ends_on: Last day of that authorisation.
        licence_is_valid: Whether it is neither revoked, suspended, surrendered nor
            cancelled.
        licence_quantity: How many it authorises in all.
        licence_consignee: Its final recipient, as written in it.
        licence_destination: The country that it names.
        licence_transit: The countries of transit that it names.
        licence_broker: The broker that it names.
        export_licence_on: When the State of export issued its authorisation.
        import_licence_on: When the State of import issued its own.
        transit_notice_on: When the State of transit was told, or did not object.
        end_user_certificate: Number of the certificate.
        certificate_on: When it was issued.
        contract_ends_on: Last day of the contract that the certificate is for.
        deactivation_certificate: Number of the certificate of deactivation.
        conveyance_number: Registration of the vehicle, flight or voyage.
        account: At a market place or a carrier.
        account_opened_on: When that account was opened.
        payment: How the goods were paid.
        xray_flag: Whether the picture of a scanner was flagged.
        conduct: What was seen at the counter.
    """

    number: str
    kind: DeclarationKind
    declared_on: date | None = None
    hs_code: str | None = None
    description: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    weight_kg: Decimal | None = None
    value: Decimal | None = None
    currency: str | None = None
    consignor: str | None = None
    consignor_address: str | None = None
    consignee: str | None = None
    consignee_address: str | None = None
    consignee_is_person: bool | None = None
    consignee_registered: bool | None = None
    broker: str | None = None
    origin: str | None = None
    departure: str | None = None
    destination: str | None = None
    route: tuple[str, ...] | None = None
    departed_on: date | None = None
    licence: str | None = None
    licence_ends_on: date | None = None
    licence_is_valid: bool | None = None
    licence_quantity: Decimal | None = None
    licence_consignee: str | None = None
    licence_destination: str | None = None
    licence_transit: tuple[str, ...] | None = None
    licence_broker: str | None = None
    export_licence_on: date | None = None
    import_licence_on: date | None = None
    transit_notice_on: date | None = None
    end_user_certificate: str | None = None
    certificate_on: date | None = None
    contract_ends_on: date | None = None
    deactivation_certificate: str | None = None
    conveyance: Conveyance | None = None
    conveyance_number: str | None = None
    phone: str | None = None
    email: str | None = None
    account: str | None = None
    account_opened_on: date | None = None
    payment: Payment | None = None
    xray_flag: bool | None = None
    conduct: Conduct | None = None
