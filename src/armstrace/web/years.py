"""The years that an address can name."""

from django.urls import register_converter


class YearConverter:
    """A year from 1900 to 2100; any other address is not found."""

    regex = "(?:19|20)[0-9]{2}|2100"

    def to_python(self, value: str) -> int:
        """Read the year of an address."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write a year into an address."""
        return str(value)


register_converter(YearConverter, "year")
