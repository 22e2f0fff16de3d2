"""An editor's choices: kept as data, the same page each time, proved by the second reader, told where they cannot be kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from generator.errors import ContentError
from generator.verbs.verify import verify_edition
from generator.verbs.write import write_edition
from tests.desk.conftest import ISSUE, Open


def place(desk: Open, key: str) -> dict[str, Any]:
    """A place of the page with its options."""
    told = desk.get("places", **ISSUE).json()
    found: dict[str, Any] = next(one for one in told["places"] if one["key"] == key or one["part"] == key)
    return {**found, "digest": told["digest"]}


def other_wording(of: dict[str, Any]) -> dict[str, Any]:
    """A choice of a wording that does not stand there."""
    option = next(one for one in of["options"] if one["part"] and not one["now"])
    return {
        **ISSUE,
        "part": of["part"],
        "fragment": option["fragment"],
        "of": option["part"],
        "says": option["says"],
        "digest": of["digest"],
    }


def page(desk: Open) -> str:
    return Path(desk.output / ISSUE["session"] / "session" / "article.html").read_text("utf-8")


def kept(desk: Open) -> Path:
    return desk.root / "content" / "choices" / f"{ISSUE['session']}-session.yaml"


def test_a_chosen_headline_stands_and_stays(desk: Open) -> None:
    """The chosen wording is kept by fragment and words; written again, the page is the same; the second reader proves it."""
    headline = place(desk, "headline")
    text = next(one["text"] for one in headline["options"] if not one["now"])
    assert text not in page(desk)
    assert desk.post("choose", other_wording(headline)).status_code == 200
    run = desk.ended()
    assert run["state"] == "done", run
    assert run["result"]["read"]["faults"] == []
    first = page(desk)
    assert desk.get("issue", **ISSUE).json()["lines"][0]["text"] == text
    told = yaml.safe_load(kept(desk).read_text("utf-8"))
    assert [(one["fragment"], one["part"]) for one in told["wordings"]] == [(headline["fragment"], "headline")]
    written = write_edition(desk.front.settings)
    assert page(desk) == first
    answers = verify_edition(written.folder, desk.front.settings)
    assert (answers.faults, answers.notices) == ([], [])
    ledger = orjson.loads((written.folder / "edition.json").read_bytes())
    assert ledger["choices"]["wordings"][0]["part"] == "headline"
    ledger["choices"]["wordings"][0]["says"] = "A close of {small_level} for small caps"
    (written.folder / "edition.json").write_bytes(orjson.dumps(ledger))
    answers = verify_edition(written.folder, desk.front.settings, reprint=False)
    assert any("content/choices has others" in str(one) for one in answers.faults)


@pytest.mark.long
def test_all_choices_can_be_taken_back(desk: Open) -> None:
    """Without a choice the file is gone, and the issue is byte for byte what rules and turns give."""
    before = page(desk)
    desk.post("choose", other_wording(place(desk, "headline")))
    desk.ended()
    assert page(desk) != before
    digest = desk.get("places", **ISSUE).json()["digest"]
    assert desk.post("choose", {**ISSUE, "digest": digest}).status_code == 200
    desk.ended()
    assert not kept(desk).exists()
    assert page(desk) == before


def test_another_case_takes_the_place_of_a_passage(desk: Open) -> None:
    """A case that is chosen speaks, the one in whose place it does is silent, and the ledger says why."""
    told = desk.get("places", **ISSUE).json()
    pairs = [
        (one, option)
        for one in told["places"]
        for option in one["options"]
        if one["key"] != "story" and not option["part"]
    ]
    assert pairs
    for one, option in pairs:
        choice = {
            **ISSUE,
            "part": one["part"],
            "fragment": option["fragment"],
            "instead": one["fragment"],
            "digest": told["digest"],
        }
        if desk.post("choose", choice).status_code == 200:
            break
    run = desk.ended()
    assert run["state"] == "done", run
    assert run["result"]["read"]["faults"] == []
    ledger = orjson.loads((desk.output / ISSUE["session"] / "session" / "edition.json").read_bytes())
    over = {item["fragment"]: item["outcome"] for item in ledger["fragments"]["passed over"]}
    assert over[one["fragment"]] == "an editor chose another in its place"
    assert option["fragment"] in [item["fragment"] for item in ledger["fragments"]["spoke"]]


@pytest.mark.long
def test_another_story_leads(desk: Open) -> None:
    """A story that is chosen leads though another is more newsworthy, and the second reader does not mind."""
    for day in range(13, 2, -1):  # a session on which another story can be told
        issue = {"kind": "session", "session": f"1997-03-{day:02}"}
        answer = desk.get("places", **issue)
        story = answer.json()["places"][0] if answer.status_code == 200 else {"key": ""}
        if story["key"] == "story":
            break
    other = next(one for one in story["options"] if not one["now"])
    choice = {**issue, "part": "story", "fragment": other["fragment"], "digest": answer.json()["digest"]}
    assert desk.post("choose", choice).status_code == 200
    run = desk.ended()
    assert run["result"]["read"]["faults"] == []
    lines = desk.get("issue", **issue).json()["lines"]
    assert lines[0]["fragment"] == other["fragment"] != story["fragment"]


@pytest.mark.long
def test_a_second_tab_does_not_choose_beside_the_first(desk: Open) -> None:
    """What was chosen elsewhere meanwhile is not overwritten."""
    headline = place(desk, "headline")
    desk.post("choose", other_wording(headline))
    desk.ended()
    answer = desk.post("choose", other_wording(headline))
    assert (answer.status_code, "meanwhile" in answer.json()["error"]) == (409, True)


@pytest.mark.parametrize(("changed", "why"), [
    ({"says": "Small caps doubled."}, "no such wording"), ({"fragment": "session/angle/nowhere"}, "no such wording"),
    ({"says": "", "part": "story", "fragment": "session/angle/nowhere"}, "there is no fragment"),
    ({"says": "", "part": "large", "fragment": "session/angle/nowhere"}, "there is no fragment"),
])  # fmt: skip
def test_what_cannot_be_said_is_refused_and_not_kept(desk: Open, changed: dict[str, str], why: str) -> None:
    """Words that no fragment has, and fragments that there are not, leave issue and content as they were."""
    before = page(desk)
    answer = desk.post("choose", {**other_wording(place(desk, "headline")), **changed})
    assert (answer.status_code, why in answer.json()["error"]) == (422, True), answer.json()
    assert not kept(desk).exists()
    assert page(desk) == before


def test_a_choice_whose_wording_was_changed_since_stops_the_issue_and_no_other(desk: Open) -> None:
    """A reworded line is not taken for the chosen one: the issue is refused with the file to mend, others are written."""
    desk.post("choose", other_wording(place(desk, "headline")))
    desk.ended()
    told = yaml.safe_load(kept(desk).read_text("utf-8"))
    told["wordings"][0]["says"] += " again"
    kept(desk).write_text(yaml.safe_dump(told), encoding="utf-8")
    with pytest.raises(ContentError, match=r"content/choices/1997-03-14-session.yaml: .* has no such wording any more"):
        write_edition(desk.front.settings)
    session = desk.front.settings.session
    assert session
    write_edition(replace(desk.front.settings, session=session.replace(day=13), formats=("x",)))
