"""What can be done with holders, their licences and applications for them."""

from armstrace.licensing.actions.applications import (
    attach_document,
    change_application,
    draft_application,
)
from armstrace.licensing.actions.at_desk import correct_holder, enter_holder
from armstrace.licensing.actions.holders import record_holders
from armstrace.licensing.actions.licences import restrict_licence
from armstrace.licensing.actions.steps import act_on_application
