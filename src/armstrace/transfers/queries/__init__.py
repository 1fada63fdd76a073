"""What can be asked about transfers."""

from armstrace.transfers.queries.authorisations import (
    AuthorisationFilter,
    AuthorisationPage,
    AuthorisationRow,
    TransferStanding,
    authorisation_page,
    authorisation_rows,
    every_authorisation,
    open_paper,
    standing_of,
    waiting,
)
from armstrace.transfers.queries.consignments import (
    ConsignmentFilter,
    ConsignmentRow,
    consignment_page,
    consignment_rows,
    due_counts,
    every_consignment,
    left_of,
)
