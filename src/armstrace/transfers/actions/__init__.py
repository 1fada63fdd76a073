"""What can be done with transfer authorisations."""

from armstrace.transfers.actions.authorisations import (
    attach_paper,
    change_authorisation,
    record_authorisation,
    remove_paper,
    set_goods,
)
from armstrace.transfers.actions.consignments import (
    name_case,
    record_step,
    send_consignment,
    take_back_step,
)
from armstrace.transfers.actions.decisions import decide_authorisation
