"""The error family. Each says where, what is wrong, and what to do; `cli` alone prints them.

CommentaryError                    exit 1
├── ContentError                   faults in content/ or templates/, all of them at once
│   └── UnknownFigureError         a name outside the catalogue, with the nearest one inside it
├── ProjectError                   no publication found, or not a folder we can read
├── DataError                      a source gave something that cannot be used
│   ├── CoreSymbolError            a symbol without which there is no edition
│   │   └── NotSettledError        exit 3: it may be there later
│   └── StoreError                 the price store cannot be opened, read or written
│       └── StoreBusyError         exit 3: another run is writing to it
├── SessionError                   not a trading day, or outside the data
│   └── NotCompleteError           exit 3: the session is not over yet, try later
├── NothingNewError                exit 4: the session's issue is there already, and only a new one was asked for
├── DeliveryError                  an issue, a secret, a target or the outbox that cannot be delivered with
│   ├── NotYetError                exit 3: an embargo, a page that does not answer yet, another delivery at work
│   ├── RefusedError               a service did not do it, for certain
│   └── UnsureError                a service may have done it, and has not said so
├── MixedBasisError                price return beside total return, discount rate beside yield
├── UnprovenError                  a digit in the prose that nothing stands behind
├── ProductUnavailableError        a product this machine cannot make, and why; the others are still written
│   ├── PdfUnavailableError        no PDF
│   ├── CardUnavailableError       no social card
│   └── LetterUnavailableError     no newsletter, or none with a chart
├── SettingsError                  a setting of the wrong type, or one that names what is not there
├── StaleError                     what somebody approves or changes is not what he was shown: look at it again
└── OutputError                    the edition could not be written; the earlier one is untouched
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in content or templates: `where` is `file:line`."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class CommentaryError(Exception):
    """Anything this program refuses, in one message a person can act on."""

    exit_code = 1


class ContentError(CommentaryError):
    """Faults in content/ or templates/; `faults` lists every one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownFigureError(ContentError):
    """A figure name outside the catalogue. `name` is the name, `suggestion` the nearest known one or None."""

    def __init__(self, name: str, suggestion: str | None = None, where: str = "") -> None:
        self.name, self.suggestion = name, suggestion
        hint = f" Did you mean '{suggestion}'?" if suggestion else ""
        super().__init__([Fault(where, f"'{name}' is not a figure.{hint}")])

    def __str__(self) -> str:
        fault = self.faults[0]
        return str(fault) if fault.where else fault.message


class ProjectError(CommentaryError):
    """No publication where one was looked for."""


class DataError(CommentaryError):
    """Prices that cannot be used: the file and line, or the symbol, and what is wrong with it."""


class CoreSymbolError(DataError):
    """A core symbol is missing, empty or ends early."""


class NotSettledError(CoreSymbolError):
    """A core symbol has no settled close yet, or could not be asked for: waiting helps."""

    exit_code = 3


class StoreError(DataError):
    """The price store cannot be opened, read or written; what was stored is as it was."""


class StoreBusyError(StoreError):
    """Another run has been writing to the price store for too long."""

    exit_code = 3


class SessionError(CommentaryError):
    """The date asked for is no trading session, or lies outside the data."""


class NotCompleteError(SessionError):
    """The session asked for is not over yet."""

    exit_code = 3


class NothingNewError(CommentaryError):
    """Only a new issue was asked for, and the one of the session is there already."""

    exit_code = 4


class MixedBasisError(CommentaryError):
    """A comparison of a price return with a total return, or of two rates that are quoted differently."""


class UnprovenError(CommentaryError):
    """A digit in an edition's prose that no figure, fact, date or name stands behind."""


class ProductUnavailableError(CommentaryError):
    """A product cannot be made here: a package, a font or a system library is missing."""


class PdfUnavailableError(ProductUnavailableError):
    """The PDF cannot be made here."""


class CardUnavailableError(ProductUnavailableError):
    """The social card cannot be made here."""


class LetterUnavailableError(ProductUnavailableError):
    """The newsletter cannot be made here, or not with its chart."""


class SettingsError(CommentaryError):
    """A program that embeds the library gave a setting that cannot be used."""


class StaleError(CommentaryError):
    """Somebody approves or changes what has become another since he was shown it; nothing is changed."""


class OutputError(CommentaryError):
    """The edition could not be written; nothing that was published has been touched."""


class DeliveryError(CommentaryError):
    """An issue cannot be delivered as asked; nothing was sent."""


class NotYetError(DeliveryError):
    """An issue is not to be delivered yet: waiting helps."""

    exit_code = 3


class RefusedError(DeliveryError):
    """A service was not reached or refused: for certain nothing was published.

    `later` says whether waiting helps; `status` and `data` are what the service answered.
    """

    def __init__(self, why: str, *, later: bool = False, status: int = 0, data: object = None) -> None:
        self.later, self.status, self.data = later, status, data
        super().__init__(why)


class UnsureError(DeliveryError):
    """A service was asked to publish, and it is not known whether it has."""
