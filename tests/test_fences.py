"""What an editor can do wrong: `check` answers with every fault at once, and what it passes can be written."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.project import bundled_root
from generator.verbs.check import content_faults

from .small_publication import FRAGMENTS, copy_small, write_small, written

TEMPLATES = (bundled_root() / "templates",)
FILES = (
    "publication.yaml", "channels.yaml", "universe.yaml", "claims.yaml", "lexicon.yaml", "kinds/session.yaml", "sources/reserve.yaml",
    "readings.yaml",
    *(f"session/{name}.md" for name in FRAGMENTS),
)  # fmt: skip


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small publication as it stands."""
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture
def mine(small: Path, tmp_path: Path) -> Path:
    """A copy of it to do wrong in."""
    return copy_small(small, tmp_path / "mine")


def faults(root: Path) -> list[str]:
    return [str(fault) for fault in content_faults(root, TEMPLATES)[1]]


def change(root: Path, name: str, old: str, new: str) -> None:
    """One place of a file changed."""
    path = root / "content" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_small_publication_is_whole(small: Path) -> None:
    """It has no fault, and an issue is written of it."""
    publication, found = content_faults(small, TEMPLATES)
    assert found == []
    assert publication is not None
    assert "Russell" in written(publication)["article.md"]


MISTAKES = [
    # The eleven small mistakes that once ended in tracebacks, and the outline that passed and then crashed.
    ("kinds/session.yaml", "words: [40, 400]", "words: long", "session.yaml:2: 'words' should be a list"),
    ("kinds/session.yaml", "span: 3m", "span: many", "session.yaml:14: 'span' should be one of 1m, 3m, 6m, 1y; it is 'many'"),
    ("lexicon.yaml", "  1d: 1\n", "  1d: one\n", "lexicon.yaml:6: '1d' should be a number; it is 'one'"),
    ("lexicon.yaml", "at_least: 0.01", "at_least: little", "'at_least' should be a number; it is 'little'"),
    ("publication.yaml", "[smallcaps, Russell2000]", "5", "publication.yaml:9: 'hashtags' should be a list"),
    ("universe.yaml", "core: [small, sp500]", "core: 5", "universe.yaml:1: 'core' should be a list"),
    ("sources/reserve.yaml", "facts:\n", "facts: 5\nmore:\n", "'facts' should be a list"),
    ("claims.yaml", "rose: [rose, gained]", "rose: 5", "claims.yaml:2: 'rose' should be a list"),
    ("universe.yaml", "names: [energy]", "names: 7", "universe.yaml:5: 'names' should be a list"),
    ("kinds/session.yaml", "angle: angle", "angle: [angle]", "session.yaml:1: 'angle' should be text"),
    ("kinds/session.yaml", "angle: angle", "angle: nowhere", "no angle can be told from the folder 'nowhere'"),
    ("kinds/session.yaml", "[for, against]", "[for, nowhere]", "'nowhere' is not a part of this outline"),
    # Their like elsewhere.
    ("kinds/session.yaml", "[for, against]", "[]", "should have at least 2 entries"),
    ("kinds/session.yaml", "[for, against]", "[for]", "should have at least 2 entries"),
    ("kinds/session.yaml", "[for, against]", "[for, for]", "names two different parts"),
    ("kinds/session.yaml", "minimum: 1, maximum: 3", "minimum: 4, maximum: 3", "minimum is larger than maximum"),
    ("kinds/session.yaml", "words: [40, 400]", "words: [400, 40]", "the fewest first"),
    ("kinds/session.yaml", "rows: [small, sp500, energy]", "rows: [small, sp600]", "'sp600' is not a segment"),
    ("kinds/session.yaml", "rows: [small, sp500, energy]", "rows: [smal]", "Did you mean 'small'?"),
    ("kinds/session.yaml", "Day: return_1d", "Day: retrun_1d", "'retrun_1d' is a measure of none of the rows"),
    ("universe.yaml", "price: ^GSPC", "price: [a]", "universe.yaml:4: 'price' should be text"),
    ("universe.yaml", "price: ^GSPC", f"price: {'A' * 300}", "'price' is not a symbol"),
    ("universe.yaml", "price: ^GSPC", "price: ../../x", "'price' is not a symbol"),
    ("universe.yaml", "price: ^GSPC", "price: /etc/passwd", "'price' is not a symbol"),
    ("universe.yaml", "series: CPIAUCSL", "series: ../macro/x", "is not a symbol"),
    ("universe.yaml", "members: [apple, meta]", "members: [apple, pair]", "'pair' cannot be in a basket"),
    ("universe.yaml", "members: [apple, meta]", "members: [apple, met]", "has a member 'met'"),
    ("universe.yaml", "groups:\n", "groups: 5\nmore:\n", "'groups' should be a list"),
    ("universe.yaml", "releases:\n", "releases: [[]]\nmore:\n", "'releases' should be a list"),
    ("channels.yaml", "limit: 280", "limit: few", "'limit' should be a whole number"),
    ("channels.yaml", "counts: x", "counts: words", "'counts' should be one of x, utf16"),
    ("channels.yaml", "fills: 480", "fills: 99999", "'fills' is more than the limit, 63,206"),
    ("channels.yaml", "closing: [[tags, link]]", "closing: [[tags]]", "'closing' has no 'link'"),
    ("channels.yaml", "  facebook:", "  html:", "'html' is a form of the article"),
    ("channels.yaml", "facebook.txt:", "x.txt:", "'x.txt' is a file of x already"),
    ("channels.yaml", "facebook.txt:", "../x.txt:", "is not a file's name"),
    ("channels.yaml", "[news, other_side 1", "[other_side 1", "should begin with news, the day's story"),
    ("channels.yaml", "points 3", "point 3", "should be one of news, points, sides, other_side"),
    ("universe.yaml", "cashtag: $IWM", "told_from: 2020-12-21", "'small' cannot have 'told_from'"),
    ("universe.yaml", "members: [apple, meta]", "members: [apple, meta], told_from: 2020-12-21", "with the basket's members"),
    ("universe.yaml", "plural: true", "plural: maybe", "'plural' should be true or false"),
    ("universe.yaml", "kind: fund", "kind: fond", "'kind' should be one of index, fund"),
    ("universe.yaml", "names: [Meta]", "names: [true]", "should be text"),
    ("universe.yaml", "cashtag: $IWM", "cashtag: IWM", "should be a cashtag"),
    ("universe.yaml", "names: [energy]", "names: ['*|energy']", "means something to templates"),
    ("universe.yaml", "names: [energy]", "names: ['{energy}']", "holds a brace"),
    ("universe.yaml", "lasts: 8", "lasts: 1", "should be more than the lag, 1"),
    ("universe.yaml", "url: \"https://bureau.gov/cpi\"", "url: \"javascript:alert(1)\"", "should be a whole address"),
    ("readings.yaml", "small_return_1d", "small_retrun_1d", "readings.yaml:5: 'small_retrun_1d' is not a figure. Did you mean 'small_return_1d'?"),
    ("readings.yaml", "small_return_1d >= 0.3", "true", "readings.yaml:5: the rule of 'small_up' names no figure"),
    ("readings.yaml", "small_return_1d >= 0.3", "cpi > 3", "readings.yaml:5: 'cpi' is a published number"),
    ("readings.yaml", "sp500_return_1d", "small_return_1d", "readings.yaml:6: 'large_up' has the rule of 'small_up'"),
    ("readings.yaml", "good_day:", "small:", "readings.yaml:2: 'small' begins like the figures of 'small'"),
    ("readings.yaml", "good_day:", "week:", ""),
    ("readings.yaml", "      most_up: stocks_up_1d >= 2\n", "", "readings.yaml:4: 'signals' should have at least 5 entries"),
    ("readings.yaml", "says:", "say:", "readings.yaml:3: 'say' is not a setting of reading 'good_day'. Did you mean 'says'?"),
    ("readings.yaml", "readings:\n", "", ""),
    ("session/angle/up.md", "small_return_1d > 0 and", "good_day_four > 0 and", "'good_day_four' is not a figure."),
    ("session/angle/up.md", "small_return_1d > 0 and", "god_day_for > 0 and", "Did you mean 'good_day_for'?"),
    ("sources/reserve.yaml", "as_of: 1997-03-10", "as_of: 2024-02-30", "reserve.yaml:4: '2024-02-30' is not a date"),
    ("sources/reserve.yaml", "as_of: 1997-03-10", "as_of: 1997-03-10 10:00:00", "give the day alone"),
    ("sources/reserve.yaml", "as_of: 1997-03-10", "as_of: 9999-12-31", "is a day outside 1800 to 2200"),
    ("sources/reserve.yaml", "expires: 1997-04-10", "expires: 1997-03-10", "should be after 'as_of'"),
    ("sources/reserve.yaml", "upper: 5.50", "upper: true", "should be a number or a word; it is true"),
    ("sources/reserve.yaml", "upper: 5.50", "upper: .nan", "too large a number, or none"),
    ("sources/reserve.yaml", "key: reserve", "key: small", ""),
    ("sources/reserve.yaml", "url: https", "url: ftp", "should be a whole address"),
    ("sources/reserve.yaml", "key: reserve", "key: good_day", ""),
    ("lexicon.yaml", "  1d: 1\n", "  1d: 0\n", "should be more than 0"),
    ("session/angle/up.md", "weight: 1.5", "weigth: 1.5", "up.md:3: 'weigth' is not a setting of a fragment. Did you mean 'weight'?"),
    ("session/angle/up.md", "tone: opportunity", "tone: [a]", "up.md:5: 'tone' should be one of"),
    ("session/angle/up.md", "rose: small_return_1d > 0", "rose: [a]", "'rose' should be a rule"),
    ("session/angle/up.md", "small_return_1d > 0 and", "small_return_1d >= 1% and", "write no percent sign"),
    ("session/angle/up.md", "small_return_1d > 0 and", "small_return_1d = 1 and", "write == (two equal signs)"),
    ("session/angle/up.md", "small_return_1d > 0 and", "small_return_1d > 0 AND", "Write 'and' in small letters"),
    ("session/angle/up.md", "small_return_1d > 0 and", "small_return_1d >= 0,5 and", "a decimal point"),
    ("session/angle/up.md", "small_return_1d > 0 and", "small_return_1d ≥ 0 and", "Write >= for 'at least'"),
    ("session/angle/up.md", "== 'meta'", "== ‘meta’", "in straight quotes"),
    ("session/angle/up.md", "== 'meta'", "== 'mete'", "'mete' is never a value here"),
    ("session/angle/up.md", "small_return_1d > 0 and", f"{'small_return_1d + ' * 90} 1 > 0 and", "too many brackets or terms"),
    ("session/angle/up.md", "small_return_1d > 0 and", f"{'small_return_1d + ' * 900} 1 > 0 and", "more than 2,000 characters"),
    ("session/angle/up.md", "{{ small }} {{ small_return_1d | moved }};", "{{ smal }} rose;", "'smal' is no name here. Did you mean 'small'?"),
    ("session/angle/up.md", "{{ small_return_1d | move }}", "{{ small_return_1d | date }}", "is for dates"),
    ("session/angle/up.md", "{{ small_return_1d | move }}", "{{ small_return_1d | nth_of }}", "0 words in brackets and takes 1"),
    ("session/angle/up.md", "{{ weekday }}", "{{ weekday | moved }}", "is not for names"),
    ("session/angle/up.md", "{{ first_session | year }}", "{{ first_session | size }}", "is not for dates"),
    ("session/angle/up.md", "A better day", "A better day 日本 📈", "'日' (U+65E5) is in no font of the pages"),
    ("publication.yaml", "title: Kessler", "title: 📈 Kessler", "publication.yaml:1: '📈' (U+1F4C8) is in no font of the pages"),
    ("session/angle/always.md", "{{ sp500_level }} when", "{{ sp500_return_1d | updown }} when", ""),
    ("session/angle/always.md", "weight: 0.01", "when: small_return_1d > -99", "no angle can be told"),
    ("session/large/always.md", "weight: 0.05", "topic: level", "part 'large' may be left empty"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "says"), MISTAKES, ids=lambda value: str(value)[:24])
def test_a_mistake_is_told_where_it_stands(mine: Path, name: str, old: str, new: str, says: str) -> None:
    """One clear line with its file, for every mistake; no traceback, whatever was typed."""
    change(mine, name, old, new)
    found = faults(mine)
    if not says:
        return
    assert any(says in fault for fault in found), found
    assert all(fault.startswith("content/") for fault in found)


def test_a_fact_may_not_take_a_readings_name(mine: Path) -> None:
    """A rule that means the count would read the fact."""
    change(mine, "sources/reserve.yaml", "key: reserve", "key: good_day")
    change(mine, "sources/reserve.yaml", "upper: 5.50", "for: 5.50")
    assert any("'good_day_for' is the name of a figure; call the file's key" in fault for fault in faults(mine))


def test_a_faulty_signal_is_told_once(mine: Path) -> None:
    """And not again wherever its reading is named."""
    change(mine, "session/angle/up.md", "small_return_1d > 0 and", "good_day_for > 4 and")
    assert faults(mine) == []
    change(mine, "readings.yaml", "energy_return_1d", "enrgy_return_1d")
    assert faults(mine) == [
        "content/readings.yaml:7: 'enrgy_return_1d' is not a figure. Did you mean 'energy_return_1d'?"
    ]


def test_one_fault_does_not_hide_the_others(mine: Path) -> None:
    """A mistyped setting, a rule, a placeholder and a claim of one file, and a masthead, are told at once."""
    change(mine, "session/angle/up.md", "weight", "weigth")
    change(mine, "session/angle/up.md", "when: small_return_1d", "when: small_retrun_1d")
    change(mine, "session/angle/up.md", "{{ month_name }}", "{{ month_nmae }}")
    change(mine, "session/angle/up.md", "The next close decides.", "The next close is guaranteed.")
    change(mine, "publication.yaml", "byline:", "bylne:")
    found = "\n".join(faults(mine))
    for said in ("'weigth'", "'small_retrun_1d'", "'month_nmae'", "'guaranteed'", "'bylne'", "needs 'byline'"):
        assert said in found


def test_a_segment_taken_away_is_told_everywhere_at_once(mine: Path) -> None:
    """The outline's fault does not hide those of the sentences; and no other company is offered in its place."""
    change(mine, "universe.yaml", "  meta: {", "  mega: {")
    change(mine, "universe.yaml", "members: [apple, meta, energy]", "members: [apple, energy]")
    change(mine, "universe.yaml", "members: [apple, meta]", "members: [apple]")
    change(mine, "kinds/session.yaml", "[small, sp500, energy]", "[small, sp500, meta]")
    change(mine, "session/large/gap.md", "apple_return_1d", "meta_return_1d")
    found = "\n".join(faults(mine))
    assert "session.yaml:12: 'meta' is not a segment" in found
    assert "'meta_return_1d' is not a figure." in found
    assert "mega" not in found


def test_a_file_saved_by_windows_is_read(mine: Path) -> None:
    """A byte-order mark and CRLF are no part of the text."""
    for name in FILES:
        path = mine / "content" / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert faults(mine) == []


def test_nothing_is_read_that_stands_outside(mine: Path, tmp_path: Path) -> None:
    """Links out, pipes and devices in place of content are faults; none of them is opened."""
    (tmp_path / "secret.md").write_text(FRAGMENTS["large/always"])
    content = mine / "content"
    (content / "session" / "large" / "linked.md").symlink_to(tmp_path / "secret.md")
    os.mkfifo(content / "session" / "large" / "pipe.md")
    (content / "sources" / "zero.yaml").symlink_to("/dev/zero")
    (content / "claims.yaml").unlink()
    (content / "claims.yaml").symlink_to(tmp_path / "secret.md")
    found = "\n".join(faults(mine))
    for name in ("session/large/linked.md", "session/large/pipe.md", "sources/zero.yaml", "claims.yaml"):
        assert f"content/{name}: cannot be read: it " in found


def test_every_file_that_is_missing_or_empty_is_told(mine: Path) -> None:
    """Each with its name, all at once."""
    for name in FILES[:4]:
        (mine / "content" / name).unlink()
    assert {fault.partition(": ")[0] for fault in faults(mine)} >= {f"content/{name}" for name in FILES[:4]}
    for name in FILES[:4]:
        (mine / "content" / name).write_text("")
    assert len(faults(mine)) >= 3


# --- random damage ------------------------------------------------------------------------------

ODD = st.sampled_from(
    [
        None, True, False, 0, 1, -1, 2, 5, 1e308, -0.5, 10**30, "", " ", "x", "small", "sp500", "true", "no", "[", "{{ small }}", "a\nb",
        "日本", "é", "../../x", "^RUT", "x" * 3000, [], [1], ["small"], ["small", "sp500"], [[]], {}, {"a": 1}, {1: 2}, {"small": ["x"]},
        date(2024, 7, 11), date(1997, 3, 1), "small_return_1d > 0", "angle", "for", "*|x|*", "https://a.org/{date}/", "1d", "level",
    ]
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inside:
        yield (*path, key)
        yield from places(held, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """The YAML text with one or two of its values dropped, replaced, doubled or exchanged."""
    values = copy.deepcopy(yaml.safe_load(text))  # without its aliases, so that one change is one change
    for _ in range(draw(st.integers(1, 2))):
        paths = list(places(values))
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        holder, key = at(values, path[:-1]), path[-1]
        match draw(st.sampled_from(["drop", "replace", "replace", "exchange", "rename"])):
            case "drop":
                del holder[key]
            case "replace":
                holder[key] = draw(ODD)
            case "exchange":
                holder[key] = copy.deepcopy(at(values, draw(st.sampled_from(paths))))
            case "rename" if isinstance(holder, dict):
                holder[draw(st.sampled_from(["x", "small", "key", "when", 5, "a b", "tone"]))] = holder.pop(key)
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


@st.composite
def cut(draw: st.DrawFn, text: str) -> str:
    """The text with a run of characters gone, doubled, or replaced by odd signs."""
    start = draw(st.integers(0, len(text) - 1))
    run = text[start : start + draw(st.integers(1, 12))]
    instead = draw(
        st.sampled_from(["", run * 2, "\x00", "{{", "}}", "|", ":", "- ", "\t", "\ufeff", "'", "é", "---\n", "  "])
    )
    return text[:start] + instead + text[start + len(run) :]


def holds(root: Path) -> None:
    """`check` answers, and where it finds nothing an issue is written."""
    publication, found = content_faults(root, TEMPLATES)
    assert all(fault.where.startswith("content/") and "\n" not in fault.message for fault in found)
    if not found:
        assert publication is not None
        for text in written(publication).values():
            assert "{{" not in text


QUICK = settings(max_examples=12, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("name", FILES)
@QUICK
@given(data=st.data())
def test_whatever_is_damaged_is_told_or_does_no_harm(
    small: Path, tmp_path: Path, name: str, data: st.DataObject
) -> None:
    """Types exchanged, keys dropped, values replaced, letters lost: faults, or an issue; never anything else."""
    root = copy_small(small, tmp_path / "damaged")
    path = root / "content" / name
    text = path.read_text(encoding="utf-8")
    if name.endswith(".md"):
        _, head, body = text.split("---\n", 2)
        head = data.draw(st.just(head) | damaged(head or "weight: 1\n"))
        text = f"---\n{head}---\n{body}"
        text = data.draw(st.just(text) | cut(text))
    else:
        text = data.draw(damaged(text) | cut(text))
    path.write_text(text, encoding="utf-8")
    holds(root)


ODDITIES = (
    None, True, 0, -1, 1.5, 10**30, "", "x", "small", "a\nb", "{{ x }}", "日", "x" * 6000, [], [1], [[]], {}, {"a": 1}, {1: 2},
    date(2024, 7, 11),
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in FILES if name != "lexicon.yaml"])
def test_every_value_replaced_by_every_oddity_is_told_or_does_no_harm(small: Path, tmp_path: Path, name: str) -> None:
    """Each setting there is, with a value of every other type."""
    root = copy_small(small, tmp_path / "damaged")
    path = root / "content" / name
    text = path.read_text(encoding="utf-8")
    head, body = (text.split("---\n", 2)[1], text.split("---\n", 2)[2]) if name.endswith(".md") else (text, "")
    whole = yaml.safe_load(head)
    for place in places(whole):
        for oddity in ODDITIES:
            values = copy.deepcopy(whole)
            at(values, place[:-1])[place[-1]] = oddity
            dumped = yaml.safe_dump(values, sort_keys=False, allow_unicode=True)
            path.write_text(f"---\n{dumped}---\n{body}" if body else dumped, encoding="utf-8")
            holds(root)
