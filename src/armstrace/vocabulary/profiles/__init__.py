"""Jurisdiction profiles: law as dated data, one TOML file for each.

A profile says what an arm is, how long records are kept, which offences and
deadlines there are, from when to when, and on what source. Nothing of it stands
in code: a country copies a profile, changes it, and names it in its settings.
"""

from armstrace.vocabulary.profiles.deactivating import DeactivationStandard
from armstrace.vocabulary.profiles.loading import (
    Profile,
    check_file,
    find,
    load,
    load_file,
    load_sound,
    load_text,
    profile_names,
    text_in_use,
)
from armstrace.vocabulary.profiles.provisions import (
    Category,
    CountedFrom,
    Deadline,
    DisposalAsked,
    Element,
    LicenceAsked,
    LicenceCheck,
    MarkAsked,
    MarkingAsked,
    Offence,
    RecordClass,
    RiskSetting,
    Strength,
    TechniqueBasis,
    in_force,
    years_after,
)
from armstrace.vocabulary.profiles.transferring import TransferAsked
