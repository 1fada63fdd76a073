"""Authorisations to export, import and let through, and what moves under them."""

from armstrace.transfers.models.authorisations import (
    Authorisation,
    AuthorisationRecord,
    GoodsLine,
    Paper,
)
from armstrace.transfers.models.consignments import (
    ConsignedItem,
    Consignment,
    ConsignmentStep,
)
