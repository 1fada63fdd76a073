"""What the app of files and custody says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role


class EvidenceConfig(declarations.App):
    name = "armstrace.evidence"
    proofs = ("armstrace.evidence.proving.prove_files",)
    rules = {"EV": "Evidence and custody"}
    grants = (
        declarations.Grant(
            "evidence.view",
            "see photographs, files and custody",
            every=(*HUB, Role.EXAMINER, Role.AUDITOR, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTODIAN, Role.CUSTOMS, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "evidence.add",
            "add photographs, files and hand-overs",
            every=(*HUB, Role.EXAMINER, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTODIAN, Role.CUSTOMS, Role.INVESTIGATOR),
        ),
    )
