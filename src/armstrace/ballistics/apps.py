"""What the app of marks and what examiners made of them says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class BallisticsConfig(declarations.App):
    name = "armstrace.ballistics"
    unledgered = {
        "preparedmark": "derived from scans and regions, prepared at will",
    }
    area = declarations.Area(
        message("Ballistics"), "ballistics", needs=("ballistics.view",), place=40
    )
    numbers = (
        declarations.Number(
            "B", "ballisticmark", "ballistic-mark", message("Open mark %(number)s")
        ),
        declarations.Number(
            "K", "comparison", "comparison", message("Open comparison %(number)s")
        ),
        declarations.Number(
            "S", "searchrun", "mark-search-run", message("Open search %(number)s")
        ),
    )
    sought = ("armstrace.ballistics.linked.with_links",)
    rules = {"BL": "Ballistic marks, comparisons and conclusions"}
