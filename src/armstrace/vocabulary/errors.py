"""The errors that a person at the desk can meet.

    ArmstraceError
    ├── NotPermitted        the actor may not do or see this        (403)
    ├── NotFound            no such record, or not for these eyes   (404)
    ├── InvalidInput        the input cannot be understood          (422)
    ├── RuleBroken          a rule of law or procedure forbids it   (409)
    └── SourceUnavailable   a file, key or service is missing       (503)

The HTTP numbers are the interfaces' business. Every message is one sentence that
says what happened and what to do next.
"""

from collections.abc import Mapping

from armstrace.vocabulary.messages import Message, as_message
from armstrace.vocabulary.sources import Source


class ArmstraceError(Exception):
    """Any refusal that is explained to a person."""

    def __init__(self, sentence: Message | str) -> None:
        super().__init__(sentence)
        self.message = as_message(sentence)


class NotPermitted(ArmstraceError):
    """The actor may not do or see this."""


class NotFound(ArmstraceError):
    """There is no such record, or it is not for these eyes."""


class InvalidInput(ArmstraceError):
    """The input cannot be understood.

    Args:
        field: The field that is wrong, where one is.
        also: What is wrong with other fields, by their names.
    """

    def __init__(
        self,
        sentence: Message | str,
        *,
        field: str = "",
        also: Mapping[str, Message] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.field = field
        self.also = also or {}


class RuleBroken(ArmstraceError):
    """A rule of law or procedure forbids the act.

    Args:
        rule: The rule's code, such as ``TD-01``.
        field: The field that breaks it, where one does.
    """

    def __init__(
        self,
        rule: str,
        sentence: Message | str,
        *,
        source: Source | None = None,
        field: str = "",
    ) -> None:
        super().__init__(sentence)
        self.rule = rule
        self.source = source
        self.field = field


class SourceUnavailable(ArmstraceError):
    """A file, key or service that is needed is missing."""
