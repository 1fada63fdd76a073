"""What the app of vetting and screening says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message

EXAMINERS = (*HUB, Role.INVESTIGATOR)


class VettingConfig(declarations.App):
    name = "armstrace.vetting"
    area = declarations.Area(
        message("Vetting"),
        "vettings",
        needs=("vetting.view", "screening.view", "refusal.view"),
        place=45,
    )
    numbers = (
        declarations.Number(
            "V", "vettingrequest", "vetting", message("Open vetting %(number)s")
        ),
        declarations.Number(
            "F", "refusal", "refusal", message("Open refusal %(number)s")
        ),
    )
    rules = {"VE": "Vetting, screening and refusals"}
    screened = ("armstrace.vetting.standing.subjects",)
    grants = (
        declarations.Grant(
            "vetting.view",
            "see who was vetted and the answer (personal data)",
            every=(
                *(Role.REGISTRAR, Role.LICENSING, *EXAMINERS),
                *(Role.AUDITOR, Role.SYSTEM),
            ),
        ),
        declarations.Grant(
            "vetting.ask",
            "ask for vetting",
            every=(Role.REGISTRAR, Role.LICENSING, Role.SYSTEM),
        ),
        # Who decides on the licence does not vet: two offices, two people.
        declarations.Grant(
            "vetting.decide",
            "answer a request for vetting",
            every=(Role.SUPERVISOR, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "screening.view",
            "see lists of names and who is near an entry (personal data)",
            every=(*EXAMINERS, Role.AUDITOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "screening.load",
            "load lists of names and check subjects against them",
            every=(Role.SUPERVISOR, Role.SYSTEM),
        ),
        # Only people judge: a score proposes.
        declarations.Grant(
            "hit.judge",
            "say whether a subject and an entry of a list are the same",
            every=EXAMINERS,
        ),
        declarations.Grant(
            "refusal.view",
            "see the register of refusals (personal data)",
            every=(Role.REGISTRAR, *EXAMINERS, Role.AUDITOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "refusal.record",
            "enter, update and review refusals",
            every=(Role.REGISTRAR, Role.SYSTEM),
        ),
    )
