"""What was written about an arm, before anything is read into it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Description:
    """The marks of one item exactly as they were written.

    Args:
        type: Kind of item in the writer's words.
        make: Maker, brand or whatever stands in that field.
        model: Model designation.
        calibre: Calibre or gauge.
        serial: What stands in the serial number field.
        country: Country of manufacture in the writer's words.
        import_mark: Import mark as read on the arm.
        other: Any other mark, such as a proof mark.
    """

    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    serial: str = ""
    country: str = ""
    import_mark: str = ""
    other: str = ""
