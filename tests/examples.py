"""How many examples a property is tried on."""

import os


def examples(wanted: int) -> int:
    """Give how many on this database: on the second one a quarter.

    What the code does with them was seen on the first; there it is how the database
    takes them.
    """
    return -(-wanted // 4) if os.environ.get("DATABASE_URL") else wanted
