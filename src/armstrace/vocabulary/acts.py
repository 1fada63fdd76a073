"""What an entry of the ledger says was done, in words: one for each act."""

from typing import Any

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.packaged import read_table

WORDS = read_table(__package__, "acts.toml")
_MEMBERS: Any = [(act, (act, words)) for act, words in WORDS.items()]
# An act of the ledger as a code.
LedgerAct = Code("LedgerAct", _MEMBERS)
