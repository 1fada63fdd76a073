"""What the app of collection says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class CollectionConfig(declarations.App):
    name = "armstrace.collection"
    area = declarations.Area(
        message("Collection"), "campaigns", needs=("collection.view",), place=17
    )
    numbers = (
        declarations.Number(
            "I", "campaign", "campaign", message("Open campaign %(number)s")
        ),
        declarations.Number(
            "O", "handin", "hand-in", message("Open hand-in %(number)s")
        ),
    )
    nameless = ("armstrace.collection.anonymity.refusals",)
    rules = {"CL": "Collection campaigns"}
