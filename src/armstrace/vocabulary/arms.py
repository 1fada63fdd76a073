"""What an arm is, how it was made, what became of it.

Source:
    Firearms Protocol, art. 3; ITI, para. 4; MOSAIC 05.30 and 05.31;
    Handbook terms of the illicit arms flows questionnaire.
"""

from armstrace.vocabulary.codes import Code


class ItemKind(Code):
    ARM = "ARM", "arm"
    PART = "PART", "part or component"
    AMMUNITION = "AMMUNITION", "ammunition"


class ArmType(Code):
    PISTOL = "PISTOL", "pistol"
    REVOLVER = "REVOLVER", "revolver"
    RIFLE = "RIFLE", "rifle"
    CARBINE = "CARBINE", "carbine"
    SHOTGUN = "SHOTGUN", "shotgun"
    SUBMACHINE_GUN = "SUBMACHINE_GUN", "submachine gun"
    MACHINE_GUN = "MACHINE_GUN", "machine gun"
    LIGHT_WEAPON = "LIGHT_WEAPON", "light weapon"
    OTHER_FIREARM = "OTHER_FIREARM", "other firearm"
    UNKNOWN = "UNKNOWN", "not known"


class PartType(Code):
    FRAME_OR_RECEIVER = "FRAME_OR_RECEIVER", "frame or receiver"
    BARREL = "BARREL", "barrel"
    SLIDE_OR_CYLINDER = "SLIDE_OR_CYLINDER", "slide or cylinder"
    BOLT_OR_BREECH_BLOCK = "BOLT_OR_BREECH_BLOCK", "bolt or breech block"
    SOUND_MODERATOR = "SOUND_MODERATOR", "sound moderator"
    OTHER_ESSENTIAL = "OTHER_ESSENTIAL", "other essential part"


class AmmunitionKind(Code):
    COMPLETE_ROUND = "COMPLETE_ROUND", "complete round"
    CARTRIDGE_CASE = "CARTRIDGE_CASE", "cartridge case"
    BULLET_OR_PROJECTILE = "BULLET_OR_PROJECTILE", "bullet or projectile"
    PRIMER = "PRIMER", "primer"
    PROPELLANT = "PROPELLANT", "propellant"
    UNKNOWN = "UNKNOWN", "not known"


class ProductionClass(Code):
    INDUSTRIAL = "INDUSTRIAL", "industrially made"
    CRAFT = "CRAFT", "craft made"
    RUDIMENTARY = "RUDIMENTARY", "rudimentary, home made"
    PMF_KIT = "PMF_KIT", "privately made from a kit"
    PMF_3D = "PMF_3D", "privately made, printed"
    CNC = "CNC", "privately machined"
    UNKNOWN = "UNKNOWN", "not known"


class Modification(Code):
    NONE = "NONE", "none"
    CONVERTED = "CONVERTED", "converted from an alarm, signal or replica device"
    REACTIVATED = "REACTIVATED", "reactivated"
    MODIFIED = "MODIFIED", "modified (calibre, barrel, length, fire mode)"
    ASSEMBLED = "ASSEMBLED", "assembled from parts of several arms"
    UNKNOWN = "UNKNOWN", "not known"


class LifeEventKind(Code):
    """What can happen to an arm; the current state is the fold of these."""

    MANUFACTURED = "MANUFACTURED", "made"
    PROOFED = "PROOFED", "proved"
    MARKED = "MARKED", "marked"
    EXPORTED = "EXPORTED", "exported"
    IMPORTED = "IMPORTED", "imported"
    ENTERED_TRADE = "ENTERED_TRADE", "entered trade"
    SOLD_TO_DEALER = "SOLD_TO_DEALER", "sold to a dealer"
    SOLD_TO_HOLDER = "SOLD_TO_HOLDER", "sold to a holder"
    TRANSFERRED = "TRANSFERRED", "transferred to another holder"
    ISSUED_TO_STATE = "ISSUED_TO_STATE", "taken into State stock"
    STATE_TO_CIVILIAN = (
        "STATE_TO_CIVILIAN",
        "transferred from State stock to a civilian",
    )
    INHERITED = "INHERITED", "inherited"
    LOST = "LOST", "reported lost"
    STOLEN = "STOLEN", "reported stolen"
    FOUND_AGAIN = "FOUND_AGAIN", "returned after loss or theft"
    LICENCE_LAPSED = "LICENCE_LAPSED", "holder's licence lapsed or revoked"
    PART_EXCHANGED = "PART_EXCHANGED", "a part exchanged"
    CONVERTED = "CONVERTED", "converted"
    DEACTIVATED = "DEACTIVATED", "deactivated"
    RECOVERED = "RECOVERED", "seized, found or surrendered"
    CONFISCATED = "CONFISCATED", "confiscated"
    RETURNED = "RETURNED", "returned to its holder"
    RETAINED_MARKED = "RETAINED_MARKED", "retained by the State, marked"
    DESTROYED = "DESTROYED", "destroyed"


class Passing(Code):
    """In what way an arm comes to another holder."""

    SALE = "SALE", "sale"
    GIFT = "GIFT", "gift"
    INHERITANCE = "INHERITANCE", "inheritance"
    RETURN_TO_DEALER = "RETURN_TO_DEALER", "return to a dealer"
    HANDED_TO_STATE = "HANDED_TO_STATE", "handed over to the State"
    FIRST_SEEN = "FIRST_SEEN", "first seen; how it came to the holder is not known"


class NoticeKind(Code):
    """What the trade gives notice of."""

    SOLD = "SOLD", "sold"
    ACQUIRED = "ACQUIRED", "acquired"
    MADE = "MADE", "made"
    LOST = "LOST", "lost"
    STOLEN = "STOLEN", "stolen"


HAPPENINGS = (
    LifeEventKind.LOST, LifeEventKind.STOLEN, LifeEventKind.FOUND_AGAIN,
    LifeEventKind.RETURNED, LifeEventKind.LICENCE_LAPSED,
    LifeEventKind.PROOFED, LifeEventKind.DESTROYED,
)  # fmt: skip
"""What a clerk records of an arm that stays with its holder."""


class ArmState(Code):
    """Where an arm stands now."""

    UNKNOWN = "UNKNOWN", "no event on record"
    PLANNED = "PLANNED", "planned"
    MANUFACTURED = "MANUFACTURED", "made, not yet in trade"
    IN_TRADE = "IN_TRADE", "in trade"
    HELD_CIVILIAN = "HELD_CIVILIAN", "held by a civilian"
    HELD_STATE = "HELD_STATE", "held by the State"
    EXPORTED = "EXPORTED", "exported"
    LOST = "LOST", "lost"
    STOLEN = "STOLEN", "stolen"
    RECOVERED = "RECOVERED", "recovered, held as an exhibit"
    CONFISCATED = "CONFISCATED", "confiscated"
    DEACTIVATED = "DEACTIVATED", "deactivated"
    RETAINED_MARKED = "RETAINED_MARKED", "retained by the State, marked"
    DESTROYED = "DESTROYED", "destroyed"


MISSING = frozenset({ArmState.LOST, ArmState.STOLEN})
# Where an arm stands that its holder no longer has.
LOSSES = frozenset({LifeEventKind.LOST, LifeEventKind.STOLEN})
# By which an arm comes back to its holder.
COMES_BACK = frozenset({LifeEventKind.FOUND_AGAIN, LifeEventKind.RETURNED})
# Where an arm stands that is held as an exhibit, or was confiscated.
IN_CUSTODY = frozenset({ArmState.RECOVERED, ArmState.CONFISCATED})


class HolderKind(Code):
    PERSON = "PERSON", "person"
    DEALER = "DEALER", "licensed dealer"
    MANUFACTURER = "MANUFACTURER", "manufacturer"
    IMPORTER = "IMPORTER", "importer"
    STATE_BODY = "STATE_BODY", "State body"
    CLUB_OR_COMPANY = "CLUB_OR_COMPANY", "club or company"
    FOREIGN = "FOREIGN", "holder abroad"


class ArmBasis(Code):
    """Why an arm stands in the register."""

    REGISTERED = "REGISTERED", "registered"
    LOSS_REPORT = "LOSS_REPORT", "known only from a report of loss or theft"
    WITHDRAWN = "WITHDRAWN", "withdrawn: the same arm is on record twice"
