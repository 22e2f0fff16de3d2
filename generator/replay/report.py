"""The replay's report: one self-contained HTML page with charts, and the lines that a terminal shows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, StrictUndefined

from generator.errors import OutputError
from generator.replay.drawing import Chart, bars, columns, lines

SHARED = ("shared with the day before", "shared with the twenty days before")


def report_page(summary: Mapping[str, Any]) -> str:
    """The whole report as one HTML page that loads nothing else."""
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters["percent"] = percent
    template = files("generator.replay").joinpath("report.html.j2").read_text(encoding="utf-8")
    return env.from_string(template).render(summary=summary, charts={chart.key: chart for chart in charts(summary)})


def charts(summary: Mapping[str, Any]) -> Iterator[Chart]:
    """Every chart of the report."""
    angles = summary["angles"]
    yield bars(
        "angles",
        "Sessions by angle",
        f"{len(angles)} angles led an edition; here are the first twenty.",
        [(_last(item["fragment"]), item["sessions"], percent(item["share"])) for item in angles[:20]],
    )
    yield bars(
        "slots",
        "Sessions on which a slot fell back or stayed empty",
        "A slot falls back when a fragment without a rule speaks for it.",
        [
            (item["slot"], item["fell back"] + item["empty"], f"{item['fell back']:,} + {item['empty']:,} empty")
            for item in summary["slots"]
        ],
    )
    years = summary["years"]
    yield lines(
        "repetition",
        "Sentences told before, percent of an article, by year",
        "; ".join(f"{name}: {percent(summary['repetition'][name])} over all years" for name in SHARED) + ".",
        [item["year"] for item in years],
        {name: [item[name] for item in years] for name in SHARED},
    )
    yield columns("length", "Words of an article", summary["length"], "words")
    yield columns("readability", "Coleman-Liau index", summary["readability"], "school years")
    for name, spread in summary["posts"].items():
        yield columns(name.removesuffix(".txt"), f"Length of {name}, by its network's count", spread, "characters")
    stages = summary["time"]["stages"]
    yield bars(
        "time",
        "Milliseconds of one edition on one core, by stage",
        "Means over all editions.",
        [(name, stage["mean_ms"], f"{stage['mean_ms']:.2f} ms") for name, stage in stages.items()],
    )


def percent(share: float) -> str:
    """`12.3%`."""
    return f"{100 * share:.1f}%"


def _last(key: str) -> str:
    return key.rpartition("/")[2]


def summary_lines(summary: Mapping[str, Any]) -> list[str]:
    """The summary as a terminal shows it."""
    time, repetition = summary["time"], summary["repetition"]
    silent = sum(item["spoke"] == 0 for item in summary["fragments"])
    rate = time["made"] / time["wall"] if time["wall"] else 0.0
    posts = ", ".join(f"{name} at most {spread['max']}" for name, spread in summary["posts"].items() if spread["n"])
    reused = f", {time['reused']:,} taken over from an earlier run" if time["reused"] else ""
    found = [
        f"{summary['editions']:,} editions of {summary['edition']}, {summary['from']} to {summary['to']}{reused}",
        f"{summary['words']:,} words, {summary['figures_per_100_words']:.1f} figures per 100 words",
        f"{len(summary['angles'])} angles; {len(summary['fragments']) - silent} fragments spoke, {silent} never did",
        f"told again: {percent(repetition[SHARED[0]])} of sentences from the day before, "
        f"{percent(repetition[SHARED[1]])} from the twenty before",
        *_claims(summary["claims"]),
        f"posts: {posts}",
        f"{time['wall']:.1f} s, {rate:,.0f} editions a second",
    ]
    faults = [f"{item['session']}: {item['fault']}" for item in summary["claims"]["faults"]]
    return [*found, *faults, *(f"{item['session']}: {item['error']}" for item in summary["errors"])]


def _claims(claims: Mapping[str, Any]) -> list[str]:
    """What the second reader found, if it was used."""
    return [f"{claims['checked']:,} claims checked, {claims['failed']:,} failed"] if claims["checked"] else []


def write_file(path: Path, text: str | bytes) -> None:
    """Write `path`, whole or not at all."""
    aside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.replace(aside, path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}).") from error


def summary_json(summary: Mapping[str, Any]) -> bytes:
    """The summary as JSON, for programs."""
    return orjson.dumps(summary, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
