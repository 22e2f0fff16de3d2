"""Reads `content/lexicon.yaml` and `content/claims.yaml`: words for moves by size, and words that claim something."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from generator.editorial.meanings import ClaimsShape
from generator.editorial.schema import Shape, fitted, some
from generator.editorial.values import Key, Name, Size
from generator.editorial.yaml_reader import read_document
from generator.errors import ContentError, Fault
from generator.model import Lexicon, Verb

_LEXICON, _CLAIMS = "content/lexicon.yaml", "content/claims.yaml"
Words = some(Name)


class StillShape(Shape):
    """The words for a figure that did not move."""

    what: ClassVar[str] = "the step"
    past: Words  # type: ignore[valid-type]
    present: Words  # type: ignore[valid-type]
    plural: Words  # type: ignore[valid-type]
    gerund: Words  # type: ignore[valid-type]
    noun: Words  # type: ignore[valid-type]

    def verb(self, at_least: float = 0.0) -> Verb:
        """The model's own object."""
        forms = (self.past, self.present, self.plural, self.gerund, self.noun)
        return Verb(at_least, *(tuple(form) for form in forms))


class StepShape(StillShape):
    """The words for a move of at least a given size."""

    at_least: Annotated[Size, Field(ge=0)]


class FamiliesShape(Shape):
    """The steps of each family of units."""

    percent: some(StepShape)  # type: ignore[valid-type]
    yields: some(StepShape) = Field(alias="yield")  # type: ignore[valid-type]
    volatility: some(StepShape)  # type: ignore[valid-type]

    def steps(self) -> dict[str, tuple[Verb, ...]]:
        """The model's own objects, smallest step first."""
        return {
            "percent": _steps(self.percent),
            "yield": _steps(self.yields),
            "volatility": _steps(self.volatility),
        }


class DueShape(Shape):
    """An event in a list of dates to come."""

    what: ClassVar[str] = "the event"
    says: Name
    within: Annotated[int, Field(ge=1, le=60)]


class LexiconShape(Shape):
    """The lexicon."""

    what: ClassVar[str] = "the lexicon"
    rises: FamiliesShape
    falls: FamiliesShape
    unchanged: StillShape
    scales: dict[Annotated[str, Field(min_length=1)], Annotated[Size, Field(gt=0)]]
    terms: dict[Key, Name] = Field(default={})
    due: dict[Key, DueShape] = Field(default={})


def read_lexicon(content: Path) -> Lexicon:
    """The lexicon; every fault in either file is reported at once."""
    lexicon, faults = gather_lexicon(content)
    if faults or lexicon is None:
        raise ContentError(faults)
    return lexicon


def gather_lexicon(content: Path) -> tuple[Lexicon | None, list[Fault]]:
    """The lexicon as far as it can be read, and every fault in either file."""
    faults: list[Fault] = []
    documents = []
    for where in (_LEXICON, _CLAIMS):
        try:
            documents.append(read_document(content, where))
        except ContentError as error:
            faults.extend(error.faults)
    if len(documents) < 2:
        return None, faults
    lexicon, found = fitted(documents[0], LexiconShape)
    words, more = fitted(documents[1], ClaimsShape)
    faults += [*found, *more]
    if lexicon is None or words is None:
        return None, faults
    faults += words.faults(documents[1])
    made = Lexicon(
        rises=lexicon.rises.steps(),
        falls=lexicon.falls.steps(),
        unchanged=lexicon.unchanged.verb(),
        scales={key: float(scale) for key, scale in lexicon.scales.items()},
        terms=dict(lexicon.terms),
        due={event: (one.says, one.within) for event, one in lexicon.due.items()},
        claims={word: tuple(forms) for word, forms in words.claims.items()},
        banned=tuple(words.banned),
        opposites=tuple((pair[0], pair[1]) for pair in words.opposites),
        spans=tuple(one.span(key) for key, one in words.spans.items()),
        scopes=tuple(one.scope(key, documents[1].at("scopes", key)) for key, one in words.scopes.items()),
        recency=tuple(one.recency(key) for key, one in words.recency.items()),
        runs=words.runs.runs(),
        still=words.still.still(),
        means=tuple(one.mean(key) for key, one in words.means.items()),
        definitions=tuple(one.definition(key) for key, one in words.definitions.items()),
        wholes=tuple(one.entire(key) for key, one in words.wholes.items()),
        bands=tuple(words.bands),
        vague=tuple(words.vague),
        sizes=tuple(words.sizes),
        bounds=tuple(words.bounds),
        senses=words.senses(),
    )
    return made, faults


def _steps(steps: Sequence[StepShape]) -> tuple[Verb, ...]:
    return tuple(sorted((step.verb(float(step.at_least)) for step in steps), key=lambda verb: verb.at_least))
