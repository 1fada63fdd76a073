"""What the app of recovered items says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message

PAPERS = ("case_number", "seal_number", "custody_number")


class RecoveriesConfig(declarations.App):
    name = "armstrace.recoveries"
    unledgered = {
        "comparedrecord": "says which recoveries were compared, made anew at will",
        "recoverykey": "derived from recovery records, rebuilt at will",
    }
    area = declarations.Area(
        message("Recoveries"), "recoveries", needs=("recovery.view",), place=10
    )
    numbers = (
        declarations.Number(
            "R",
            "recovery",
            "recovery",
            message("Open recovery %(number)s"),
            (
                declarations.OnPaper("recovery", ("source_number",)),
                declarations.OnPaper("recoveryrecord", PAPERS, "recovery_id"),
                declarations.OnPaper("ammunitionrecord", PAPERS, "recovery_id"),
                declarations.OnPaper("partrecord", PAPERS, "recovery_id"),
            ),
        ),
    )
    recovered = ("armstrace.recoveries.last_recovery.of_arms",)
    rules = {"RC": "Recoveries and judgements", "MT": "Tuning of matching"}
