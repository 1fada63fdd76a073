"""What can be done with holders and their licences."""

from armstrace.licensing.actions.at_desk import correct_holder, enter_holder
from armstrace.licensing.actions.holders import record_holders
