"""What of stockpiles waits today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.stockpiles import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    del today
    if viewer.may("stock.dispose"):
        counted = ("waiting", queries.surplus_waiting(viewer=viewer))
        said = gettext("surplus arms to decide on"), gettext("View")
        return [task(counted, *said, reverse("stockpiles"))]
    if not viewer.may("stock.sign"):
        return []
    waiting = queries.papers_waiting(viewer=viewer)
    first = reverse("stock-paper", args=waiting[:1]) if waiting else ""
    unsigned = queries.counts_to_sign(viewer=viewer)
    count = reverse("stock-count", args=unsigned[:1]) if unsigned else ""
    home = reverse("stockpiles")
    recalled = queries.lots_under_recall(viewer=viewer)
    lot = reverse("lot-of-rounds", args=recalled[:1]) if recalled else home
    out = queries.lots_under_recall_out(viewer=viewer)
    return [
        task(
            ("waiting", len(waiting)),
            gettext("issues and returns to sign"),
            gettext("Sign"),
            first or home,
        ),
        task(
            ("waiting", len(unsigned)),
            gettext("counts of stores to sign"),
            gettext("Sign"),
            count or home,
        ),
        task(
            ("overdue", queries.counts_unsettled(viewer=viewer)),
            gettext("counts with arms not found and not answered for"),
            gettext("View"),
            home,
        ),
        task(
            ("overdue", len(recalled)),
            gettext("recalled lots of which you still have rounds: return them"),
            gettext("View"),
            lot,
        ),
        task(
            ("overdue", len(out)),
            gettext("recalled lots of which rounds are still out: ask for them"),
            gettext("View"),
            reverse("lot-of-rounds", args=out[:1]) if out else home,
        ),
    ]
