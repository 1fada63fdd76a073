"""What the app of registered arms says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class RegistryConfig(declarations.App):
    name = "armstrace.registry"
    unledgered = {
        "keystorestate": "how the key store is made, derived like it",
        "populationsnapshot": "derived from arm records, recounted at will",
        "serialkey": "derived from arm records, rebuilt at will",
    }
    area = declarations.Area(
        message("Registry"), "registry", needs=("registry.view",), place=20
    )
    numbers = (
        declarations.Number(
            "A",
            "arm",
            "arm",
            message("Open arm %(number)s"),
            (
                declarations.OnPaper("arm", ("source_number",)),
                declarations.OnPaper(
                    "lossreport", ("source_number", "case_number"), "arm_id"
                ),
            ),
            is_marked=True,
        ),
    )
    sought = ("armstrace.registry.seeking.known_by_report",)
    rules = {"MK": "Marks", "RG": "Acts on the register"}
