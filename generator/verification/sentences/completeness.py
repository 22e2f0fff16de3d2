"""Checks that an edition is complete: every part is there, in order, and no fragment was passed over without reason.

A sentence removed from both article and ledger leaves no false word behind, but it leaves a gap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from generator.model import Fragment, Outline, OutlinePart
from generator.verification.figures.answers import Answers
from generator.verification.holdings import WHERE
from generator.verification.sentences.evening import Evening
from generator.verification.sentences.wordings import NEWSLETTER, NUT_GRAF, Wording, WordingsByLine, bullet

Record = Mapping[str, Any]
OTHERS = "others of its part were more newsworthy"
SAID = "its figures were already said, or one is absent"
CHOSEN = "an editor chose another in its place"
NO_ROOM = "there was no room left, or too little news in it"
THIN = "too little of it was left to say"
OTHER_TEST = "another test is the issue's, or none"
TOPIC = re.compile(r"its topic, (.+), was already told")
QUOTED = "said"
"""The topic of what somebody is quoted as saying of the session, which stands beside the news that it explains."""
PASSAGE = "passage"
"""Any other passage of the lead."""
ONE_EACH = ("headline", "standfirst")
OF_STORY = ("lead", "bottom line")
SAYS_WHEN = re.compile(r"weekday|session_date|month_name|quarter_number|year_number|(?:followed|all)_.*|.*_first")
"""Figures that only say which session it is, or since when there are any; a figure of the past may be told twice."""
MOST = {"subject": 60, "preheader": 100}
"""The most characters of a newsletter's subject and preheader."""


def check_completeness(answers: Answers, ledger: Record, wordings: WordingsByLine, evening: Evening) -> None:
    """Check the parts that are there, those that should be, and the fragments that were passed over."""
    records = ledger["products"]["article"]
    outline = wordings.outline
    speakers = [wording.fragment if (wording := wordings.at(record["source"])) else None for record in records]
    counts = Counter(part for part, _ in {(record["part"], bullet(record["source"])) for record in records})
    for single in ONE_EACH:
        answers.check(counts[single] == 1, "completeness", WHERE, f"{counts[single]} × {single}", "an article has one")
    told_by = {
        key: {
            one.key: one
            for record, one in zip(records, speakers, strict=True)
            if one and record["part"] == key and one.slot == outline.angle
        }
        for key in OF_STORY
    }
    for key, angles in told_by.items():
        answers.check(
            len(angles) == 1, "completeness", WHERE, f"{len(angles)} × {key} of the angle", "an article has one"
        )
    of_story = _said_by_story(answers, records, wordings)
    _order_of_lead(answers, records, wordings)
    stories = told_by["lead"]
    order = list(next((one.order for one in stories.values()), ()))
    below = {one.slot for one, record in zip(speakers, records, strict=True) if one and record["part"] == "standfirst"}
    promised = [part.key for part in outline.parts if part.slot in below and part.key in outline.first]
    order += [key for key in promised if key not in order]
    first = [part for key in order for part in outline.parts if part.key == key]
    _order(answers, records, (*first, *(part for part in outline.parts if part.key not in order)), outline)
    over = [(wordings.fragments.get(one["fragment"]), one["outcome"]) for one in ledger["fragments"]["passed over"]]
    _reasons(answers, ledger, over, {topic for one in speakers if one for topic in one.topics}, evening)
    for part in outline.parts:
        told = counts[part.key] - len(of_story.get(part.key, ()))
        _part(answers, part, told, over, both=part.key in (*outline.balance, "takeaways"))
    _posts(answers, ledger, wordings, {one.key for one in speakers if one})
    _files(answers, ledger, evening)


Passed = tuple[Fragment | None, str]
"""A fragment that was passed over, and why."""


def _reasons(answers: Answers, ledger: Record, over: Sequence[Passed], topics: set[str], evening: Evening) -> None:
    """Check what an editor chose, and that each fragment was passed over for a true reason."""
    chosen = ledger.get("choices")
    kept = evening.publication.choices.get((evening.session, evening.edition))
    same = (chosen or {}) == (kept.record if kept else {})
    answers.check(same, "choices", WHERE, chosen, "content/choices has others for this issue")
    for fragment, outcome in over:
        topic = TOPIC.fullmatch(outcome)
        known = (
            outcome in (OTHERS, SAID, NO_ROOM, THIN)
            or (outcome == OTHER_TEST and bool(fragment and fragment.trial))
            or (outcome == CHOSEN and bool(chosen))
            or bool(fragment and topic and topic[1] in fragment.topics)
        )
        true = known and (not topic or topic[1] in topics)
        answers.check(true, "reasons", WHERE, f"{fragment.key if fragment else '?'}: {outcome}", "it is no true reason")


def _files(answers: Answers, ledger: Record, evening: Evening) -> None:
    """Check that there are all products and charts of an issue, and no others."""
    found = set(ledger["products"])
    posts = (file.path.removesuffix(".txt") for one in evening.publication.channels for file in one.files)
    due = {"article", NEWSLETTER, *posts}
    answers.check(found == due, "completeness", WHERE, sorted(found), f"the products are {sorted(due)}")
    _envelope(answers, ledger)
    due = {one.file for one in evening.charts} | ({"charts/moves.svg"} if evening.bars.labels else set())
    there = {name for name in ledger.get("files") or due if name.startswith("charts/") and name.endswith(".svg")}
    answers.check(there == due, "completeness", WHERE, sorted(there), f"the charts of an edition are {sorted(due)}")


def _said_by_story(answers: Answers, records: list[Record], wordings: WordingsByLine) -> dict[str, list[str]]:
    """The part of the story behind each paragraph that it speaks, by part of the page."""
    found: dict[str, dict[str, str]] = {key: {} for key in OF_STORY}
    nut_graf = False
    for record in records:
        wording = wordings.at(record["source"]) if record["part"] in OF_STORY else None
        if wording and wording.fragment.slot == wordings.outline.angle:
            found[record["part"]][bullet(record["source"])] = wording.part
            nut_graf |= NUT_GRAF in [*wording.fragment.parts]
    says = {key: [*lines.values()] for key, lines in found.items()}
    due = {"lead": ["lead", NUT_GRAF] if nut_graf else ["lead"], "bottom line": ["bottom line"]}
    answers.check(says == due, "completeness", WHERE, says, f"the story says {due}")
    return says


def _order_of_lead(answers: Answers, records: list[Record], wordings: WordingsByLine) -> None:
    """Check that the lead begins with the news, then says who is quoted on it, then argues, and only then goes on."""
    found = [wordings.at(record["source"]) for record in records if record["part"] == "lead"]
    kinds = [_kind(one, wordings.outline) for one in found if one]
    right = [kind for kind in ("lead", QUOTED, NUT_GRAF, PASSAGE) for _ in range(kinds.count(kind))]
    told, due = (", ".join(dict.fromkeys(each)) for each in (kinds, right))
    answers.check(kinds == right, "completeness", WHERE, told, f"the lead's order is {due}")


def _kind(wording: Wording, outline: Outline) -> str:
    """Which part of the story a sentence of the lead is, or else whether it quotes somebody."""
    if wording.fragment.slot == outline.angle:
        return wording.part
    return QUOTED if wording.fragment.topic == QUOTED else PASSAGE


def _part(answers: Answers, part: OutlinePart, told: int, over: list[tuple[Fragment | None, str]], both: bool) -> None:
    """Check that a part is not too full, and that no fragment was kept out although there was room.

    If `both`, the part is a side or the takeaways, which need not be filled.
    """
    waiting = [
        (fragment.key, outcome)
        for fragment, outcome in over
        if fragment and fragment.slot == part.slot and (not part.tone or fragment.tone is part.tone)
        if fragment.when or not told  # what is always so is a part's last resort, and keeps silent beside another
    ]
    said = f"{told} × {part.key}"
    answers.check(told <= part.maximum, "completeness", WHERE, said, f"{part.maximum} at most")
    could = [key for key, outcome in waiting if outcome in (OTHERS, NO_ROOM)]
    short = told < part.minimum and bool(could)
    why = f"{part.minimum} at least, and {', '.join(could[:1])} could speak"
    answers.check(not short, "completeness", WHERE, said, why)
    kept_out = [key for key, outcome in waiting if outcome == OTHERS]
    room = told < part.maximum and bool(kept_out) and not both
    why = f"there is room for {', '.join(kept_out[:1])}, which no other kept out"
    answers.check(not room, "completeness", WHERE, said, why)


def _order(answers: Answers, records: list[Record], parts: tuple[OutlinePart, ...], outline: Outline) -> None:
    """Check that the parts are in the outline's order, each after its heading."""
    headed = [part.key for part in parts if part.key not in ("takeaways", *OF_STORY)]
    names = ["headline", "standfirst", "lead"]
    names += [name for key in headed for name in (f"{key} heading", key)] + ["takeaways", "bottom line"]
    found = list(dict.fromkeys(record["part"] for record in records))
    right = [name for name in names if name in found]
    answers.check(
        found == right, "completeness", WHERE, ", ".join(found), f"the order of the parts is {', '.join(right)}"
    )
    standing = {part.key: part for part in parts}
    for key in headed:
        part, at = standing[key], found.index(key) if key in found else 0
        above = next((one for one in reversed(found[:at]) if one in standing), None)
        if key in found and part.joined and _follows(outline, part, above):
            whole = f"{key} heading" not in found
        else:
            whole = (key in found) is (f"{key} heading" in found) or not part.headings
        answers.check(whole, "completeness", WHERE, key, "a heading without its part, or a part without its heading")


def _follows(outline: Outline, part: OutlinePart, above: str | None) -> bool:
    """Whether nothing but parts that have no heading of their own lies between the two in the outline."""
    keys = [one.key for one in outline.parts]
    first = keys.index(above) if above in keys else len(keys)
    last = keys.index(part.key)
    return first < last and all(one.joined for one in outline.parts[first + 1 : last])


def _posts(answers: Answers, ledger: Record, wordings: WordingsByLine, speakers: set[str]) -> None:
    """Check that every fragment used in a post is used in the article, and that takeaways have the same words."""
    takeaways = {record["text"] for record in ledger["products"]["article"] if record["part"] == "takeaways"}
    slots = {part.slot for part in wordings.outline.parts if part.key == "takeaways"}
    for product, records in ledger["products"].items():
        for record in records if product != "article" else ():
            wording = wordings.at(record["source"])
            if wording is None:
                continue  # reported where sentences are read
            here = wording.fragment.key in speakers and (
                wording.fragment.slot not in slots or record["text"] in takeaways
            )
            always = wording.fragment.slot == wordings.outline.angle and not wording.fragment.when
            here = here or (product == NEWSLETTER and always)
            answers.check(
                here, "completeness", f"{WHERE} {product}", record["text"][:80], "the article does not say it"
            )


def _envelope(answers: Answers, ledger: Record) -> None:
    """Check the newsletter's subject and preheader: both there, not too long, no figure told in both."""
    records = ledger["products"].get(NEWSLETTER)
    if records is None:
        return  # told above: an earlier version wrote the ledger
    for part, most in MOST.items():
        text = " ".join(record["text"] for record in records if record["part"] == part)
        answers.check(len(text) <= most, "newsletters", WHERE, f"{part}: {text}", f"{most} characters at most")
    parts = [record["part"] for record in records]
    answers.check(parts == sorted(parts, reverse=True), "newsletters", WHERE, parts, "a subject, then the preheader")
    answers.check(parts.count("subject") == 1, "newsletters", WHERE, parts, "it has one subject")
    headline = next(record for record in ledger["products"]["article"] if record["part"] == "headline")
    subject = next((record["text"] for record in records if record["part"] == "subject"), "")
    short = len(headline["text"]) > MOST["subject"] or subject == headline["text"]
    answers.check(short, "newsletters", WHERE, subject, f"the headline would fit: '{headline['text']}'")
    told = [
        {claim["name"] for record in records if record["part"] == part for claim in record["claims"]
         if claim["kind"] == "figure" and not SAYS_WHEN.fullmatch(claim["name"])}
        for part in MOST
    ]  # fmt: skip
    twice = sorted(told[0] & told[1])
    answers.check(not twice, "newsletters", WHERE, twice, "the preheader tells the subject's figures again")
