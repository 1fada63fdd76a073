"""What the app of retention says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class RetentionConfig(declarations.App):
    name = "armstrace.retention"
    area = declarations.Area(
        message("Retention"), "retention", needs=("retention.view",), place=66
    )
    numbers = (
        declarations.Number(
            "Z", "erasure", "erasure", message("Open erasure %(number)s")
        ),
    )
    rules = {"ER": "Retention, legal holds and erasure"}
