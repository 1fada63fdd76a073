"""What the app of certificates says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class CertificatesConfig(declarations.App):
    name = "armstrace.certificates"
    area = declarations.Area(
        message("Certificates"), "certificates", needs=("certificate.verify",), place=12
    )
    numbers = (
        declarations.Number(
            "",
            "certificate",
            "certificate",
            message("Open certificate %(number)s"),
            (declarations.OnPaper("certificate", ("number",)),),
        ),
    )
    rules = {"CF": "Certificates"}
