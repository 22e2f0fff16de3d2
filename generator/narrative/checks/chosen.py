"""Whether an article says what an editor chose for it: a choice that cannot be kept is told, never dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.errors import ContentError, Fault
from generator.model import Article, Choices, Sentence
from generator.narrative.newsroom import Tonight


def require_chosen(tonight: Tonight, article: Article) -> None:
    """Raise `ContentError` with every choice, and every sentence of an editor's own, that the article does not keep."""
    spoken = list(article.spoken())
    faults = list(unkept(tonight, tonight.choices, article.angle, spoken)) if tonight.choices else []
    said = {sentence.fragment for _, sentence in spoken}
    why = "cannot be said beside the rest: its figures are told already, one is absent, or its part is full."
    faults += [Fault(one.path, f"'{one.key}' {why}") for one in tonight.own if one.key not in said]
    if faults:
        raise ContentError(faults)


def unkept(tonight: Tonight, choices: Choices, angle: str, spoken: Sequence[tuple[str, Sentence]]) -> Iterator[Fault]:
    """A fault for each choice that is not kept in what is spoken, part by part."""
    where = f"content/choices/{choices.session.isoformat()}-{choices.edition}.yaml"
    if choices.story and choices.story != angle:
        yield Fault(where, f"{_told(tonight, choices.story)} It cannot lead this issue.")
    spoke = {(part, sentence.fragment) for part, sentence in spoken}
    for one in choices.passages:
        if (one.part, one.fragment) not in spoke:
            yield Fault(where, f"{_told(tonight, one.fragment)} It cannot speak in '{one.part}'.")
    for wording in choices.wordings:
        fragment = tonight.newsroom.by_key.get(wording.fragment)
        variants = fragment.parts.get(wording.part, ()) if fragment else ()
        sources = {line.source for one in variants if one.spelled == wording.says for line in one.lines}
        if not sources:
            yield Fault(where, f"{wording.fragment} has no such wording any more: '{wording.says[:80]}' Choose again.")
        elif not any(sentence.source in sources for _, sentence in spoken):
            yield Fault(where, f"'{wording.says[:80]}' cannot be said beside the rest of this issue. Choose another.")


def _told(tonight: Tonight, key: str) -> str:
    if key not in tonight.newsroom.by_key:
        return f"there is no fragment '{key}'."
    held = any(one.fragment.key == key for one in tonight.held)
    return f"{key}: its figures are told elsewhere, or one is absent." if held else f"{key}: its rule does not hold."
