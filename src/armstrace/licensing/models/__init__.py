"""Holders, their licences, and the applications for them."""

from armstrace.licensing.models.applications import (
    Advice,
    Application,
    ApplicationDocument,
    ApplicationRecord,
    LicenceTerms,
    Question,
)
from armstrace.licensing.models.holders import Holder, HolderRecord, Licence
