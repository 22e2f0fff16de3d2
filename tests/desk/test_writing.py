"""An editor's own sentences and quotations: judged as they are typed, proved or answered for, and told as such."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson
import pytest

from generator.errors import ContentError
from generator.verbs.verify import verify_edition
from generator.verbs.write import write_edition
from tests.desk.conftest import ISSUE, Open

TRUE = {"part": "lead", "says": "{{ sp500 }} {{ sp500_return_1d | moved }} on {{ weekday }}."}
CLAIM = {"part": "lead", "says": "Traders spoke of a day that rose and went nowhere."}


def folder(desk: Open) -> Path:
    return desk.output / ISSUE["session"] / "session"


def judge(desk: Open, *sentences: dict[str, Any]) -> list[dict[str, Any]]:
    answer = desk.post("judge", {**ISSUE, "sentences": sentences})
    assert answer.status_code == 200, answer.json()
    found: list[dict[str, Any]] = answer.json()
    return found


def keep(desk: Open, *sentences: dict[str, Any]) -> Any:
    return desk.post("keep", {**ISSUE, "sentences": sentences, "digest": desk.get("own", **ISSUE).json()["digest"]})


def test_each_sentence_is_judged_by_itself(desk: Open) -> None:
    """A digit, a claim without proof, a banned word, an unknown figure: each is told at its own sentence."""
    told = judge(
        desk, TRUE, {"part": "lead", "says": "It lost 5% on the day."}, CLAIM,
        {"part": "lead", "says": "A soaring day."}, {"part": "lead", "says": "{{ energi_level }} is a level."},
    )  # fmt: skip
    assert told[0]["faults"] == []
    whys = ["no figure stands behind", "is a claim", "promises, exaggerates", "Did you mean"]
    assert [why in " ".join(one["faults"]) for why, one in zip(whys, told[1:], strict=True)] == [True] * 4
    assert "the s&p 500" in judge(desk, TRUE)[0]["text"].lower()


def test_beside_a_refused_number_stands_what_prices_bear_out(desk: Open) -> None:
    """`rose 99%` is refused; beside it stands the move there was, with its figures, which is taken as it is."""
    told = judge(desk, {"part": "lead", "says": "The S&P 500 rose 99% on the day."})[0]
    assert told["faults"]
    assert "S&P 500: " in told["truer"]["instead"][0]
    assert re.fullmatch(r"The S&P 500 (?:rose|fell) \d+% on the day\.", told["truer"]["text"])
    assert told["truer"]["says"] == "{{ sp500 }} {{ sp500_return_1d | moved }} on the day."
    assert judge(desk, {"part": "lead", "says": told["truer"]["says"]})[0]["faults"] == []
    assert [one["truer"] for one in judge(desk, CLAIM, TRUE)] == [None, None]


@pytest.mark.parametrize("says", ["It lost 5% on the day.", "A soaring day."])
def test_nobody_can_take_on_a_number_or_a_banned_word(desk: Open, says: str) -> None:
    """A name does not help a digit without a figure, nor a word that the house forbids."""
    answer = keep(desk, {"part": "lead", "says": says, "by": "Ann Kessler"})
    assert answer.status_code == 422
    assert not (desk.root / "content" / "own").exists() or not list((desk.root / "content" / "own").iterdir())


def test_an_unproved_sentence_keeps_the_issue_from_being_written(desk: Open) -> None:
    """Neither the desk nor `write` prints a claim that nothing proves and nobody answers for."""
    assert keep(desk, CLAIM).status_code == 422
    path = desk.root / "content" / "own" / f"{ISSUE['session']}-session.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\npart: lead\n---\n- {CLAIM['says']}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="'rose' is a claim"):
        write_edition(desk.front.settings)


def test_a_sentence_stands_in_the_issue_and_is_proved(desk: Open) -> None:
    """A sentence whose numbers are figures stands in its part, in the ledger with its claims, and is proved twice."""
    assert keep(desk, TRUE).status_code == 200
    run = desk.ended()
    assert run["state"] == "done", run
    assert run["result"]["read"]["faults"] == []
    lines = desk.get("issue", **ISSUE).json()["lines"]
    mine = next(one for one in lines if one["source"].startswith("content/own/"))
    assert (mine["part"], bool(mine["said"])) == ("lead", True)
    answers = verify_edition(folder(desk), desk.front.settings)
    assert (answers.faults, answers.notices) == ([], [])
    assert [one["says"] for one in desk.get("own", **ISSUE).json()["sentences"]] == [TRUE["says"]]
    assert keep(desk).status_code == 200
    desk.ended()
    assert not any(one["source"].startswith("content/own/") for one in desk.get("issue", **ISSUE).json()["lines"])


def test_page_and_ledger_say_who_answers_for_an_unproved_sentence(desk: Open) -> None:
    """A claim that a named person takes on is printed; page and ledger say so, and the second reader holds them to it."""
    assert keep(desk, {**CLAIM, "by": "Ann Kessler"}).status_code == 200
    run = desk.ended()
    assert run["state"] == "done", run
    assert run["result"]["read"]["faults"] == []
    told = "Ann Kessler answers for this sentence, which prices alone do not prove"
    assert told in (folder(desk) / "article.html").read_text("utf-8")
    ledger = orjson.loads((folder(desk) / "edition.json").read_bytes())
    mine = next(one for one in ledger["products"]["article"] if "taken_on_by" in one)
    assert (mine["text"], mine["taken_on_by"]) == (CLAIM["says"], "Ann Kessler")
    del mine["taken_on_by"]
    (folder(desk) / "edition.json").write_bytes(orjson.dumps(ledger))
    answers = verify_edition(folder(desk), desk.front.settings, reprint=False)
    assert any("'Ann Kessler' answers for it" in str(one) for one in answers.faults)


def test_two_tabs_do_not_overwrite_each_others_sentences(desk: Open) -> None:
    """Sentences that were kept elsewhere meanwhile are not overwritten."""
    seen = desk.get("own", **ISSUE).json()["digest"]
    assert keep(desk, TRUE).status_code == 200
    desk.ended()
    answer = desk.post("keep", {**ISSUE, "sentences": [], "digest": seen})
    assert (answer.status_code, "meanwhile" in answer.json()["error"]) == (409, True)


def test_a_figure_is_found_by_what_it_means(desk: Open) -> None:
    """Words of a description find figures with their values on the session, and the way they are usually told."""
    told = desk.get("figures", **ISSUE, search="S&P 500 price return one session").json()
    first = next(one for one in told["figures"] if one["name"] == "sp500_return_1d")
    assert first["filter"] == "moved"
    assert float(first["text"]) != 0


NOTE = {
    "topic": "why",
    "outlet": "The Gazette",
    "title": "A quiet day",
    "url": "https://gazette.example/quiet",
    "says": "put the day down to a holiday",
}


def test_a_quotation_goes_into_the_sources_of_the_day(desk: Open) -> None:
    """What an outlet said is kept with its address and day, beside what is there; what is wrong with it is told."""
    assert desk.post("note", {**ISSUE, **NOTE}).status_code == 200
    assert desk.ended()["state"] == "done"
    path = desk.root / "content" / "sources" / "day" / f"{ISSUE['session']}.yaml"
    first = path.read_text("utf-8")
    assert "put the day down to a holiday" in first
    twice = desk.post("note", {**ISSUE, **NOTE})
    assert (twice.status_code, "there is a note on 'why' already" in twice.json()["error"]) == (422, True)
    wrong = desk.post("note", {**ISSUE, **NOTE, "topic": "next", "url": "javascript:alert(1)"})
    assert wrong.status_code == 422
    assert path.read_text("utf-8") == first
    odds = {"of": "a cut in May", "tool": "the Exchange", "moment": "by noon", "chance": "84"}
    unlike = desk.post("note", {**ISSUE, **NOTE, **odds, "topic": "odds"})
    assert (unlike.status_code, "'says' cannot stand in a note on 'odds'" in unlike.json()["error"]) == (422, True)
    assert desk.post("note", {**ISSUE, **NOTE, **odds, "topic": "odds", "says": ""}).status_code == 200
    desk.ended()
    assert path.read_text("utf-8").startswith(first)
