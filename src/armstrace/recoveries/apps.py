"""What the app of recovered items says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


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
            "R", "recovery", "recovery", message("Open recovery %(number)s")
        ),
    )
    recovered = ("armstrace.recoveries.last_recovery.of_arm",)
    rules = {"RC": "Recoveries and judgements", "MT": "Tuning of matching"}
    grants = (
        declarations.Grant(
            "recovery.view",
            "read recoveries",
            every=(
                *HUB,
                Role.EXAMINER,
                Role.REGISTRAR,
                Role.STATISTICIAN,
                Role.AUDITOR,
                Role.SYSTEM,
            ),
            own=(Role.OFFICER, Role.CUSTODIAN, Role.CUSTOMS, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "recovery.record",
            "record a recovery",
            every=(*HUB, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTODIAN, Role.CUSTOMS),
        ),
        declarations.Grant(
            "recovery.correct",
            "correct a recovery",
            every=(*HUB, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTODIAN, Role.CUSTOMS),
        ),
        # Only people judge: the system proposes.
        declarations.Grant(
            "recovery.judge",
            "say whether a recovered arm is a registered one",
            every=HUB,
            own=(Role.OFFICER,),
        ),
        declarations.Grant(
            "matching.view",
            "read what runs of matching found",
            every=(*HUB, Role.AUDITOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "matching.run", "match many recoveries at once", every=(*HUB, Role.SYSTEM)
        ),
        declarations.Grant(
            "matching.tune",
            "propose a calibration or rates of misreading",
            every=(*HUB, Role.SYSTEM),
        ),
        # Matching never changes itself: a person puts a tuning into use.
        declarations.Grant(
            "matching.deploy",
            "put a tuning of matching into use",
            every=(Role.SUPERVISOR,),
        ),
    )
