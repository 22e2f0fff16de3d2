"""A finished edition in; the same edition with one thing changed by hand out, in some seventy ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import orjson

from .places import places

Texts = dict[str, str]
Ledger = dict[str, Any]
Mutant = tuple[Texts, Ledger]
Kind = Callable[[Texts, Ledger, Random], Iterator[Mutant]]
KINDS: dict[str, Kind] = {}

PROSE = (
    "article.md",
    "article.html",
    "article.pdf",
    "x.txt",
    "x-thread.txt",
    "linkedin.txt",
    "facebook.txt",
    "card-alt.txt",
)
HIDDEN = re.compile(r"(?s)<(style|script|svg)\b.*?</\1>|<[^>]*>")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
OPPOSITES = {
    "rose": "fell", "fell": "rose", "gained": "lost", "lost": "gained", "added": "lost", "climbed": "dropped",
    "dropped": "climbed", "jumped": "slid", "slid": "jumped", "rallied": "sank", "surged": "tumbled",
    "tumbled": "surged", "soared": "plunged", "plunged": "soared", "advanced": "declined", "declined": "advanced",
    "edged up": "edged down", "ticked up": "ticked down", "gain": "loss", "loss": "gain", "rise": "fall", "fall": "rise",
}  # fmt: skip


def _copy(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value))


def kind(name: str) -> Callable[[Kind], Kind]:
    def keep(made: Kind) -> Kind:
        assert name not in KINDS
        KINDS[name] = made
        return made

    return keep


# --- one product's text ---------------------------------------------------------------------------


def in_texts(pattern: str, change: Callable[[str, Random], str], each: int = 2, only: tuple[str, ...] = PROSE) -> Kind:
    """Changes of what a pattern finds, `each` in every product that has it."""

    def made(texts: Texts, ledger: Ledger, random: Random) -> Iterator[Mutant]:
        for name in only:
            text = texts.get(name, "")
            found = [one for one in places(name, text, pattern, HIDDEN) if change(one[0], Random(0)) != one[0]]
            for one in random.sample(found, min(each, len(found))):
                changed = text[: one.start()] + change(one[0], random) + text[one.end() :]
                if changed != text:
                    yield {**texts, name: changed}, ledger

    return made


def _digit(text: str, random: Random) -> str:
    at = random.choice([i for i, letter in enumerate(text) if letter.isdigit()])
    return text[:at] + str((int(text[at]) + random.randint(1, 9)) % 10) + text[at + 1 :]


def _transposed(text: str, random: Random) -> str:
    pairs = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    at = random.choice(pairs) if pairs else 0
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if pairs else text


def _next(words: tuple[str, ...]) -> Callable[[str, Random], str]:
    def change(text: str, random: Random) -> str:
        found = words[(words.index(text.lower()) + 1) % len(words)] if text.lower() in words else text
        return found.capitalize() if text[:1].isupper() else found

    return change


def _proper(words: tuple[str, ...]) -> Callable[[str, Random], str]:
    return lambda text, random: words[(words.index(text) + 1) % len(words)]


def _swap(pairs: dict[str, str]) -> tuple[str, Callable[[str, Random], str]]:
    both = {**pairs, **{other: one for one, other in pairs.items() if other not in pairs}}
    return (
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(both, key=len, reverse=True)))})(?![\w-])",
        lambda text, _: both[text],
    )


NUMBER = r"(?<![\w/.-])\d[\d,]*\.?\d*(?=[% .;,]|$)"
KINDS["one digit"] = in_texts(NUMBER, _digit, 6)
KINDS["a transposed pair of digits"] = in_texts(r"\d+\.\d\d", _transposed, 3)
KINDS["a digit dropped"] = in_texts(r"\d+\.\d\d", lambda text, _: text[:-1], 2)
KINDS["a digit added"] = in_texts(r"\d+\.\d\d", lambda text, _: f"{text}5", 2)
KINDS["ten times as much"] = in_texts(r"(?<![\d,.])\d\.\d\d?(?=%)", lambda text, _: text.replace(".", ""), 2)
KINDS["percent for points"] = in_texts(
    r"\d(?:%| percentage points?| points?)", lambda t, _: f"{t[0]} points" if "%" in t else f"{t[0]}%", 2
)
KINDS["a sign"] = in_texts(r"[+\u2212-](?=\d+\.\d)", lambda text, _: "\u2212" if text == "+" else "+", 2)
KINDS["a verb for its opposite"] = in_texts(*_swap(OPPOSITES), 3)
KINDS["up for down"] = in_texts(*_swap({"up": "down"}), 2)
KINDS["higher for lower"] = in_texts(
    *_swap({"higher": "lower", "highest": "lowest", "best": "worst", "above": "below"}), 2
)
KINDS["outpaced for lagged"] = in_texts(
    *_swap(
        {
            "outpaced": "lagged",
            "led": "trailed",
            "ahead of": "behind",
            "ahead": "behind",
            "beat": "trailed",
            "outran": "trailed",
            "outdid": "trailed",
        }
    ),
    3,
)
KINDS["record for high"] = in_texts(*_swap({"record": "high", "records": "highs"}), 3)
KINDS["week for month"] = in_texts(
    *_swap({"week": "month", "weeks": "months", "quarter": "year", "month’s": "year’s"}), 3
)
KINDS["session for year"] = in_texts(*_swap({"session": "year", "sessions": "years"}), 2)
KINDS["a weekday"] = in_texts("|".join(WEEKDAYS), _proper(WEEKDAYS), 2)
KINDS["a month"] = in_texts(
    r"(?:January|February|April|June|July|August|September|October|November|December)", _proper(MONTHS), 2
)
KINDS["a date by a day"] = in_texts(r"(?<=[a-z] )\d{1,2}(?=, \d{4}|\. )", lambda text, _: str(int(text) + 1), 2)
KINDS["a year"] = in_texts(r"(?<!\d)(?:19|20)\d\d(?!\d)", lambda text, _: str(int(text) - 1), 2)
KINDS["a count in words"] = in_texts(rf"(?<![\w-])(?:{'|'.join(COUNTS)})(?![\w-])", _next(COUNTS), 2)
KINDS["an ordinal"] = in_texts(rf"(?<![\w-])(?:{'|'.join(ORDINALS)})(?![\w])", _next(ORDINALS), 2)
KINDS["a name for another"] = in_texts(
    *_swap(
        {
            "Russell 2000": "S&P 500",
            "Nasdaq": "Dow",
            "small caps": "large caps",
            "Small caps": "Large caps",
            "value": "growth",
        }
    ),
    3,
)
KINDS["most for every"] = in_texts(
    *_swap({"most": "every", "all": "half", "only": "hardly", "never": "often", "every": "some"}), 2
)
KINDS["since for before"] = in_texts(*_swap({"since": "before", "after": "before"}), 2)
KINDS["a denial"] = in_texts(r"(?<= )(?:is|was|has|had|were)(?= )", lambda text, _: f"{text} not", 2)
KINDS["a hedge taken out"] = in_texts(r" (?:not|no|nearly|still|though|at least)(?= )", lambda text, _: "", 2)
KINDS["a sentence added"] = in_texts(
    r"(?<=[a-z]\. )(?=[A-Z])",
    lambda text, _: "Small caps led the way higher. ",
    1,
    ("article.md", "article.html", "x.txt", "x-thread.txt", "linkedin.txt", "facebook.txt"),
)
KINDS["a sentence added without a claim"] = in_texts(
    r"(?<=[a-z]\. )(?=[A-Z])", lambda text, _: "Traders were pleased. ", 1
)
KINDS["a sentence removed"] = in_texts(r"(?<=\. )[A-Z][^.<>|\n\0]{20,}\.(?= )", lambda text, _: "", 2)
KINDS["a cause given"] = in_texts(r"(?<=[a-z])\.(?= [A-Z])", lambda text, _: " on hopes of lower rates.", 1)
KINDS["advice given"] = in_texts(r"(?<=[a-z])\.(?= [A-Z])", lambda text, _: ", and it will rise.", 1)
KINDS["the simulation kept quiet"] = in_texts(r"(?:> )?(?:\*\*)?(?<!\w)Simulated market\.", lambda text, _: "", 1)
KINDS["the supplier"] = in_texts("supplied by", lambda text, _: "supplied by Reuters and", 1)
KINDS["the disclosure"] = in_texts("not advice to buy", lambda text, _: "advice to buy", 1)
KINDS["front matter"] = in_texts(
    r"(?m)^(?:title|description|date|slug|image_alt|simulated|author): .+$",
    lambda text, random: (
        _digit(text, random)
        if re.search(r"\d", text)
        else f"{text} today"
        if "true" not in text
        else "simulated: false"
    ),
    7,
    ("article.md",),
)
KINDS["an axis"] = in_texts(r"(?m)^(?:80|90|100|110|120|140)$", lambda text, _: str(int(text) + 5), 1, ("article.pdf",))


# --- parts of Markdown and HTML ---------------------------------------------------------------------


def in_file(name: str, pattern: str, change: Callable[[str, Random], str], each: int = 4) -> Kind:
    """Changes of what a pattern finds anywhere in one file."""

    def made(texts: Texts, ledger: Ledger, random: Random) -> Iterator[Mutant]:
        found = list(re.finditer(pattern, texts.get(name, "")))
        for one in random.sample(found, min(each, len(found))):
            changed = texts[name][: one.start()] + change(one[0], random) + texts[name][one.end() :]
            if changed != texts[name]:
                yield {**texts, name: changed}, ledger

    return made


KINDS["a cell of the table"] = in_file("article.md", r"(?m)(?<=\| )[+\u2212]?[\d,]+\.\d\d(?= \|)", _digit, 6)
KINDS["a sign in the table"] = in_file(
    "article.md", r"(?<=\| )[+\u2212](?=\d)", lambda text, _: "\u2212" if text == "+" else "+"
)
KINDS["a row of the table removed"] = in_file("article.md", r"(?m)^\| (?:S&P|Nasdaq|Dow|Micro).*\n", lambda text, _: "")
KINDS["a row's name"] = in_file("article.md", r"(?m)^\| Nasdaq|^\| S&P 500(?= \|)", lambda text, _: "| Dow Jones")
KINDS["the mark of total return"] = in_file("article.md", r"\*(?= \|)", lambda text, _: "")
KINDS["a heading of the table"] = in_file("article.md", r"\| This week \|", lambda text, _: "| This month |")
KINDS["a cell of the page"] = in_file("article.html", r"(?<=>)[+\u2212][\d.]+(?=<span)", _digit)
KINDS["a picture's description"] = in_file(
    "article.md",
    r"(?<=ends at )[\d.]+\d|(?<=% and )[A-Z]\w+|\d\.\d\d(?=%[,.])",
    lambda text, random: _digit(text, random) if text[0].isdigit() else "Gold",
    4,
)
KINDS["a value for machines"] = in_file("article.html", r'(?<=value=")-?\d+\.\d+(?=")', _digit, 6)
KINDS["a derivation"] = in_file("article.html", r"(?<=\^GSPC )[\d,.]+\d|(?<=\^RUT )[\d,.]+\d", _digit, 6)
KINDS["a derivation's words"] = in_file("article.html", "divided by(?= the close)", lambda text, _: "multiplied by", 3)
KINDS["a day in a derivation"] = in_file("article.html", r"(?<= on )\d{4}-\d\d-\d\d(?=[;.])", _digit, 3)
KINDS["a bar's number"] = in_file("article.html", r"(?<=>)[+\u2212]\d+\.\d\d%(?=</text>)", _digit)
KINDS["a chart's description in the page"] = in_file("article.html", r"(?<=ends at )\d+\.\d\d", _digit)
KINDS["a mark of an axis"] = in_file("article.html", r"(?<=>)\d{2,3}(?=</text>)", lambda text, _: str(int(text) + 7))
KINDS["what a page tells machines"] = in_file(
    "article.html",
    r'(?:og:title|og:description|twitter:title|name="description")" content="[^"]+',
    lambda text, _: f"{text} today",
)
KINDS["structured data"] = in_file(
    "article.html", r'"(?:headline|description|datePublished)": ?"[^"]+', lambda text, _: f"{text}1", 3
)
KINDS["a source removed"] = in_file("article.md", r"(?m)^\[\^\d\]: .*$", lambda text, _: "")
KINDS["a source changed"] = in_file("article.md", r"Federal Reserve, FOMC", lambda text, _: "European Central Bank,")
KINDS["a citation removed"] = in_file("article.md", r"\[\^1\](?!:)", lambda text, _: "")
KINDS["a citation of nothing"] = in_file("article.md", r"(?<=[a-z]\.)(?= )", lambda text, _: "[^99]", 1)
KINDS["a source of the page"] = in_file(
    "article.html", r"Federal Reserve, FOMC statement(?=<)", lambda text, _: "A friend"
)
KINDS["a post's place in the thread"] = in_file("x-thread.txt", r"\n---\n", lambda text, _: "", 2)
KINDS["two posts exchanged"] = in_file(
    "x-thread.txt", r"(?s)\A.*\Z", lambda text, _: "\n---\n".join(reversed(text.split("\n---\n"))), 1
)


# --- the ledger -------------------------------------------------------------------------------------


def in_ledger(
    pick: Callable[[Ledger], list[tuple[Any, Any]]], change: Callable[[Any, Random], Any], each: int = 4
) -> Kind:
    """Changes of what `pick` finds: (container, key) pairs of a copy."""

    def made(texts: Texts, ledger: Ledger, random: Random) -> Iterator[Mutant]:
        spots = range(len(pick(ledger)))
        for number in random.sample(spots, min(each, len(spots))):
            copy = _copy(ledger)
            holder, key = pick(copy)[number]
            before = _copy(holder[key])
            holder[key] = change(holder[key], random)
            if holder[key] != before:
                yield texts, copy

    return made


def figures(field: str, test: Callable[[Any], bool] = lambda value: True) -> Callable[[Ledger], list[tuple[Any, Any]]]:
    return lambda ledger: [(one, field) for one in ledger["figures"].values() if test(one[field])]


def inputs(field: str) -> Callable[[Ledger], list[tuple[Any, Any]]]:
    return lambda ledger: [(item, field) for one in ledger["figures"].values() for item in one["inputs"][:6]]


def sentences(ledger: Ledger) -> list[Any]:
    return [record for said in ledger["products"].values() for record in said]


def claims(ledger: Ledger, *kinds: str) -> list[Any]:
    return [one for record in sentences(ledger) for one in record["claims"] if one["kind"] in kinds]


def weighed(ledger: Ledger) -> list[Any]:
    return [*ledger["fragments"]["spoke"], *ledger["fragments"]["passed over"]]


def is_float(value: Any) -> bool:
    return isinstance(value, float) and value != 0


def _day(text: str, random: Random) -> str:
    return (date.fromisoformat(text) + timedelta(days=random.choice([-7, -1, 1, 7]))).isoformat()


KINDS["a figure's value"] = in_ledger(figures("value", is_float), lambda value, _: value * 1.0001, 8)
KINDS["a figure's value by a billionth part"] = in_ledger(
    figures("value", is_float), lambda value, _: value * (1 + 1e-8)
)
KINDS["a figure's sign"] = in_ledger(figures("value", is_float), lambda value, _: -value)
KINDS["a figure's printed number"] = in_ledger(figures("printed"), lambda value, _: round(value + 0.01, 2), 8)
KINDS["a figure's unit"] = in_ledger(
    figures("unit"), lambda unit, _: "percent" if unit != "percent" else "percentage points"
)
KINDS["a figure's basis"] = in_ledger(
    figures("basis"), lambda basis, _: "total return" if basis != "total return" else "price return"
)
KINDS["a figure's formula"] = in_ledger(
    figures("formula", lambda text: "close" in text), lambda text, _: text.replace("close", "open", 1), 6
)
KINDS["a figure's label"] = in_ledger(figures("label"), lambda text, _: f"{text} or so")
KINDS["a figure's horizon in words"] = in_ledger(
    figures("label", lambda text: "session" in text), lambda text, _: text.replace("session", "week", 1)
)
KINDS["an input close"] = in_ledger(inputs("value"), lambda value, _: round(value + 0.01, 6), 12)
KINDS["an input's session"] = in_ledger(inputs("session"), _day, 8)
KINDS["an input's symbol"] = in_ledger(inputs("symbol"), lambda symbol, _: "^GSPC" if symbol != "^GSPC" else "^RUT", 6)
KINDS["an input's field"] = in_ledger(inputs("field"), lambda field, _: "open")
KINDS["an input removed"] = in_ledger(figures("inputs", bool), lambda items, _: items[1:], 6)
KINDS["an input added"] = in_ledger(figures("inputs", bool), lambda items, _: [*items, {**items[0], "symbol": "IWM"}])
KINDS["a figure renamed"] = in_ledger(
    lambda ledger: [(ledger, "figures")],
    lambda found, _: {("x_" if i == 3 else "") + name: one for i, (name, one) in enumerate(found.items())},
    1,
)
KINDS["a figure removed"] = in_ledger(
    lambda ledger: [(ledger, "figures")],
    lambda found, random: dict(random.sample(sorted(found.items()), len(found) - 1)),
    1,
)
KINDS["a figure that nobody states"] = in_ledger(
    lambda ledger: [(ledger, "figures")], lambda found, _: {**found, "gold_level": next(iter(found.values()))}, 1
)
KINDS["a claim's text"] = in_ledger(
    lambda ledger: [(one, "text") for one in claims(ledger, "figure") if re.search(r"\d", one["text"])], _digit, 10
)
KINDS["a claim's figure"] = in_ledger(
    lambda ledger: [(one, "name") for one in claims(ledger, "figure", "word")],
    lambda name, _: (
        name.replace("small", "sp500")
        if "small" in name
        else name.replace("1d", "5d")
        if "1d" in name
        else "small_level"
    ),
    8,
)
KINDS["a claim's kind"] = in_ledger(
    lambda ledger: [(one, "kind") for one in claims(ledger, "figure")], lambda _, __: "term", 3
)
KINDS["a claim removed"] = in_ledger(
    lambda ledger: [(one, "claims") for one in sentences(ledger) if one["claims"]], lambda found, _: found[1:], 6
)
KINDS["a claim's own past"] = in_ledger(
    lambda ledger: [(one, "value") for one in claims(ledger, "rule")],
    lambda value, random: _day(value, random) if isinstance(value, str) else value + 1,
)
KINDS["a fact's line"] = in_ledger(
    lambda ledger: [(one, "source") for one in claims(ledger, "fact", "rule")], lambda text, _: f"{text}1"
)
KINDS["a sentence of the ledger"] = in_ledger(
    lambda ledger: [(one, "text") for one in sentences(ledger)], lambda text, _: text.replace(" ", " quite ", 1), 6
)
KINDS["a sentence's wording"] = in_ledger(
    lambda ledger: [(one, "source") for one in sentences(ledger)],
    lambda text, _: re.sub(r"\d+$", lambda found: str(int(found[0]) + 1), f"{text}"),
    6,
)
KINDS["a sentence's part"] = in_ledger(
    lambda ledger: [(one, "part") for one in sentences(ledger)],
    lambda part, _: "post 1" if part == "post 2" else "lead" if part != "lead" else "takeaways",
    6,
)
KINDS["a post's number"] = in_ledger(
    lambda ledger: [(one, "part") for one in ledger["products"]["x-thread"] if one["part"] != "post"],
    lambda part, _: f"post {int(part.split()[1]) + 1}",
)
KINDS["a sentence struck from the ledger"] = in_ledger(
    lambda ledger: [(ledger["products"], name) for name in ledger["products"]],
    lambda found, random: [one for i, one in enumerate(found) if i != len(found) // 2],
    5,
)
KINDS["two sentences exchanged"] = in_ledger(
    lambda ledger: [(ledger["products"], "article")],
    lambda found, _: [*found[:2], found[-2], *found[3:-2], found[2], *found[-1:]],
    1,
)
KINDS["a cell of the ledger's table"] = in_ledger(
    lambda ledger: [(cell, "text") for row in ledger["table"].values() for cell in row.values() if cell], _digit, 6
)
KINDS["a cell's figure"] = in_ledger(
    lambda ledger: [(cell, "name") for row in ledger["table"].values() for cell in row.values() if cell],
    lambda name, _: name.replace("return_", "total_return_") if "return_" in name else name.replace("level", "high_1y"),
)
KINDS["a cell emptied"] = in_ledger(
    lambda ledger: [(row, key) for row in ledger["table"].values() for key in row if row[key]], lambda _, __: None
)
KINDS["how often a rule has held"] = in_ledger(
    lambda ledger: [(one, "times_before") for one in weighed(ledger)], lambda value, _: value + 1, 6
)
KINDS["when a rule last held"] = in_ledger(
    lambda ledger: [(one, "last_time") for one in weighed(ledger) if one["last_time"]], _day, 6
)
KINDS["how rare a rule is"] = in_ledger(
    lambda ledger: [(one, "surprisal_bits") for one in weighed(ledger)], lambda value, _: value + 0.001, 6
)
KINDS["a fragment's part"] = in_ledger(
    lambda ledger: [(one, "slot") for one in weighed(ledger)], lambda slot, _: "tape" if slot != "tape" else "lead"
)
KINDS["a fragment's outcome"] = in_ledger(
    lambda ledger: [(one, "outcome") for one in weighed(ledger)],
    lambda text, _: "spoke" if text != "spoke" else "others of its part were more newsworthy",
)
KINDS["a fragment not weighed"] = in_ledger(
    lambda ledger: [(ledger["fragments"], name) for name in ledger["fragments"]], lambda found, random: found[1:], 2
)
KINDS["a fragment weighed twice"] = in_ledger(
    lambda ledger: [(ledger["fragments"], "passed over")], lambda found, _: [*found, found[0]], 1
)
KINDS["the angle"] = in_ledger(lambda ledger: [(ledger, "angle")], lambda _, __: "session/angle/dull-unmoved-2", 1)
KINDS["the session"] = in_ledger(lambda ledger: [(ledger, "session")], _day, 1)
KINDS["the disclosure of the ledger"] = in_ledger(
    lambda ledger: [(ledger, "disclosure")], lambda text, _: text.replace("by rule", "by hand"), 1
)
KINDS["the market's record"] = in_ledger(
    lambda ledger: [
        (ledger["market"], key) for key in ("source", "supplier", "simulated", "first_session", "sessions")
    ],
    lambda value, _: not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}0",
    5,
)
KINDS["what is held of a symbol"] = in_ledger(
    lambda ledger: [
        (field, key)
        for one in ledger["market"]["symbols"].values()
        for name, field in one.items()
        if name != "origin"
        for key in field
    ],
    lambda value, _: f"{value}0" if isinstance(value, str) else value + 1,
    6,
)
KINDS["a symbol left out"] = in_ledger(
    lambda ledger: [(ledger["market"], "symbols")],
    lambda found, _: {name: one for name, one in found.items() if name != "^RUT"},
    1,
)
KINDS["a symbol said to be missing"] = in_ledger(
    lambda ledger: [(ledger["market"], "omitted")], lambda found, _: {**found, "^RUT": "no close"}, 1
)
KINDS["where a line ends"] = in_ledger(
    lambda ledger: [(one, "rebased_to_100") for one in ledger["card"]["lines"]], lambda value, _: round(value + 0.01, 2)
)
KINDS["where a line begins"] = in_ledger(lambda ledger: [(one, "from") for one in ledger["card"]["lines"]], _day)
KINDS["the card's words"] = in_ledger(lambda ledger: [(ledger["card"], "alt_text")], _digit, 2)
KINDS["a fact's record"] = in_ledger(
    lambda ledger: [(one, key) for one in ledger["facts"].values() for key in one], lambda text, _: f"{text}1", 6
)
KINDS["a fact removed"] = in_ledger(lambda ledger: [(ledger, "facts")], lambda found, _: {}, 1)


def base_rates(*keys: str) -> Callable[[Ledger], list[tuple[Any, Any]]]:
    return lambda ledger: [(one, key) for one in ledger["base_rates"].values() for key in keys]


KINDS["what followed, in full"] = in_ledger(base_rates("value"), lambda value, _: value * 1.0001 + 1e-6)
KINDS["what followed, as printed"] = in_ledger(base_rates("printed"), lambda value, _: value + 1)
KINDS["how many windows there were"] = in_ledger(base_rates("windows"), lambda value, _: value + 1)
KINDS["when the windows were"] = in_ledger(base_rates("first", "last", "complete"), _day, 6)
KINDS["what was counted"] = in_ledger(base_rates("formula"), lambda text, _: text.replace("session", "day"))
KINDS["which situation was counted"] = in_ledger(base_rates("rule"), lambda text, _: f"{text} and half_day")
KINDS["a base rate renamed"] = in_ledger(
    lambda ledger: [(ledger, "base_rates")],
    lambda found, _: {name.replace("followed_", "all_"): one for name, one in found.items()},
    1,
)
KINDS["a base rate removed"] = in_ledger(
    lambda ledger: [(ledger, "base_rates")], lambda found, _: dict(list(found.items())[1:]), 1
)
KINDS["a base rate that nobody states"] = in_ledger(
    lambda ledger: [(ledger, "base_rates")],
    lambda found, _: {**found, **{f"{name}x": one for name, one in list(found.items())[:1]}},
    1,
)
KINDS["what is claimed to have followed"] = in_ledger(
    lambda ledger: [(one, "value") for one in claims(ledger, "rule") if "followed_" in one["name"]],
    lambda value, _: value + 0.01,
)


# --- releases ---------------------------------------------------------------------------------------


def of_releases(ledger: Ledger) -> list[Any]:
    """The records of figures that are made of observations."""
    return [one for one in ledger["figures"].values() if "source" in one]


def released(ledger: Ledger) -> list[Any]:
    """The claims that state such a figure."""
    return [one for one in claims(ledger, "figure", "word") if "source" in one]


def backdrop(record: Any) -> bool:
    return any(one["kind"] == "figure" and "source" in one for one in record["claims"])


def _elsewhere(text: str, _: Random) -> str:
    return f"{text}x"


KINDS["an observation"] = in_ledger(
    lambda ledger: [(item, "value") for one in of_releases(ledger) for item in one["inputs"]],
    lambda value, _: round(value * 1.001 + 0.01, 2),
    2,
)
KINDS["the day of an observation"] = in_ledger(
    lambda ledger: [(item, "session") for one in of_releases(ledger) for item in one["inputs"]], _day, 2
)
KINDS["the series of an observation"] = in_ledger(
    lambda ledger: [(item, "symbol") for one in of_releases(ledger) for item in one["inputs"]],
    lambda name, _: "PAYEMS" if name != "PAYEMS" else "UNRATE",
    2,
)
KINDS["a release's source"] = in_ledger(lambda ledger: [(one, "source") for one in of_releases(ledger)], _elsewhere, 2)
KINDS["a release's formula"] = in_ledger(
    lambda ledger: [(one, "formula") for one in of_releases(ledger)], lambda text, _: f"{text} or so", 2
)
KINDS["what a release's figure cites"] = in_ledger(
    lambda ledger: [(one, "source") for one in released(ledger)], _elsewhere, 2
)
KINDS["another release cited"] = in_ledger(
    lambda ledger: [(one, "source") for one in released(ledger)],
    lambda text, _: "release cpi" if text != "release cpi" else "release payrolls",
    2,
)
KINDS["where a series came from"] = in_ledger(
    lambda ledger: [(ledger["market"]["series"], key) for key in ledger["market"]["series"]], lambda text, _: f"{text}1"
)
KINDS["a series left out"] = in_ledger(
    lambda ledger: [(ledger["market"], "series")], lambda found, _: dict(list(found.items())[1:]), 1
)
KINDS["the office in a list of sources"] = in_texts(
    r"U\.S\. Bureau of (?:Labor Statistics|Economic Analysis)|ICE BofA US", lambda text, _: "Bureau of Guesses", 2
)
KINDS["the series in a list of sources"] = in_texts(r"(?<=FRED series )[A-Z0-9]+", lambda text, _: f"{text}X", 2)
KINDS["the day observed in a list of sources"] = in_texts(r"(?<=observation of )\d{4}-\d\d-\d\d", _day, 3)
KINDS["an observation said to be published"] = in_texts("observation of", lambda _, __: "published", 2)


# --- the ledger and every product alike: a forger who is thorough -----------------------------------


def everywhere(change: Callable[[Any, Random], tuple[str, str] | None], each: int = 8) -> Kind:
    """One claim's text changed in the ledger, in its sentence and in every product that has the sentence."""

    def made(texts: Texts, ledger: Ledger, random: Random) -> Iterator[Mutant]:
        numbers = [i for i, record in enumerate(sentences(ledger)) if change(record, Random(0))]
        for number in random.sample(numbers, min(each, len(numbers))):
            copy = _copy(ledger)
            record = sentences(copy)[number]
            found = change(record, random)
            assert found
            before, after = record["text"], record["text"].replace(*found, 1)
            for other in sentences(copy):
                if other["text"] == before:
                    other["text"] = after
                    for claim in other["claims"]:
                        if claim["text"] == found[0]:
                            claim["text"] = found[1]
                            break
            yield {name: text.replace(before, after) for name, text in texts.items()}, copy

    return made


def _number_of(record: Any, random: Random) -> tuple[str, str] | None:
    found = [one["text"] for one in record["claims"] if one["kind"] != "name" and re.search(r"\d", one["text"])]
    if not found:
        return None
    text = random.choice(found)
    return text, _digit(text, random)


def _verb_of(record: Any, random: Random) -> tuple[str, str] | None:
    found = [one["text"] for one in record["claims"] if one["kind"] == "word" and one["text"] in OPPOSITES]
    return (found[0], OPPOSITES[found[0]]) if found else None


def _stronger(record: Any, random: Random) -> tuple[str, str] | None:
    verbs = {
        "rose": "soared",
        "fell": "plunged",
        "gained": "surged",
        "lost": "plunged",
        "slipped": "plunged",
        "added": "soared",
        "edged up": "soared",
        "climbed": "soared",
        "dropped": "plunged",
        "declined": "plummeted",
        "jumped": "inched up",
        "soared": "rose",
        "tumbled": "slipped",
        "plunged": "slipped",
        "surged": "inched up",
    }
    found = [one["text"] for one in record["claims"] if one["kind"] == "word" and one["text"] in verbs]
    return (found[0], verbs[found[0]]) if found else None


def _claim_word_of(record: Any, random: Random) -> tuple[str, str] | None:
    words = {
        "record": "high",
        "highest": "lowest",
        "outpaced": "lagged",
        "behind": "ahead of",
        "ahead of": "behind",
        "best": "worst",
        "week": "month",
        "since": "before",
        "every": "hardly any",
        "all": "no",
        "first": "last",
    }
    found = [word for word in words if f" {word} " in record["text"]]
    return (f" {found[0]} ", f" {words[found[0]]} ") if found else None


def _name_of(record: Any, random: Random) -> tuple[str, str] | None:
    names = {
        "the Russell 2000": "the S&P 500",
        "The Russell 2000": "The S&P 500",
        "the S&P 500": "the Nasdaq",
        "The S&P 500": "The Dow",
    }
    found = [one["text"] for one in record["claims"] if one["text"] in names]
    return (found[0], names[found[0]]) if found else None


KINDS["a number, everywhere"] = everywhere(_number_of, 16)
KINDS["a verb for its opposite, everywhere"] = everywhere(_verb_of)
KINDS["a verb out of proportion, everywhere"] = everywhere(_stronger)
KINDS["a claim word, everywhere"] = everywhere(_claim_word_of)
KINDS["a name, everywhere"] = everywhere(_name_of)


# --- words for spans of time ------------------------------------------------------------------------

KINDS["the past month for the past year"] = in_texts(*_swap({"past month": "past year"}), 3)
KINDS["a month for three"] = in_texts(*_swap({"over a month": "over three months"}), 3)
KINDS["the year to date for twelve months"] = in_texts(
    *_swap({"for the year": "over twelve months", "this year": "in twelve months"}), 3
)
KINDS["three months for six"] = in_texts(*_swap({"three months": "six months"}), 3)
KINDS["a quarter for half a year"] = in_texts(*_swap({"quarter": "half-year", "quarters": "half-years"}), 3)
KINDS["five sessions for a month"] = in_texts(*_swap({"five sessions": "one month"}), 3)
KINDS["fifty sessions for a hundred"] = in_texts(
    *_swap({"fifty": "a hundred", "two hundred": "one hundred", "two-hundred-day": "hundred-day"}), 2
)
KINDS["a week for a fortnight"] = in_texts(*_swap({"week": "fortnight"}), 3)
KINDS["a year for two"] = in_texts(*_swap({"past year": "past two years", "over a year": "over two years"}), 3)
KINDS["this year for the past one"] = in_texts(*_swap({"the year": "the past year", "so far": "in all"}), 3)


def _span_of(pairs: dict[str, str]) -> Callable[[Any, Random], tuple[str, str] | None]:
    """The first span word of a sentence that stands outside its claims, for another."""

    def change(record: Any, random: Random) -> tuple[str, str] | None:
        bare = record["text"]
        for claim in record["claims"]:
            bare = bare.replace(claim["text"], "", 1)
        found = [one for one in pairs if one in bare and record["text"].count(one) == bare.count(one)]
        return (found[0], pairs[found[0]]) if found else None

    return change


KINDS["a longer span, everywhere"] = everywhere(
    _span_of({"past month": "past quarter", "over a month": "over a quarter", "three months": "six months",
              "six months": "twelve months", "past year": "past decade"})
)  # fmt: skip
KINDS["a span to date for a past one, everywhere"] = everywhere(
    _span_of({"for the year": "over a year", "this year": "over a year", "for the month": "over a month", "this week": "the past week",
              "so far this week": "in a week", "the year so far": "the past year"})
)  # fmt: skip
KINDS["a past span for one to date, everywhere"] = everywhere(
    _span_of({"over a month": "for the month", "past month": "month so far", "past year": "year so far",
              "over twelve months": "for the year", "twelve-month": "yearly"})
)  # fmt: skip
KINDS["months for sessions, everywhere"] = everywhere(
    _span_of({"over a month": "over twenty-one sessions", "past month": "last twenty-one sessions",
              "three months": "sixty-three sessions", "past year": "last two hundred and fifty-two sessions"})
)  # fmt: skip


def _with_its_record(ledger: Ledger, was: str, made: str) -> Ledger:
    """The ledger with one figure under another name, wherever it stands."""
    copy = _copy(ledger)
    copy["figures"] = {made if name == was else name: one for name, one in copy["figures"].items()}
    for record in sentences(copy):
        for claim in record["claims"]:
            claim["name"] = made if claim["name"] == was else claim["name"]
    return copy


@kind("a calendar span counted in sessions, with its record")
def counted_span(texts: Texts, ledger: Ledger, random: Random) -> Iterator[Mutant]:
    """The figure of a month under the name of the one over 21 sessions, everywhere in the ledger."""
    spans = {"_1m": "_21d", "_3m": "_63d", "_6m": "_126d", "_1y": "_252d", "_5d": "_wtd"}
    for name in ledger["figures"]:
        for was, made in spans.items():
            if name.endswith(was):
                yield texts, _with_its_record(ledger, name, name.removesuffix(was) + made)


@kind("a figure, everywhere and with its record")
def forged_figure(texts: Texts, ledger: Ledger, random: Random) -> Iterator[Mutant]:
    """The number, the value behind it and the close behind that, all changed to agree with each other."""
    for changed, copy in everywhere(_number_of, 6)(texts, ledger, random):
        for record in copy["figures"].values():
            if isinstance(record["value"], float):
                record["value"], record["printed"] = record["value"] * 1.01, round(record["printed"] * 1.01, 2)
                for item in record["inputs"][-1:]:
                    item["value"] *= 1.01
        yield changed, copy


def _in_the_backdrop(
    change: Callable[[Any, Random], tuple[str, str] | None],
) -> Callable[[Any, Random], tuple[str, str] | None]:
    """The change, of sentences alone that state a release's figure."""
    return lambda record, random: change(record, random) if backdrop(record) else None


def _month_of(record: Any, random: Random) -> tuple[str, str] | None:
    found = [one["text"] for one in record["claims"] if one["text"].partition(" ")[0] in MONTHS and "source" in one]
    if not found:
        return None
    month = found[0].partition(" ")[0]
    return found[0], found[0].replace(month, MONTHS[(MONTHS.index(month) + 1) % 12])


def _period_of(record: Any, random: Random) -> tuple[str, str] | None:
    found = [one["text"] for one in record["claims"] if "quarter" in one["text"] and "source" in one]
    return (found[0], f"fifth{found[0][found[0].index(' ') :]}") if found else None


def _office_of(record: Any, random: Random) -> tuple[str, str] | None:
    offices = ("Bureau of Labor Statistics", "Bureau of Economic Analysis", "ICE BofA index", "Labor Department")
    found = [one for one in offices if one in record["text"]]
    return (found[0], "Bureau of Guesses") if found else None


def _side_of(record: Any, random: Random) -> tuple[str, str] | None:
    words = {"higher": "lower", "lower": "higher", "above": "below", "below": "above", "highest": "lowest",
             "lowest": "highest", "rose": "fell", "fell": "rose", "gained": "lost", "lost": "gained",
             "more": "less", "fewer": "more", "shrank": "grew", "fastest": "slowest", "best": "worst"}  # fmt: skip
    found = [word for word in words if f" {word} " in record["text"]]
    return (f" {found[0]} ", f" {words[found[0]]} ") if found else None


KINDS["a number of the backdrop, everywhere"] = everywhere(_in_the_backdrop(_number_of), 4)
KINDS["the period of a release, everywhere"] = everywhere(_in_the_backdrop(_month_of), 2)
KINDS["the quarter of a release, everywhere"] = everywhere(_in_the_backdrop(_period_of), 2)
KINDS["the office of a release, everywhere"] = everywhere(_in_the_backdrop(_office_of), 2)
KINDS["the side of a release, everywhere"] = everywhere(_in_the_backdrop(_side_of), 2)


# --- words that claim something without a number: in ledger and products alike ------------------------


def _word_for(words: dict[str, str]) -> Callable[[Any, Random], tuple[str, str] | None]:
    """The first of the words that a sentence has, for another."""

    def change(record: Any, random: Random) -> tuple[str, str] | None:
        found = [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", record["text"])]
        return (found[0], words[found[0]]) if found else None

    return change


SCOPES = {
    "regional banks": "banks", "Regional banks": "Banks", "Nasdaq": "technology sector", "small caps": "the smallest companies",
    "Small caps": "Small companies with profits", "small companies": "profitable small companies",
    "large caps": "the giants", "Large caps": "The whole market", "large-cap sectors": "groups of the market",
    "the big seven": "the technology sector", "average large company": "average company",
}  # fmt: skip
AGES = {
    "in months": "in years", "since": "for the first time since", "last seen": "not seen since", "sessions": "weeks",
    "in a year": "in ten years", "months": "years", "earlier": "recent", "before": "lately",
}  # fmt: skip
LENGTHS = {
    "two": "three", "three": "four", "four": "five", "five": "six", "second": "third", "third": "fourth",
    "running": "at least running", "in a row": "of late", "straight": "uninterrupted",
}  # fmt: skip
WHOLES = {
    "All": "Most", "all": "nearly all", "of the seven": "of the six", "of the 11": "of the 10", "Of the 11": "Of the 10",
    "every": "almost every", "Every": "Almost every", "none": "few", "None": "Few", "each": "most", "average": "whole",
}  # fmt: skip
KINDS["a part of the market for another, everywhere"] = everywhere(_word_for(SCOPES))
KINDS["how long ago, everywhere"] = everywhere(_word_for(AGES))
KINDS["how long a run, everywhere"] = everywhere(_word_for(LENGTHS))
KINDS["a part for the whole, everywhere"] = everywhere(_word_for(WHOLES))
