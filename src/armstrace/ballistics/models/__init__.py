"""Marks on cartridge cases and bullets, and what examiners made of them."""

from armstrace.ballistics.models.comparing import Comparison, ReferenceSet
from armstrace.ballistics.models.concluding import Conclusion, Link, Review
from armstrace.ballistics.models.marks import (
    BallisticMark,
    ClassCharacteristics,
    MarkRegion,
    PreparedMark,
    Scan,
    no_such_mark,
)
from armstrace.ballistics.models.searching import SearchCandidate, SearchRun
from armstrace.ballistics.models.sharing import SharingDecision
