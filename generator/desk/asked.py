"""What a page may ask, field by field: anything else is refused before a verb is called."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator.errors import SettingsError

Kind = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]
Path = Annotated[str, Field(min_length=1, max_length=300)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]{0,199}$")]
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Words = Annotated[str, Field(max_length=200_000)]
Said = Annotated[str, Field(max_length=500)]


class Asked(BaseModel):
    """One request; fields that it does not have are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OfIssue(Asked):
    """An issue."""

    kind: Kind
    session: date


class ToWrite(Asked):
    """An issue to write; without a session, that of the last completed one."""

    kind: Kind
    session: date | None = None


class OfFragment(OfIssue):
    """A fragment in an issue."""

    fragment: Key


class ToApprove(OfIssue):
    """An issue as somebody has read it, and his name."""

    digest: Digest
    by: Name


class ToDeliver(OfIssue):
    """An issue to deliver, or to show what that would do."""

    channels: Annotated[list[Kind], Field(max_length=40)] = []
    live: bool = False
    rehearsal: bool = False
    digest: Digest = ""


class ToChoose(OfIssue):
    """A choice for a place of an issue; without a fragment all choices are taken back."""

    part: Annotated[str, Field(max_length=60)] = ""
    fragment: Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9_./-]{0,199})?$")] = ""
    of: Annotated[str, Field(max_length=60)] = ""
    says: Annotated[str, Field(max_length=5_000)] = ""
    instead: Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9_./-]{0,199})?$")] = ""
    digest: Digest


class Sentence(Asked):
    """An editor's own sentence."""

    part: Annotated[str, Field(pattern=r"^[a-z][a-z ]{0,59}$")]
    says: Annotated[str, Field(min_length=1, max_length=2_000)]
    by: Annotated[str, Field(max_length=80)] = ""
    asserts: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=500)]] = {}


class ToJudge(OfIssue):
    """Sentences to judge, of which nothing is kept."""

    sentences: Annotated[list[Sentence], Field(max_length=12)]


class ToKeep(ToJudge):
    """Sentences to keep, and the hash of those that were shown."""

    digest: Digest


class ToNote(OfIssue):
    """What an outlet or a person said of the session, in the settings of a note of its topic."""

    topic: Annotated[str, Field(max_length=20)] = "why"
    outlet: Said
    title: Said
    url: Annotated[str, Field(max_length=2_000)]
    published: date | None = None
    speaker: Said = ""
    role: Said = ""
    quote: Said = ""
    says: Said = ""
    of: Said = ""
    unit: Said = ""
    forecast: float | None = None
    actual: float | None = None
    chance: int | None = None
    above: int | None = None
    before: int | None = None
    since: Said = ""
    tool: Said = ""
    moment: Said = ""
    document: Said = ""
    leading: Said = ""
    move_of: date | None = None
    company: Said = ""
    day: date | None = None


class OfFile(Asked):
    """A file of content/."""

    path: Path


class ToTry(OfFile):
    """A text to try, as if it stood in the file."""

    text: Words
    kind: Kind = "session"


class ToSave(OfFile):
    """A text for a file, and the hash of the text that it was made from."""

    text: Words
    digest: Digest


class OfSearch(OfIssue):
    """Words to find figures by, for an issue."""

    search: Annotated[str, Field(max_length=200)]


Shape = TypeVar("Shape", bound=Asked)


def read(shape: type[Shape], given: object) -> Shape:
    """The request; raises `SettingsError` with the first thing that is wrong with it."""
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the request"
        raise SettingsError(f"{where}: {first['msg']}.") from error
