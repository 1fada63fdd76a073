"""What the app of holders and licences says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class LicensingConfig(declarations.App):
    name = "armstrace.licensing"
    area = declarations.Area(
        message("Licences"), "licences", needs=("licence.view",), place=22
    )
    numbers = (
        declarations.Number(
            "Q",
            "application",
            "application",
            message("Open application %(number)s"),
            (declarations.OnPaper("licenceterms", ("number",), "application_id"),),
        ),
        declarations.Number(
            "H",
            "holder",
            "holder",
            message("Open holder %(number)s"),
            (
                declarations.OnPaper("holder", ("number",)),
                declarations.OnPaper("licence", ("number",), "holder_id"),
            ),
            names="records__name",
        ),
    )
    screened = ("armstrace.licensing.screening.subjects",)
    rules = {"HO": "Holders and licences", "LI": "Applications for licences"}
