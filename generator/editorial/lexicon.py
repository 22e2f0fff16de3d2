"""`content/lexicon.yaml` and `content/claims.yaml` in; the words earned by size out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.editorial.meanings import meaning_faults, read_means, read_recency, read_runs, read_scopes
from generator.editorial.senses import read_senses, sense_faults
from generator.editorial.yaml_reader import Document, parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Lexicon, SpanWords, Verb

_LEXICON, _CLAIMS = "content/lexicon.yaml", "content/claims.yaml"
_SPAN_LISTS = ("words", "of", "named_by")
_FORMS = ("past", "present", "plural", "gerund", "noun")


def read_lexicon(content: Path) -> Lexicon:
    """The lexicon; every fault in either file is reported at once."""
    document = parse(read_text(content / "lexicon.yaml", _LEXICON), _LEXICON)
    claims = parse(read_text(content / "claims.yaml", _CLAIMS), _CLAIMS)
    faults = _faults(document) + _opposite_faults(claims) + _span_faults(claims)
    faults += meaning_faults(claims) + sense_faults(claims)
    if faults:
        raise ContentError(faults)
    values = document.values
    return Lexicon(
        rises={family: _steps(steps) for family, steps in values["rises"].items()},
        falls={family: _steps(steps) for family, steps in values["falls"].items()},
        unchanged=_verb({"at_least": 0, **values["unchanged"]}),
        scales={str(key): float(scale) for key, scale in values["scales"].items()},
        terms={str(key): str(term) for key, term in (values.get("terms") or {}).items()},
        claims={str(word): tuple(map(str, forms)) for word, forms in (claims.values.get("claims") or {}).items()},
        banned=tuple(map(str, claims.values.get("banned") or ())),
        spans=_spans(claims),
        opposites=tuple((str(one), str(other)) for one, other in claims.values.get("opposites") or ()),
        senses=read_senses(claims.values),
        scopes=read_scopes(claims),
        recency=read_recency(claims),
        runs=read_runs(claims),
        means=read_means(claims),
        bands=tuple(map(str, claims.values.get("bands") or ())),
        vague=tuple(map(str, claims.values.get("vague") or ())),
    )


def _steps(steps: Sequence[Mapping[str, Any]]) -> tuple[Verb, ...]:
    return tuple(sorted((_verb(step) for step in steps), key=lambda verb: verb.at_least))


def _verb(values: Mapping[str, Any]) -> Verb:
    forms = {form: tuple(map(str, values[form])) for form in _FORMS}
    return Verb(at_least=float(values["at_least"]), **forms)


def _spans(claims: Document) -> tuple[SpanWords, ...]:
    return tuple(
        SpanWords(
            key=str(key),
            words=_words(one, "words"),
            of=_words(one, "of"),
            named_by=_words(one, "named_by"),
            since=int(one.get("since", 0)),
            free=bool(one.get("free")),
        )
        for key, one in (claims.values.get("spans") or {}).items()
    )


def _words(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(map(str, values.get(key) or ()))


def _span_faults(claims: Document) -> list[Fault]:
    """Spans that are not a list of words and of what may stand behind them."""
    spans = claims.values.get("spans") or {}
    if not isinstance(spans, Mapping):
        return [Fault(claims.at("spans"), "'spans' is a list of names, each with words and of.")]
    return [
        Fault(
            claims.at(f"spans.{key}"), f"'{key}' needs words and of, each a list; it may have named_by, since and free."
        )
        for key, one in spans.items()
        if not isinstance(one, Mapping)
        or not {"words", "of"} <= set(one) <= {*_SPAN_LISTS, "since", "free"}
        or not all(isinstance(one.get(part, []), list) for part in _SPAN_LISTS)
    ]


def _opposite_faults(claims: Document) -> list[Fault]:
    """Pairs of opposites that are no pairs, or whose words are not claim words."""
    known = claims.values.get("claims") or {}
    pairs = claims.values.get("opposites") or []
    faults = []
    for number, pair in enumerate(pairs if isinstance(pairs, list) else [pairs]):
        if not isinstance(pair, list) or len(pair) != 2 or not all(word in known for word in pair):
            message = "a pair of opposites is two of the claim words above, such as [rose, fell]."
            faults.append(Fault(claims.at(f"opposites.{number}"), message))
    return faults


def _faults(document: Document) -> list[Fault]:
    values = document.values
    faults = [
        Fault(f"{document.where}:1", f"the lexicon needs '{key}'.")
        for key in ("rises", "falls", "unchanged", "scales")
        if key not in values
    ]
    if faults:
        return faults
    for side in ("rises", "falls"):
        for family, steps in values[side].items():
            for number, step in enumerate(steps):
                place = document.at(f"{side}.{family}.{number}")
                faults += [
                    Fault(place, f"a step of the lexicon needs '{form}'.")
                    for form in ("at_least", *_FORMS)
                    if form not in step
                ]
    return faults
