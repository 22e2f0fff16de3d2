"""`content/universe.yaml`: segments, groups and releases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.releases import ReleaseShape
from generator.editorial.schema import Shape, choice, fitted, matching, some, unknown
from generator.editorial.values import Day, Key, Line, Name, Prose, Symbol
from generator.editorial.watch import ScreenShape, WatchShape, watch_faults, watched
from generator.editorial.yaml_reader import read_document
from generator.errors import ContentError, Fault
from generator.model import WATCH, Group, Kind, Segment, Universe

WHERE = "content/universe.yaml"
Cashtag = Annotated[str, matching(r"\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?", "should be a cashtag such as $IWM.")]


class SegmentShape(Shape):
    """One part of the market."""

    what: ClassVar[str] = "segment"
    kind: choice(Kind)  # type: ignore[valid-type]
    price: Symbol | None = None
    total: Symbol | None = None
    names: some(Name)  # type: ignore[valid-type]
    short: Name | None = None
    headline: Name | None = None
    members: list[Key] = Field(default=[])
    records_from: Day | None = None
    cashtag: Cashtag | None = None
    plural: bool = False
    begins: Day | None = None
    told_from: Day | None = None
    note: Prose | None = None
    quoted: Line | None = None

    def segment(self, key: str) -> Segment:
        """The model's own object."""
        return Segment(
            key=key,
            kind=self.kind,
            price=self.price,
            total=self.total,
            names=tuple(self.names),
            short=self.short or self.names[0],
            headline=self.headline or self.names[-1],
            members=tuple(self.members),
            records_from=self.records_from,
            cashtag=self.cashtag,
            plural=self.plural,
            begins=self.begins,
            told_from=self.told_from,
            note=self.note or "",
            quoted=self.quoted or "",
        )


class GroupShape(Shape):
    """A set of segments that is ranked and counted."""

    what: ClassVar[str] = "group"
    one: Name
    many: Name
    members: some(Key)  # type: ignore[valid-type]


class UniverseShape(Shape):
    """The whole file."""

    what: ClassVar[str] = "the universe"
    core: list[Key] = Field(default=[])
    segments: dict[Key, SegmentShape]
    groups: dict[Key, GroupShape] = Field(default={})
    releases: dict[Key, ReleaseShape] = Field(default={})
    watch: list[WatchShape] = Field(default=[])
    screen: dict[Name, ScreenShape] = Field(default={})


def read_universe(content: Path) -> Universe:
    """The universe; every fault in the file is reported at once."""
    universe, faults = gather_universe(content)
    if faults or universe is None:
        raise ContentError(faults)
    return universe


def gather_universe(content: Path) -> tuple[Universe | None, list[Fault]]:
    """The universe as far as it can be read, and every fault in the file.

    None if a segment, group or release is lost, because every rule that names it would be reported as well.
    """
    document = read_document(content, WHERE)
    shape, faults = fitted(document, UniverseShape)
    if shape is None:
        return None, faults
    faults += _faults(document, shape)
    universe = Universe(
        {key: segment.segment(key) for key, segment in shape.segments.items()}
        | {one.key: one.segment() for one in shape.watch},
        {key: Group(key, tuple(one.members), one.one, one.many) for key, one in shape.groups.items()}
        | {WATCH: watched(tuple(dict.fromkeys(one.key for one in shape.watch)))},
        tuple(dict.fromkeys(shape.core)),
        {key: one.release(key, document.at("releases", key)) for key, one in shape.releases.items()},
        screen={key: (one.sector, one.does) for key, one in shape.screen.items()},
    )
    return None if _lost(document, shape) or _dangling(shape) else universe, faults


def _lost(document: Document, shape: UniverseShape) -> bool:
    """Whether a segment, group or release of the file could not be read."""
    parts = {part: document.values.get(part) or {} for part in ("segments", "groups", "releases")}
    return not all(isinstance(held, dict) and set(held) == set(getattr(shape, part)) for part, held in parts.items())


def _dangling(shape: UniverseShape) -> bool:
    """Whether something refers to a segment that does not exist, so that nothing can be computed."""
    members = [key for group in shape.groups.values() for key in group.members]
    members += [key for segment in shape.segments.values() for key in segment.members]
    return (
        len(set(shape.core)) < 2
        or not set(shape.core) <= set(shape.segments)
        or not set(members) <= set(shape.segments)
    )


def _faults(document: Document, shape: UniverseShape) -> list[Fault]:
    """Contradictions between the parts of the file."""
    faults = [
        Fault(document.at("core", number), f"core segment {unknown(key, 'among the segments', shape.segments)}")
        for number, key in enumerate(shape.core)
        if key not in shape.segments
    ]
    faults += [
        Fault(document.at("core", number), f"core segment '{key}' needs a 'price', the symbol of an index.")
        for number, key in enumerate(shape.core)
        if key in shape.segments and shape.segments[key].price is None
    ]
    faults += [
        Fault(document.at("core", number), f"core segment '{key}' cannot have 'told_from': no edition is without it.")
        for number, key in enumerate(shape.core)
        if key in shape.segments and shape.segments[key].told_from
    ]
    if len(set(shape.core)) < 2:
        message = "'core' names two segments at least, without which there is no edition: the small and the large."
        faults.append(Fault(document.at("core"), message))
    for key, segment in shape.segments.items():
        faults += _segment_faults(document, shape, key, segment)
    for key, group in shape.groups.items():
        faults += _member_faults(document, shape, "groups", key, group.members)
        if key in shape.segments:
            faults.append(Fault(document.at("groups", key), f"'{key}' is the name of a segment already."))
    for key, release in shape.releases.items():
        if key in shape.segments or key in shape.groups:
            message = f"'{key}' cannot name a release: a segment or group is called so."
            faults.append(Fault(document.at("releases", key), message))
        faults += release.faults(document, key)
    return [*faults, *watch_faults(document, shape.watch, shape.segments, shape.groups, shape.releases)]


def _segment_faults(document: Document, shape: UniverseShape, key: str, segment: SegmentShape) -> Iterator[Fault]:
    if not (segment.price or segment.total or segment.members):
        place = document.at("segments", key)
        yield Fault(place, f"segment '{key}' needs a price or total symbol, or members.")
    if (segment.kind is Kind.YIELD) is not bool(segment.quoted):
        said = "a yield says how it is quoted, such as 'discount rate': only rates quoted alike are subtracted."
        mend = f"Set 'quoted' for '{key}'." if segment.kind is Kind.YIELD else f"'{key}' is none."
        yield Fault(document.at("segments", key), f"{said} {mend}")
    if bool(segment.members) is not (segment.kind is Kind.BASKET):
        yield Fault(document.at("segments", key), f"segment '{key}': a basket has members, and nothing else has.")
    if segment.members and segment.told_from:
        yield Fault(document.at("segments", key), f"segment '{key}': 'told_from' stands with the basket's members.")
    if segment.members and (segment.price or segment.total):
        yield Fault(document.at("segments", key), f"segment '{key}': a basket has members, and no symbol of its own.")
    yield from _member_faults(document, shape, "segments", key, segment.members)
    for number, member in enumerate(segment.members):
        if member in shape.segments and not shape.segments[member].total:
            place = document.at("segments", key, "members", number)
            yield Fault(place, f"'{member}' cannot be in a basket: it has no total symbol.")


def _member_faults(
    document: Document, shape: UniverseShape, part: str, key: str, members: list[str]
) -> Iterator[Fault]:
    for number, member in enumerate(members):
        place = document.at(part, key, "members", number)
        if member not in shape.segments:
            yield Fault(place, f"'{key}' has a member {unknown(member, 'among the segments', shape.segments)}")
        elif member in members[:number]:
            yield Fault(place, f"'{key}' has the member '{member}' twice.")
