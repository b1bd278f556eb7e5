"""Errors of the whole program.

    TiaowenError                 one line for the user; carries the exit code
    ├── InputError        (2)    a question, option or file that cannot be used
    │   └── CorpusError   (2)    a plan file that cannot be read
    └── IndexMissing      (3)    no index, or one that is torn, foreign or out of date

Every message names the value and the way out, because it is printed alone.
"""

from __future__ import annotations


class TiaowenError(Exception):
    """Root of all errors that are shown to the user as one line."""

    exit_code = 2


class InputError(TiaowenError):
    """Wrong use: an empty question, an unknown plan, an unreadable option."""


class CorpusError(InputError):
    """A corpus file that cannot be read: empty, damaged, locked, or of a kind that is not read."""


class IndexMissing(TiaowenError):
    """There is no usable index at the given place."""

    exit_code = 3
