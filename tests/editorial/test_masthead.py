"""The masthead: what would be printed wrong is a fault with its line, what was left from the example a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.masthead import gather_imprint
from generator.editorial.reminders import reminders

GOOD = {
    "title": "Kessler Brief",
    "byline": "By the desk",
    "place": "BOSTON",
    "url": "https://kessler.org/{date}/{edition}/",
    "disclosure": "By a program, from prices by {supplier} for {session}.",
    "risk": "No advice.",
    "call_to_action": "Read on.",
    "language": "en-US",
    "hashtags": "[smallcaps, Russell2000]",
    "notes": "[Moves are price returns.]",
}


NOBODYS = "{sender: A, address: letter@example.com, postal: B, unsubscribe: 'https://kessler.org/leave'}"


def read(tmp_path: Path, editions: int = 1, **changed: str):
    """The masthead with some settings changed."""
    settings = {**GOOD, **changed}
    text = "".join(f"{name}: {value}\n" for name, value in settings.items() if value)
    (tmp_path / "publication.yaml").write_text(text, encoding="utf-8")
    imprint, faults, _ = gather_imprint(tmp_path, editions)
    return imprint, [str(fault) for fault in faults]


def test_a_good_masthead_has_no_fault(tmp_path: Path) -> None:
    """And nothing to be reminded of."""
    imprint, faults = read(tmp_path)
    assert faults == []
    assert imprint is not None
    assert imprint.hashtags == ("smallcaps", "Russell2000")
    assert reminders(imprint) == ()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("hashtags", "smallcaps", "'hashtags' should be a list"),
        ("hashtags", "5", "'hashtags' should be a list"),
        ("hashtags", '["#Russell"]', "has a '#'"),
        ("hashtags", "[two words]", "cut by a network"),
        ("hashtags", "[Russell-2000]", "cut by a network"),
        ("hashtags", "['2000']", "needs a letter"),
        ("hashtags", "[2000]", "should be text"),
        ("hashtags", "[a, A]", "is there twice"),
        ("disclosure", "By {suplier}.", "'{suplier}' in 'disclosure' would be printed as it stands"),
        ("risk", '"{date}"', "nothing is filled in here"),
        ("title", '"{{ title }}"', "means something to templates"),
        ("title", '"{% x %}"', "means something to templates"),
        ("call_to_action", '"*|FNAME|*"', "means something to templates"),
        ("title", '"a\\nb"', "should stand on one line"),
        ("title", "x" * 300, "longer than 200"),
        ("title", "2024", "should be text"),
        ("title", "[a]", "should be text"),
        ("byline", "", "needs 'byline'"),
        ("url", "https://k.org/{year}/{date}/", "'{year}' in 'url'"),
        ("url", "kessler", "the whole address"),
        ("url", "/briefs/{date}/", "the whole address"),
        ("url", "ftp://k.org/{date}/", "the whole address"),
        ("url", "javascript:alert(1)//{date}/", "the whole address"),
        ("url", "https://k.org/", "needs {date} in its folder"),
        ("url", "https://k.org/brief/{date}.html", "needs {date} in its folder"),
        ("url", "https://user:pw@k.org/{date}/", "name of a user"),
        ("url", "https://k.org:port/{date}/", "not an address that can be read"),
        ("url", "https://[k/{date}/", "not an address that can be read"),
        ("language", "klingon", "a language tag for English"),
        ("language", "de-DE", "a language tag for English"),
        ("language", "en-QX", "a language tag for English"),
        ("language", "en_US", "a language tag for English"),
    ],
)
def test_what_would_be_printed_wrong_is_a_fault(tmp_path: Path, name: str, value: str, says: str) -> None:
    """Each with the line on which it stands."""
    _, faults = read(tmp_path, **{name: value})
    assert len(faults) == 1, faults
    assert says in faults[0]
    line = 1 if not value else list(GOOD).index(name) + 1
    assert faults[0].startswith(f"content/publication.yaml:{line}: ")


@pytest.mark.parametrize("language", ["en", "en-GB", "en-us", "en-Latn-AU", "en-001"])
def test_any_english_will_do(tmp_path: Path, language: str) -> None:
    """Language tags as BCP 47 has them."""
    assert read(tmp_path, language=language)[1] == []


def test_several_editions_need_addresses_of_their_own(tmp_path: Path) -> None:
    """Or one would stand where the other does."""
    _, faults = read(tmp_path, editions=2, url="https://k.org/{date}/")
    assert faults == [
        "content/publication.yaml:4: 'url' needs {edition} in its folder, as there is more than one edition."
    ]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": "Small Cap Ledger"}, "the title is the example's"),
        ({"url": "https://example.com/{date}/"}, "lead to example.com"),
        ({"url": "https://www.k.example/{date}/"}, "lead to www.k.example"),
        ({"url": "http://localhost:8000/{date}/"}, "lead to localhost"),
        ({"newsletter": NOBODYS}, "the newsletter is sent by letter@example.com"),
    ],
)
def test_what_is_left_from_the_example_is_a_note(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    """It is no fault, as the example has to work; and it is one line."""
    imprint, faults = read(tmp_path, **changed)
    assert faults == []
    assert imprint is not None
    (note,) = reminders(imprint)
    assert says in note
    assert "\n" not in note


LETTER = "\n  sender: Kessler Brief\n  address: letter@kessler.org\n  postal: 1 Main Street, Boston\n  unsubscribe: {}"


@pytest.mark.parametrize(
    "unsubscribe", ["https://kessler.org/leave?list=1", "mailto:letter@kessler.org", "mailto:a@k.org?subject=leave"]
)
def test_a_newsletter_says_who_sends_it(tmp_path: Path, unsubscribe: str) -> None:
    """And where a reader leaves it, on the web or by mail; without the key there is none."""
    imprint, faults = read(tmp_path, newsletter=LETTER.format(unsubscribe))
    assert faults == []
    assert imprint is not None
    assert imprint.newsletter is not None
    assert (imprint.newsletter.address, imprint.newsletter.unsubscribe) == ("letter@kessler.org", unsubscribe)
    imprint, _ = read(tmp_path)
    assert imprint is not None
    assert imprint.newsletter is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("address: letter@kessler.org", "address: letter", "should be an address of mail"),
        ("address: letter@kessler.org", "address: a@b.org, c@d.org", "should be an address of mail"),
        ("https://kessler.org/leave", "kessler.org/leave", "should be where a reader unsubscribes"),
        ("https://kessler.org/leave", '"javascript:alert(1)"', "should be where a reader unsubscribes"),
        ("https://kessler.org/leave", '"*|UNSUB|*"', "means something to templates"),
        ("https://kessler.org/leave", '"{{ UnsubscribeURL }}"', "means something to templates"),
        ("https://kessler.org/leave", "mailto:nobody", "should be where a reader unsubscribes"),
        ("\n  postal: 1 Main Street, Boston", "", "postal"),
        ("https://kessler.org/leave", "http://kessler.org/leave\n  one_click: true", "'one_click' asks for"),
        ("https://kessler.org/leave", "https://kessler.org/leave\n  onclick: true", "'onclick' is not a setting"),
    ],
)
def test_what_no_mail_program_could_use_is_a_fault(tmp_path: Path, old: str, new: str, says: str) -> None:
    """With its line, before a letter is sent."""
    text = LETTER.format("https://kessler.org/leave")
    assert old in text
    _, faults = read(tmp_path, newsletter=text.replace(old, new))
    assert any(says in fault for fault in faults), faults
