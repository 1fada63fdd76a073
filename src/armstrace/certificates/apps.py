"""What the app of certificates says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message

REGISTRARS = (Role.REGISTRAR,)


class CertificatesConfig(declarations.App):
    name = "armstrace.certificates"
    area = declarations.Area(
        message("Certificates"), "certificates", needs=("certificate.verify",), place=12
    )
    rules = {"CF": "Certificates"}
    grants = (
        declarations.Grant(
            "certificate.view",
            "see certificates and whom they name (personal data)",
            every=(*HUB, Role.REGISTRAR, Role.AUDITOR, Role.SYSTEM),
            own=(Role.CUSTODIAN,),
        ),
        declarations.Grant(
            "certificate.verify",
            "check a certificate that somebody shows",
            every=(
                *HUB,
                Role.REGISTRAR,
                Role.OFFICER,
                Role.CUSTODIAN,
                Role.CUSTOMS,
                Role.INVESTIGATOR,
                Role.AUDITOR,
                Role.SYSTEM,
            ),
        ),
        # Who asks does not sign, where the profile asks for two people.
        declarations.Grant(
            "certificate.issue",
            "ask for certificates and sign those of a colleague",
            every=(Role.SYSTEM,),
            own=(*REGISTRARS, Role.CUSTODIAN),
        ),
        declarations.Grant(
            "certificate.revoke",
            "revoke a certificate, or refuse one that waits",
            every=(Role.SUPERVISOR, Role.SYSTEM),
            own=REGISTRARS,
        ),
        declarations.Grant(
            "certificate.publish",
            "publish the list of revoked certificates",
            every=(Role.REGISTRAR, Role.SUPERVISOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "certificate.key",
            "begin a new key that signs certificates",
            every=(Role.SYSTEM,),
        ),
    )
