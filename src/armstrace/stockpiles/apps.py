"""What the app of stockpiles says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class StockpilesConfig(declarations.App):
    name = "armstrace.stockpiles"
    area = declarations.Area(
        message("Stockpiles"), "stockpiles", needs=("stock.view",), place=17
    )
    numbers = (
        declarations.Number(
            "M", "paper", "stock-paper", message("Open issue or return %(number)s")
        ),
        declarations.Number(
            "T", "stockcount", "stock-count", message("Open count %(number)s")
        ),
    )
    rules = {"SK": "Stockpiles"}
    kept = ("armstrace.stockpiles.standing.keeps",)
