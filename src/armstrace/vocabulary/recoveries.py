"""How arms come into the hands of the State.

Source:
    SDG 16.4.2 metadata (2018); Firearms Protocol, arts. 3, 5, 6, 11;
    illicit arms flows questionnaire, tables B and C.
"""

from armstrace.vocabulary.codes import Code


class RecoveryKind(Code):
    SEIZED = "SEIZED", "seized"
    FOUND = "FOUND", "found"
    SURRENDERED = "SURRENDERED", "surrendered"


class LegalJustification(Code):
    """Why the law let the arm be taken; apart from what else was going on."""

    TRAFFICKING = "TRAFFICKING", "illicit trafficking"
    ILLICIT_MANUFACTURE = "ILLICIT_MANUFACTURE", "illicit manufacture"
    POSSESSION = "POSSESSION", "illicit possession"
    ILLICIT_USE = "ILLICIT_USE", "illicit use"
    MARKING_TAMPERING = "MARKING_TAMPERING", "altered markings"
    LICENCE_BREACH = "LICENCE_BREACH", "breach of a licence"
    OTHER_OFFENCE = "OTHER_OFFENCE", "other offence"
    ADMINISTRATIVE = "ADMINISTRATIVE", "administrative violation"
    NONE = "NONE", "none"
    UNKNOWN = "UNKNOWN", "not known"


class CriminalContext(Code):
    """What else was going on; several may hold for one arm."""

    FIREARMS_TRAFFICKING = "FIREARMS_TRAFFICKING", "trafficking of firearms"
    OTHER_ARMS_OFFENCES = "OTHER_ARMS_OFFENCES", "other arms offences"
    DRUG_TRAFFICKING = "DRUG_TRAFFICKING", "drug trafficking"
    TERRORISM = "TERRORISM", "terrorism"
    ORGANISED_CRIME_OTHER = "ORGANISED_CRIME_OTHER", "other organised crime"
    HOMICIDE = "HOMICIDE", "homicide"
    ROBBERY = "ROBBERY", "robbery"
    DOMESTIC = "DOMESTIC", "domestic violence"
    POACHING = "POACHING", "poaching"
    SMUGGLING_OTHER = "SMUGGLING_OTHER", "other trafficking"
    PUBLIC_ORDER = "PUBLIC_ORDER", "public order"
    OTHER = "OTHER", "other"
    NONE = "NONE", "none"
    UNKNOWN = "UNKNOWN", "not known"


class PlaceKind(Code):
    LAND_BORDER = "LAND_BORDER", "land border"
    SEAPORT = "SEAPORT", "vessel or harbour"
    AIRPORT = "AIRPORT", "aircraft or airport"
    POST_COURIER_HUB = "POST_COURIER_HUB", "post or courier hub"
    INLAND_ROAD = "INLAND_ROAD", "inland road"
    RESIDENCE = "RESIDENCE", "residence"
    BUSINESS = "BUSINESS", "business premises"
    PUBLIC = "PUBLIC", "public place"
    CONTROLLED = "CONTROLLED", "online or controlled delivery"
    CONFLICT_AREA = "CONFLICT_AREA", "conflict area"
    OTHER = "OTHER", "other"
    UNKNOWN = "UNKNOWN", "not known"
