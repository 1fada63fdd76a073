"""How a line of ``routes`` says what opens an address."""

from dataclasses import dataclass

EVERYONE, SIGNED_IN, NONE = "everyone", "signed in", "none"


@dataclass(frozen=True, slots=True)
class Door:
    """What opens an address.

    Args:
        read: The grant that a GET needs; of several, each opens it.
        write: The grant that a POST needs; of several, all. It is read as a GET
            where the page takes no POST.
        either: Of these, a POST needs one beside the others.
    """

    read: str | tuple[str, ...]
    write: str | tuple[str, ...] = ""
    either: tuple[str, ...] = ()

    @property
    def reading(self) -> tuple[str, ...]:
        """Give the grants each of which opens the address to a GET."""
        return (self.read,) if isinstance(self.read, str) else self.read

    @property
    def writing(self) -> tuple[str, ...]:
        """Give the grants which a POST needs all."""
        return (self.write,) if isinstance(self.write, str) else self.write
