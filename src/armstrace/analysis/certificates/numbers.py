"""Numbers of certificates: the issuer, a serial number and two check digits.

An issuer is a country and six letters of its own; serial numbers are its own too, so
that no two offices give one number. The letters leave out those that are read as
digits, and the vowels.
"""

import hashlib
import re

LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
ISSUER_LETTERS = 6
WRITTEN = re.compile(r"([A-Z]{2})([B-DF-HJKMNP-TV-Z]{6})([0-9]{7,10})([0-9]{2})")
READ_AS_DIGITS = str.maketrans("OIL", "011")


def issuer_of(country: str, public: bytes) -> str:
    """Give the name of an issuer, made of its first public key."""
    number = int.from_bytes(hashlib.sha256(public).digest())
    letters = ""
    for _ in range(ISSUER_LETTERS):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return f"{country}-{letters}"


def number_of(issuer: str, serial: int) -> str:
    """Write the number of a certificate.

    Source:
        ISO/IEC 7064, MOD 97-10: finds every wrong character and every two that
        changed places.
    """
    begun = f"{issuer}-{serial:07d}"
    return f"{begun}-{_check_digits(begun)}"


def read_number(text: str) -> str | None:
    """Read a number as a person types it; None where its check digits deny it."""
    packed = "".join(each for each in text.upper() if each.isalnum())
    head, rest = packed[:8], packed[8:].translate(READ_AS_DIGITS)
    found = WRITTEN.fullmatch(head + rest)
    if found is None:
        return None
    country, letters, serial, _ = found.groups()
    number = number_of(f"{country}-{letters}", int(serial))
    return number if number.replace("-", "") == head + rest else None


def serial_of(number: str) -> int:
    """Give the serial number that a number holds."""
    return int(number.split("-")[2])


def _check_digits(begun: str) -> str:
    digits = "".join(str(int(each, 36)) for each in begun if each != "-")
    return f"{98 - int(digits) * 100 % 97:02d}"
