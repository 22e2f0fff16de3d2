"""Builds an edition's ledger: every sentence with its fragment, every number with its proof.

It refuses an edition if any digit in the prose has nothing behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import orjson

from generator.errors import UnprovenError
from generator.model import Article, Cell, Claim, Digest, Inset, Piece, Sentence, Table, Weighed

FORMAT = 2
NEWSLETTER = "newsletter"
"""Subject and preheader among the ledger's products."""


def digest_sentences(digest: Digest) -> dict[str, list[tuple[str, Sentence]]]:
    """Every sentence of the posts, by product, with the post it belongs to; and the newsletter's in the inbox."""
    letter = digest.envelope
    shown = [("subject", letter.subject), *(("preheader", one) for one in letter.preheader)] if letter else []
    posts = {
        product: [
            (f"post {number}" if len(posts) > 1 else "post", sentence)
            for number, post in enumerate(posts, 1)
            for sentence in post.sentences
        ]
        for product, posts in digest.posts.items()
    }
    return {**posts, NEWSLETTER: shown} if letter else posts


def claims_of(article: Article, digest: Digest) -> list[Claim]:
    """Every claim that the edition prints, tables included."""
    pieces: list[Piece] = [piece for said in article.citing for piece in said.pieces]
    table = article.table
    pieces += [cell for _, cells in table.rows for cell in cells if cell] if table else []
    pieces += [piece for said in digest_sentences(digest).values() for _, sentence in said for piece in sentence.pieces]
    return [piece.claim for piece in pieces if piece.claim]


def prove(sentences: Iterable[Sentence]) -> None:
    """Raise `UnprovenError` unless every digit belongs to a figure, a fact, a date or a name."""
    loose = [
        f"{sentence.source}: nothing stands behind the number in '{piece.text.strip()}'. Quote a figure, fact or term."
        for sentence in sentences
        for piece in sentence.pieces
        if piece.claim is None and _has_digit(piece.text)
    ]
    if loose:
        raise UnprovenError("\n".join(loose))


@lru_cache(maxsize=16_384)
def _has_digit(text: str) -> bool:
    """Whether a run of text contains a digit; cached, because the same words occur in many sentences."""
    return any(character.isdigit() for character in text)


def build_ledger(
    article: Article,
    digest: Digest,
    market: Mapping[str, Any],
    weighed: Sequence[Weighed],
    figures: Mapping[str, Mapping[str, Any]],
    facts: Mapping[str, Mapping[str, Any]],
    base_rates: Mapping[str, Mapping[str, Any]],
    disclosure: str,
    choices: Mapping[str, Any] | None = None,
    taken_on: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """The ledger as plain values, in a fixed order; raises `UnprovenError` for an unproven number.

    `market` is the result of `Holdings.record`, `choices` what an editor chose for the issue, `taken_on` who
    answers for which of the editor's own sentences.
    """
    products = {"article": list(article.spoken()), **digest_sentences(digest)}
    prove(sentence for said in products.values() for _, sentence in said)
    return {
        "format": FORMAT,
        "edition": article.edition,
        "session": article.session.isoformat(),
        "angle": article.angle,
        "disclosure": disclosure,
        "market": market,
        "fragments": _fragments(weighed),
        "figures": figures,
        "facts": facts,
        "base_rates": base_rates,
        "products": {
            product: [_sentence(part, sentence, taken_on) for part, sentence in said]
            for product, said in products.items()
        },
        "table": _table(article.table) if article.table else {},
        "tables": {inset.key: _inset(inset) for inset in article.insets},
        **({"choices": choices} if choices else {}),
    }


def _fragments(weighed: Sequence[Weighed]) -> dict[str, Any]:
    """Those that spoke, and those whose rule held and that were passed over."""
    return {
        "spoke": [_weighed(item) for item in weighed if item.outcome == "spoke"],
        "passed over": [_weighed(item) for item in weighed if item.held and item.outcome != "spoke"],
    }


def _table(table: Table) -> dict[str, Any]:
    """Each row's cells by their headings; None where a figure is absent."""
    return {
        label: {heading: _claim(cell) if cell else None for heading, cell in zip(table.columns, cells, strict=True)}
        for label, cells in table.rows
    }


def ledger_text(ledger: Mapping[str, Any]) -> str:
    """The ledger as JSON, the same bytes for the same ledger."""
    return orjson.dumps(ledger, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _weighed(item: Weighed) -> dict[str, Any]:
    return {
        "fragment": item.fragment,
        "slot": item.slot,
        "surprisal_bits": item.surprisal,
        "times_before": item.times_before,
        "last_time": item.last_time.isoformat() if item.last_time else None,
        "outcome": item.outcome,
    }


def _sentence(part: str, sentence: Sentence, taken_on: Mapping[str, str]) -> dict[str, Any]:
    by = taken_on.get(sentence.fragment)
    return {
        "part": part,
        "text": sentence.text,
        "source": sentence.source,
        "claims": [_claim(piece) for piece in sentence.pieces if piece.claim],
        **({"taken_on_by": by} if by else {}),
    }


def _inset(inset: Inset) -> dict[str, Any]:
    return {
        "caption": _cell(inset.caption),
        "corner": inset.corner,
        "columns": [_cell(heading) for heading in inset.columns],
        "rows": [[_cell(cell) for cell in (label, *cells)] for label, cells in inset.rows],
    }


def _cell(cell: Cell) -> dict[str, Any] | None:
    """A cell's words with what stands behind them; None where a figure of it is absent."""
    claims = [_claim(piece) for piece in cell if piece.claim]
    return {"text": "".join([piece.text for piece in cell]), "claims": claims} if cell else None


def _claim(piece: Piece) -> dict[str, Any]:
    claim = piece.claim
    assert claim is not None  # callers pass claimed pieces only
    record: dict[str, Any] = {"kind": claim.kind, "name": claim.name, "text": piece.text}
    if claim.kind in ("rule", "term"):
        record["value"] = claim.value
    if claim.source:
        record["source"] = claim.source
    return record
