"""Authorisations to export, import and let through, and what moves under them."""

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.evidence.models import StoredFile
from armstrace.licensing.models import Holder
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.parts import Parts
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    of_versions,
)
from armstrace.registry.models import Arm
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.licensing import GroundClass
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.transfers import (
    Alarm,
    Direction,
    PaperKind,
    Regime,
    Step,
    TransferAct,
    TransferStage,
)

no_such_authorisation = no_such(
    message("There is no authorisation G%(number)s here; look at the list.")
)
no_such_consignment = no_such(
    message("There is no consignment J%(number)s here; look at the list.")
)

PARTIES = ("exporter", "importer", "consignee", "recipient", "end_user")
PARTS = Parts("transfers_partyparts", "transfers_authorisationrecord", PARTIES)


class Authorisation(NumberedRecord):
    """An authorisation of a transfer: an identity that its records describe.

    ``key`` is made by the page, so that sending the form twice makes one. ``holder``
    is the exporter or importer at home.
    """

    letter = "G"
    agency = models.CharField(max_length=40)
    direction = models.CharField(max_length=8, choices=Direction.choices())
    holder = models.ForeignKey(Holder, PROTECT, related_name="+", null=True, blank=True)
    key = models.CharField(max_length=40)
    made_by = models.CharField(max_length=150)

    scope = Scoped("transfer.view", at("agency"), missing=no_such_authorisation)

    class Meta:
        constraints = [
            unique("transfer_key", "made_by", "key"),
        ]


class AuthorisationRecord(VersionRecord):
    """How an authorisation stood after an act."""

    authorisation = models.ForeignKey(Authorisation, PROTECT, related_name="records")
    stage = models.CharField(max_length=12, choices=TransferStage.choices())
    act = models.CharField(max_length=12, choices=TransferAct.choices())
    done_by = models.CharField(max_length=150)
    # The number that the paper bears.
    number = models.CharField(max_length=64, blank=True)
    # What it shares with all numbers that may be read as it is.
    number_key = models.CharField(max_length=64, blank=True)
    regime = models.CharField(max_length=12, choices=Regime.choices())
    is_multiple = models.BooleanField(default=False)
    is_direct = models.BooleanField(default=False)
    # Parties, as written.
    exporter = models.CharField(max_length=300, blank=True)
    importer = models.CharField(max_length=300, blank=True)
    consignee = models.CharField(max_length=300, blank=True)
    recipient = models.CharField(max_length=300, blank=True)
    end_user = models.CharField(max_length=300, blank=True)
    end_use = models.CharField(max_length=500, blank=True)
    # None where nobody said whether there is one.
    is_brokered = models.BooleanField(null=True, blank=True)
    broker = models.CharField(max_length=300, blank=True)
    broker_place = models.CharField(max_length=200, blank=True)
    export_country = models.CharField(max_length=2, blank=True)
    import_country = models.CharField(max_length=2, blank=True)
    exit_country = models.CharField(max_length=2, blank=True)
    # Codes of countries in their order; None where nobody said, empty where none.
    transit = models.JSONField(null=True, blank=True)
    return_on = models.DateField(null=True, blank=True)
    issue_place = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    ground = models.CharField(max_length=12, choices=GroundClass.choices(), blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    visible_until = models.DateField(null=True, blank=True)
    # How the checks of the profile came out at the last act.
    missing = models.JSONField(default=list)

    scope = Scoped(through="authorisation")

    class Meta:
        constraints = of_versions("transfer_record", "authorisation")
        indexes = [
            index("transfer_queue", "stage", "authorisation", where=CURRENT),
            index("transfer_due", "stage", "due_on", "superseded_at", where=CURRENT),
            index("transfer_number", "number", where=CURRENT),
            index("transfer_number_key", "number_key", where=CURRENT),
            index("transfer_known", "known_at", where=CURRENT),
            # The list in its order, with its countries: SQLite reads no row besides.
            # It takes an index for that only where that holds every column asked.
            index(
                "transfer_route",
                "authorisation",
                "export_country",
                "import_country",
                "transit",
                "superseded_at",
                where=CURRENT,
            ),
        ]


class GoodsLine(VersionRecord):
    """Goods of an authorisation; a line whose quantity is 0 was taken off."""

    authorisation = models.ForeignKey(Authorisation, PROTECT, related_name="goods")
    line = models.PositiveIntegerField()
    item_kind = models.CharField(max_length=12, choices=ItemKind.choices())
    category = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=300, blank=True)
    quantity = models.PositiveBigIntegerField()

    scope = Scoped(through="authorisation")

    class Meta:
        constraints = of_versions("transfer_goods", "authorisation", "line")


class Paper(VersionRecord):
    """A document on the file of an authorisation, with what it says."""

    authorisation = models.ForeignKey(Authorisation, PROTECT, related_name="papers")
    # Of the document among those of the authorisation.
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=PaperKind.choices())
    number = models.CharField(max_length=64, blank=True)
    # The number as it is searched: without signs, look-alike letters as one.
    search = models.CharField(max_length=400, blank=True)
    country = models.CharField(max_length=2, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    recipient = models.CharField(max_length=300, blank=True)
    quantity = models.PositiveBigIntegerField(null=True, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    signatory_title = models.CharField(max_length=200, blank=True)
    # Whether it promises civilian use; None where it does not say.
    is_civilian = models.BooleanField(null=True, blank=True)
    # Codes of the particulars that it states.
    states = models.JSONField(default=list)
    file = models.ForeignKey(
        StoredFile, PROTECT, related_name="+", null=True, blank=True
    )
    told_by = models.CharField(max_length=150)
    is_removed = models.BooleanField(default=False)

    scope = Scoped(through="authorisation")

    class Meta:
        constraints = of_versions("transfer_paper", "authorisation", "place")
        indexes = [
            index(
                "transfer_paper_number",
                "kind",
                "number",
                where=Q(superseded_at=None, is_removed=False),
            ),
            index(
                "transfer_paper_search",
                "search",
                "kind",
                where=Q(superseded_at=None, is_removed=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorisation} {self.kind}"


class Consignment(NumberedRecord):
    """Goods that leave together under an authorisation.

    ``step``, ``alarm`` and ``due_on`` repeat the fold of its steps; the actions that
    add one rewrite them in the same transaction.
    """

    letter = "J"
    authorisation = models.ForeignKey(
        Authorisation, PROTECT, related_name="consignments"
    )
    agency = models.CharField(max_length=40)
    # Number of the waybill.
    waybill = models.CharField(max_length=120, blank=True)
    sent = models.PositiveBigIntegerField()
    departed_on = models.DateField()
    expected_on = models.DateField(null=True, blank=True)
    key = models.CharField(max_length=40)
    made_by = models.CharField(max_length=150)
    step = models.CharField(max_length=16, choices=Step.choices())
    # What is due next, or wrong already; empty where nothing is.
    alarm = models.CharField(max_length=16, choices=Alarm.choices(), blank=True)
    due_on = models.DateField(null=True, blank=True)

    scope = Scoped(through="authorisation", missing=no_such_consignment)

    class Meta:
        constraints = [
            unique("consignment_key", "made_by", "key"),
            check(
                "consignment_alarm_due",
                Q(alarm="", due_on=None) | ~Q(alarm="") & ~Q(due_on=None),
            ),
        ]
        indexes = [index("consignment_due", "due_on", "id", where=~Q(alarm=""))]


class ConsignedItem(KnownRecord):
    """Goods of one line of the authorisation in a consignment."""

    consignment = models.ForeignKey(Consignment, PROTECT, related_name="items")
    line = models.PositiveIntegerField()
    quantity = models.PositiveBigIntegerField()
    serial = models.CharField(max_length=120, blank=True)
    # The arm of the register; None where it is not named.
    arm = models.ForeignKey(Arm, PROTECT, related_name="+", null=True, blank=True)

    scope = Scoped(through="consignment")

    class Meta:
        constraints = [
            check("consigned_item_single", Q(serial="", arm=None) | Q(quantity=1))
        ]


class ConsignmentStep(VersionRecord):
    """Something that happened to a consignment; one taken back is kept."""

    consignment = models.ForeignKey(Consignment, PROTECT, related_name="steps")
    # Among the steps of the consignment.
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Step.choices())
    happened_on = models.DateField()
    country = models.CharField(max_length=2, blank=True)
    post = models.CharField(max_length=200, blank=True)
    quantity = models.PositiveBigIntegerField(null=True, blank=True)
    document = models.CharField(max_length=120, blank=True)
    # The document as it is searched.
    search = models.CharField(max_length=400, blank=True)
    told_by = models.CharField(max_length=150)
    is_removed = models.BooleanField(default=False)

    scope = Scoped(through="consignment")

    class Meta:
        constraints = of_versions("consignment_step", "consignment", "place")
        indexes = [
            index(
                "consignment_receipt",
                "search",
                where=Q(superseded_at=None, is_removed=False, kind=Step.RECEIPT),
            ),
        ]
