"""What customs declare, and what an examination finds.

Source:
    WCO data model; UPU forms CN 22 and CN 23; instruments, 5.6.
"""

from armstrace.vocabulary.codes import Code


class DeclarationKind(Code):
    """On what kind of paper goods are described."""

    DECLARATION = "DECLARATION", "customs declaration"
    PARCEL = "PARCEL", "parcel"
    MANIFEST = "MANIFEST", "line of a manifest"


class Payment(Code):
    """How goods were paid."""

    TRANSFER = "TRANSFER", "bank transfer"
    CARD = "CARD", "card"
    INVOICE = "INVOICE", "invoice"
    PREPAID = "PREPAID", "prepaid card or voucher"
    CRYPTO = "CRYPTO", "crypto-asset"
    CASH = "CASH", "cash"
    OTHER = "OTHER", "other"


class Conveyance(Code):
    """By what goods travel."""

    SHIP = "SHIP", "ship"
    AIR = "AIR", "aircraft"
    LORRY = "LORRY", "lorry"
    CAR = "CAR", "car"
    BUS = "BUS", "bus"
    RAIL = "RAIL", "train"
    POST = "POST", "post or courier"
    OTHER = "OTHER", "other"


class Conduct(Code):
    """What an officer or carrier saw at the counter."""

    NERVOUS = "NERVOUS", "the recipient was nervous"
    REFUSED_SIGNATURE = "REFUSED_SIGNATURE", "the recipient refused to sign"
    THIRD_PARTY = "THIRD_PARTY", "somebody else collected it"
    NO_REMARK = "NO_REMARK", "nothing unusual"


class Find(Code):
    """What an examination found."""

    NOTHING = "NOTHING", "nothing"
    ARMS = "ARMS", "arms"
    PARTS = "PARTS", "parts of arms"
    AMMUNITION = "AMMUNITION", "ammunition"
    DRUGS = "DRUGS", "drugs"
    DOCUMENTS = "DOCUMENTS", "false documents"
    OTHER = "OTHER", "something else"

    @property
    def is_arms(self) -> bool:
        """Tell whether arms, their parts or ammunition were found."""
        return self in {Find.ARMS, Find.PARTS, Find.AMMUNITION}


class Lane(Code):
    """Why a declaration is on a list for examination."""

    SCORE = "SCORE", "by its points"
    CONTROL = "CONTROL", "selected at random"
