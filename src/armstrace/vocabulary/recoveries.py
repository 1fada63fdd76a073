"""How arms come into the hands of the State.

Source:
    SDG 16.4.2 metadata (2018); Firearms Protocol, arts. 3, 5, 6, 11;
    illicit arms flows questionnaire, tables B and C.
"""

from collections.abc import Mapping

from armstrace.vocabulary.codes import Code


class RecoveryKind(Code):
    """Why an item is on file: how it came into the hands of the State."""

    SEIZED = "SEIZED", "seized"
    FOUND = "FOUND", "found"
    SURRENDERED = "SURRENDERED", "surrendered"
    SURRENDERED_AMNESTY = "SURRENDERED_AMNESTY", "surrendered under an amnesty"
    STATE_ARM = "STATE_ARM", "State arm submitted for examination"
    STATE_ARM_RECOVERED = "STATE_ARM_RECOVERED", "stolen from the State, recovered"
    OWNERS_ARM = "OWNERS_ARM", "owner’s arm in a case"
    UNDECIDED = "UNDECIDED", "not yet decided why it is on file"


class Population(Code):
    """What a row of a file is counted as; ``arms_by_class`` counts these words."""

    SEIZED = "SEIZED", "illicit arms seized"
    FOUND = "FOUND", "arms found"
    SURRENDERED = "SURRENDERED", "arms surrendered"
    STATE_ARM = "STATE_ARM", "arms of the State put up for examination"
    OWNERS_ARM = "OWNERS_ARM", "owners’ arms in a case"
    LOSS_REPORT = "LOSS_REPORT", "reports of loss or theft"
    NOT_AN_ARM = "NOT_AN_ARM", "no arms"
    UNDECIDED = "UNDECIDED", "not decided"


class Acquisition(Code):
    """The ways of recovery that are counted, each in a table of its own.

    Source:
        SDG 16.4.2 metadata (2018); questionnaire, tables 5.1-5.3.
    """

    SEIZED = "SEIZED", "seized"
    FOUND = "FOUND", "found"
    SURRENDERED = "SURRENDERED", "surrendered"


POPULATION_OF: Mapping[RecoveryKind, Population] = {
    RecoveryKind.SEIZED: Population.SEIZED,
    RecoveryKind.FOUND: Population.FOUND,
    RecoveryKind.SURRENDERED: Population.SURRENDERED,
    RecoveryKind.SURRENDERED_AMNESTY: Population.SURRENDERED,
    RecoveryKind.STATE_ARM: Population.STATE_ARM,
    RecoveryKind.STATE_ARM_RECOVERED: Population.SEIZED,
    RecoveryKind.OWNERS_ARM: Population.OWNERS_ARM,
    RecoveryKind.UNDECIDED: Population.UNDECIDED,
}
ACQUISITION_OF: Mapping[RecoveryKind, Acquisition] = {
    kind: Acquisition[population.value]
    for kind, population in POPULATION_OF.items()
    if population.value in Acquisition.__members__
}
KINDS_OF: Mapping[Acquisition, tuple[RecoveryKind, ...]] = {
    wanted: tuple(kind for kind, found in ACQUISITION_OF.items() if found is wanted)
    for wanted in Acquisition
}


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
    INLAND = "INLAND", "elsewhere in the national territory"
    OTHER = "OTHER", "other"
    UNKNOWN = "UNKNOWN", "not known"
