"""`content/choices/*.yaml`: what an editor chose for an issue, a file for each, named for its session and kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar

import yaml
from pydantic import Field

from generator.editorial.kinds import Folder, Place
from generator.editorial.schema import Shape, fitted, matching
from generator.editorial.values import Day, Prose
from generator.editorial.yaml_reader import documents
from generator.errors import Fault
from generator.model import Choices, Passage, Wording

FOLDER = "choices"
_HEAD = """\
# What an editor chose for this issue in place of what rules and turns give, which it is written by without this file.
# `commentary desk` writes it.
"""
Fragment = Annotated[
    str, matching(r"[A-Za-z0-9_-][A-Za-z0-9_./-]{0,199}", "is no fragment; write it as in session/story/gap/wide.")
]


class PassageShape(Shape):
    """One fragment that is to speak."""

    what: ClassVar[str] = "a passage"
    part: Place
    fragment: Fragment
    instead: Fragment | None = None


class WordingShape(Shape):
    """One wording that is to be used."""

    what: ClassVar[str] = "a wording"
    fragment: Fragment
    part: Place
    says: Prose


class ChoicesShape(Shape):
    """The choices for one issue."""

    what: ClassVar[str] = "a file of choices"
    session: Day
    kind: Folder
    story: Fragment | None = None
    passages: list[PassageShape] = Field(default=[])
    wordings: list[WordingShape] = Field(default=[])

    def choices(self) -> Choices:
        """The model's own object."""
        passages = tuple(Passage(one.part, one.fragment, one.instead or "") for one in self.passages)
        wordings = tuple(Wording(one.fragment, one.part, one.says) for one in self.wordings)
        return Choices(self.session, self.kind, self.story or "", passages, wordings)


def choices_file(content: Path, session: date, kind: str) -> Path:
    """Where the choices for an issue are kept."""
    return content / FOLDER / f"{session.isoformat()}-{kind}.yaml"


def gather_choices(content: Path) -> tuple[Mapping[tuple[date, str], Choices], list[Fault]]:
    """By session and kind, the choices as far as they can be read, and every fault in their files."""
    found: dict[tuple[date, str], Choices] = {}
    faults: list[Fault] = []
    for document in documents(content, f"{FOLDER}/*.yaml", faults):
        shape, wrong = fitted(document, ChoicesShape)
        faults += wrong
        name = choices_file(content, shape.session, shape.kind).name if shape else ""
        if shape and name != Path(document.where).name:
            faults.append(
                Fault(f"{document.where}:1", f"holds the choices for another issue: it should be called {name}.")
            )
        elif shape:
            found[shape.session, shape.kind] = shape.choices()
    return found, faults


def choices_text(choices: Choices) -> str:
    """The file as it is kept."""
    told = {
        "session": choices.session,
        "kind": choices.edition,
        **({"story": choices.story} if choices.story else {}),
        "passages": [_filled(asdict(one)) for one in choices.passages],
        "wordings": [_filled(asdict(one)) for one in choices.wordings],
    }
    return _HEAD + yaml.safe_dump(_filled(told), sort_keys=False, allow_unicode=True, width=110)


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in ("", [])}
