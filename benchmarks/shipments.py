"""Many transfers for timing lists: what the demo lives, copied again and again."""

from benchmarks import copies

WORDS = (
    *("consignee", "importer", "recipient", "end_user"),
    *("number", "waybill", "document", "search"),
)


def send_many(wanted: int) -> int:
    """Live the demo's exports and copy them, with all that hangs on them.

    Returns:
        Authorisations on record; as many consignments, nearly.
    """
    from armstrace.cli import demonstrating_transfers as made  # noqa: PLC0415
    from armstrace.transfers.models import Authorisation  # noqa: PLC0415

    batch = copies.Batch()
    made.send_shipments()
    batch.copy(wanted // Authorisation.objects.count(), WORDS)
    return Authorisation.objects.count()
