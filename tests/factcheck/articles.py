"""Invented sentences made true from prices, and made false in one thing each: number, sign, span, name, date, comparison.

Each falsehood is tried against the trial's own sums before it is used: what is true in another reading is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from tests.factcheck.styles import Style
from tests.factcheck.truths import Truths, month_name, shifted

ORDINALS = (
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
CARDINALS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "10", "11", "12")
INDICES = ("small", "sp500", "nasdaq", "dow", "nasdaq100")
SECTORS = ("technology", "energy", "financials", "health", "utilities", "industrials")
_COMMON = (
    "The",
    "Small",
    "Small-cap",
    "Smaller",
    "Technology",
    "Tech",
    "Energy",
    "Financials",
    "Financial",
    "Health",
    "Utilities",
    "Industrials",
    "Shares",
)
Rng = np.random.Generator


@dataclass(frozen=True)
class Said:
    """One invented sentence: what it means, and how it is written."""

    kind: str
    form: str
    style: Style
    row: int
    meaning: dict[str, Any]
    words: dict[str, str] = field(default_factory=dict)
    falsehood: str = ""
    """What was made false in it; empty in a true one."""

    @property
    def text(self) -> str:
        made = self.form.format(**self.words)
        return made[0].upper() + made[1:]


class Writer:
    """Writes sentences about one row in one style."""

    def __init__(self, truths: Truths, row: int, style: Style, rng: Rng) -> None:
        self.truths, self.row, self.style, self.rng = truths, row, style, rng
        self.today = truths.days[row]

    def pick(self, options: tuple[Any, ...]) -> Any:
        return options[int(self.rng.integers(len(options)))]

    def name(self, key: str) -> str:
        word: str = self.pick(self.style.names[key])
        return word[0].lower() + word[1:] if word.split()[0] in _COMMON else word

    def number(self, value: float) -> str:
        return f"{abs(value):.{self.style.decimals}f}{self.style.percent}"

    def signed(self, value: float) -> str:
        return f"{value:+.{self.style.decimals}f}%"

    def span(self, span: str) -> str:
        word: str = self.pick(self.style.spans[span])
        return word.format(weekday=f"{self.today:%A}", month=f"{self.today:%B}", year=self.today.year)

    def verb(self, sign: float) -> str:
        word: str = self.pick(self.style.up if sign > 0 else self.style.down)
        return word

    def words(self, meaning: dict[str, Any]) -> dict[str, str]:
        """The words for what is meant; those that a form does not use do no harm."""
        made: dict[str, str] = {"weekday": f"{self.today:%A}"}
        for place, value in (("s", "n"), ("o", "n2"), ("q", "n3")):
            if place in meaning:
                made[place] = self.name(meaning[place])
            if value in meaning:
                end, sign = value[1:], meaning[value]
                made[value], made[f"s{value}"] = self.number(sign), self.signed(sign)
                made[f"v{end}"], made[f"w{end}"] = self.verb(sign), "up" if sign > 0 else "down"
                made[f"h{end}"] = "higher" if sign > 0 else "lower"
                made[f"noun{end}"] = "gain" if sign > 0 else "loss"
        if "t" in meaning:
            made["t"] = self.span(meaning["t"])
            made["T"] = made["t"][0].upper() + made["t"][1:]
        for key in ("l", "p"):
            if key in meaning:
                made[key] = f"{abs(meaning[key]):,.2f}"
        if "g" in meaning:
            made["g"], made["gb"] = f"{meaning['g']:.1f}", f"{meaning['g'] * 100:.0f}"
        if "d" in meaning:
            made["d"] = month_name(meaning["d"])
        made |= {key: str(value) for key, value in meaning.get("as", {}).items()}
        return made

    def say(self, kind: str, meaning: dict[str, Any], fits: Callable[[str], bool] = lambda form: True) -> Said | None:
        """A sentence of the kind in one of the style's forms."""
        forms = tuple(form for form in self.style.forms.get(kind, ()) if fits(form))
        return Said(kind, self.pick(forms), self.style, self.row, meaning, self.words(meaning)) if forms else None


def again(writer: Writer, said: Said, falsehood: str, **changed: Any) -> Said:
    """The same form said of something else."""
    meaning = said.meaning | changed
    return replace(said, meaning=meaning, words=writer.words(meaning), falsehood=falsehood)


def apart(truths: Truths, key: str, row: int, span: str, value: float, step: float) -> bool:
    """Whether a number is far from every move that the words may mean."""
    return all(abs(value - one) > 2.5 * step for one in truths.like(key, row, span))


def moves(writer: Writer) -> Iterator[Said]:
    """A move over a span, and what is false of it."""
    truths, row = writer.truths, writer.row
    step = 10.0**-writer.style.decimals
    for kind, spans in (("day", ("day",)), ("move", tuple(key for key in writer.style.spans))):
        key, span = (
            writer.pick(tuple(key for key in (*INDICES, *SECTORS, "nvidia") if key in writer.style.names)),
            writer.pick(spans),
        )
        if kind == "day":
            key = writer.pick(INDICES[:4])
        value = truths.move(key, row, span)
        if (
            not np.isfinite(value)
            or abs(value) < 2 * step
            or (span in ("month", "week") and truths.ends(row, span) == (row - 1, row) and kind == "move")
        ):
            continue
        close = float(truths.own(key).iloc[row])
        meaning = {"s": key, "n": value, "t": span, "l": close, "p": close - float(truths.own(key).iloc[row - 1])}
        said = writer.say(kind, meaning)
        if said is None or ("{l}" in said.form and writer.style.names[key][0] in ("IWM",)):
            continue
        if writer.style.key == "broker" and "{l}" in said.form and said.words["s"] in ("IWM", "SPY", "QQQ"):
            continue
        yield said
        wrong = value + writer.pick((-1, 1)) * step * int(writer.rng.integers(3, 12))
        if np.sign(wrong) == np.sign(value) and abs(wrong) > 2 * step and apart(truths, key, row, span, wrong, step):
            yield again(writer, said, "number", n=wrong)
        if abs(value) > 3 * step:
            yield again(writer, said, "sign", n=-value, p=-meaning["p"])
        others = [one for one in writer.style.spans if one != span and apart(truths, key, row, one, value, step)]
        if kind == "move" and others:
            yield again(writer, said, "span", t=writer.pick(tuple(others)))
        names = [one for one in INDICES[:4] if one != key and apart(truths, one, row, span, value, step)]
        if kind == "move" and names:
            yield again(writer, said, "name", s=writer.pick(tuple(names)))
        if "{l}" in said.form:
            yield again(writer, said, "level", l=close * writer.pick((1.006, 0.994, 1.02)))


def pairs(writer: Writer) -> Iterator[Said]:
    """Two or three moves of the day in one sentence."""
    truths, row, step = writer.truths, writer.row, 10.0**-writer.style.decimals
    keys = [INDICES[n] for n in writer.rng.permutation(4)[:3]]
    values = [truths.move(key, row, "day") for key in keys]
    if any(not np.isfinite(value) or abs(value) < 2 * step for value in values):
        return
    if said := writer.say("pair", {"s": keys[0], "o": keys[1], "n": values[0], "n2": values[1]}):
        if "{o} for" in said.form or ("{n2} for" in said.form and values[0] * values[1] < 0):
            return
        yield said
        if (
            apart(truths, keys[1], row, "day", values[0], step)
            and apart(truths, keys[0], row, "day", values[1], step)
            and values[0] * values[1] > 0
        ):
            yield again(writer, said, "swapped", n=values[1], n2=values[0])
        yield again(writer, said, "number", n2=values[1] + np.sign(values[1]) * step * 7)
    listed = {"s": keys[0], "o": keys[1], "q": keys[2], "n": values[0], "n2": values[1], "n3": values[2]}
    if len({np.sign(value) for value in values}) == 1 and (said := writer.say("list", listed)):
        said = replace(said, words=said.words | {"v2": said.words["v"]})
        yield said
        false = again(writer, said, "number", n3=values[2] + np.sign(values[2]) * step * 9)
        yield replace(false, words=false.words | {"v2": false.words["v"]})


def compares(writer: Writer) -> Iterator[Said]:
    """One ahead of another over a span."""
    truths, row = writer.truths, writer.row
    one, other = (INDICES[n] for n in writer.rng.permutation(4)[:2])
    span = writer.pick(tuple(key for key in writer.style.spans if key not in ("last week", "last month")))
    first, second = truths.move(one, row, span), truths.move(other, row, span)
    if not np.isfinite(first - second) or abs(first - second) < 0.3:
        return
    both = [a - b for a in truths.like(one, row, span) for b in truths.like(other, row, span)]
    if any(np.sign(value) != np.sign(first - second) for value in both):
        return
    ahead, behind = (one, other) if first > second else (other, one)
    gap = round(abs(first - second), 1)
    if said := writer.say(
        "compare",
        {
            "s": ahead,
            "o": behind,
            "t": span,
            "g": gap if "{gb}" not in str(writer.style.forms["compare"]) else abs(first - second),
        },
    ):
        yield said
        yield again(writer, said, "swapped comparison", s=behind, o=ahead)
        if "{g}" in said.form or "{gb}" in said.form:
            wrong = said.meaning["g"] + 0.8
            if all(abs(abs(value) - wrong) > 0.3 for value in both):
                yield again(writer, said, "gap", g=wrong)


def levels(writer: Writer) -> Iterator[Said]:
    """A close, and one that was none."""
    key = writer.pick(INDICES[:4])
    close = float(writer.truths.own(key).iloc[writer.row])
    if writer.style.names[key][0] in ("IWM", "SPY") or not np.isfinite(close):
        return
    said = writer.say("level", {"s": key, "l": close})
    if said and said.words["s"] not in ("IWM", "SPY", "QQQ"):
        yield said
        yield again(writer, said, "level", l=close * writer.pick((1.004, 0.996, 1.01)))
    vix = float(writer.truths.series("vix").iloc[writer.row])
    if said := writer.say("vix", {"l": vix, "n": vix - float(writer.truths.series("vix").iloc[writer.row - 1])}):
        yield said
        yield again(writer, said, "level", l=vix * 1.06)


def extremes(writer: Writer) -> Iterator[Said]:
    """The highest close and the best day or week since a month."""
    truths, row = writer.truths, writer.row
    for key in INDICES[:3]:
        closes = truths.own(key).to_numpy()
        step = 10.0**-writer.style.decimals
        move = truths.move(key, row, "day")
        last = truths.last_as_high(closes, row, 1)
        if last and last < shifted(writer.today, -2) and move > 2 * step:
            yield from _dated(writer, "highest", {"s": key, "l": float(closes[row]), "n": move, "d": last}, last)
        for kind, period in (("best", "day"), ("best week", "week")):
            values = truths.moves(key, period)
            if not np.isfinite(values[row]) or (period == "week" and not truths.week_ends(row)):
                continue
            sign = int(np.sign(values[row]))
            found = np.flatnonzero(sign * values[:row] >= sign * values[row])
            if not len(found) or abs(values[row]) * 100 < 2 * step:
                continue
            last = truths.days[int(found[-1])]
            if last < shifted(writer.today, -2):
                meaning = {"s": key, "n": values[row] * 100, "d": last, "as": {"b": "best" if sign > 0 else "worst"}}
                yield from _dated(writer, kind, meaning, last)


def _dated(writer: Writer, kind: str, meaning: dict[str, Any], last: date) -> Iterator[Said]:
    if said := writer.say(kind, meaning):
        yield said
        yield again(writer, said, "date", d=shifted(last, -int(writer.rng.integers(2, 30))))
        later = shifted(last, 2)
        if later < shifted(writer.today, -1):
            yield again(writer, said, "later date", d=later)
        if kind in ("best", "best week") and "{noun}" not in said.form:
            wrong = "worst" if meaning["as"]["b"] == "best" else "best"
            false = replace(said, words=said.words | {"b": wrong}, falsehood="superlative")
            yield false


def records(writer: Writer) -> Iterator[Said]:
    """A record close, true on a day that set one and false on any other."""
    truths, row = writer.truths, writer.row
    for key in ("sp500", "small", "nasdaq"):
        closes = truths.own(key).to_numpy()
        best = float(np.nanmax(closes[:row]))
        meaning = {"s": key, "l": float(closes[row]), "n": truths.move(key, row, "day") or 0.1}
        said = writer.say("record", meaning)
        if said is None or (said.words["s"] in ("IWM", "SPY")):
            continue
        if closes[row] > best:
            yield said
            return
        bars = truths.market.histories[truths.universe.segments[key].price or ""]
        if closes[row] < best * 0.985 and bars.high is not None and key == "sp500":
            yield replace(said, falsehood="record")
            below = (1 - closes[row] / best) * 100
            shown = {"s": key, "n": -below}
            if (told := writer.say("distance", shown)) and told.words["s"] not in ("IWM", "SPY") and below > 2:
                inside = (1 - closes[row] / float(np.nanmax(bars.high[: row + 1]))) * 100
                yield told
                if abs(below * 1.4 - inside) > 0.4:
                    yield again(writer, told, "number", n=-below * 1.4)
            return


def runs(writer: Writer) -> Iterator[Said]:
    """So many gains or losses in a row."""
    for key in INDICES[:4]:
        length = writer.truths.run(key, writer.row)
        move = writer.truths.move(key, writer.row, "day")
        if 3 <= abs(length) <= 10 and abs(move) > 0.06:
            sign = 1 if length > 0 else -1
            meaning = {"s": key, "n": move, "as": _counted(abs(length), sign)}
            if said := writer.say("run", meaning):
                yield said
                yield again(writer, said, "count", **{"as": _counted(abs(length) + writer.pick((-1, 1)), sign)})
            return


def _counted(count: int, sign: int) -> dict[str, str]:
    return {"k": ORDINALS[count], "c": CARDINALS[count], "x": "winning" if sign > 0 else "losing", "nouns": "gains" if sign > 0 else "losses",
            "v3": "risen" if sign > 0 else "fallen"}  # fmt: skip


def sectors(writer: Writer) -> Iterator[Said]:
    """How many sectors rose, and which was best."""
    found = writer.truths.sectors(writer.row, "day")
    if not found or any(abs(value) < 0.09 for value in found.values()):
        return
    up = sum(value > 0 for value in found.values())
    count, sign = (up, 1.0) if up >= 6 else (11 - up, -1.0)
    first = max(found, key=lambda key: found[key])
    ranked = sorted(found.values())
    usable = first in writer.style.names and ranked[-1] - ranked[-2] > 0.1 and ranked[-1] > 0.15
    meaning = {
        "n": sign,
        "s": first if usable else "energy",
        "as": {"C": CARDINALS[count].capitalize(), "c": CARDINALS[count]},
    }
    if (
        count < 11
        and (said := writer.say("breadth", meaning, lambda form: usable if "{s}" in form else True))
        and not ("{s}" in said.form and sign < 0)
    ):
        yield said
        wrong = count - 2 if count > 7 else count + 2
        yield again(writer, said, "count", **{"as": {"C": CARDINALS[wrong].capitalize(), "c": CARDINALS[wrong]}})
    if usable and (said := writer.say("best sector", {"s": first, "n": found[first]})):
        yield said
        worse = [
            key for key in SECTORS if key in writer.style.names and found[key] < found[first] - 0.3 and found[key] > 0.1
        ]
        if worse:
            yield again(writer, said, "best of a group", s=worse[0], n=found[worse[0]])


def economy(writer: Writer) -> Iterator[Said]:
    """Yields, economic numbers as they came out, and decisions on rates."""
    truths, row = writer.truths, writer.row
    yields = truths.series("ust10y").to_numpy()
    now, before = round(float(yields[row]), 2), round(float(yields[row - 1]), 2)
    change = round((float(yields[row]) - float(yields[row - 1])) * 100)
    if np.isfinite(now) and abs(change) >= 2 and abs(round((now - before) * 100) - change) == 0:
        meaning = {"n": float(change), "as": {"y": f"{now:.2f}%", "y0": f"{before:.2f}%", "bp": abs(change)}}
        if said := writer.say("yield", meaning):
            said = replace(said, words=said.words | {"v": "rose" if change > 0 else "fell"})
            yield said
            wrong = meaning["as"] | {"y": f"{now + 0.14:.2f}%", "bp": abs(change) + 6}
            yield replace(said, words=said.words | {key: str(value) for key, value in wrong.items()}, falsehood="level")


QUARTERS = ("first", "second", "third", "fourth")


def releases(writer: Writer) -> Iterator[Said]:
    """Economic numbers as they first came out."""
    for kind, series, wrong in (
        ("cpi", "CPIAUCNS_YOY", 0.4),
        ("unemployment", "UNRATE", 0.3),
        ("payrolls", "PAYEMS", 37),
        ("gdp", "A191RL1Q225SBEA", 0.6),
    ):
        found = writer.truths.released(series, writer.row)
        if found is None or found[1] <= 0.2:
            continue
        period, value = found
        said: Said | None = None
        for falsehood, shown in (("", value), ("number", value + wrong)):
            words = {
                "m": f"{period:%B}",
                "quarter": QUARTERS[(period.month - 1) // 3],
                "n": f"{shown:.1f}%",
                "j": f"{shown * 1000:,.0f}",
            }
            if falsehood and said is not None:
                yield replace(said, words=said.words | words, falsehood=falsehood)
            elif (made := writer.say(kind, {"as": words})) is not None:
                said = made
                yield said
            else:
                break


def decisions(writer: Writer) -> Iterator[Said]:
    """The last change of the target range."""
    found = writer.truths.decided(writer.row)
    if found is None or (writer.today - found[0]).days > 300:
        return
    day, change, low, high = found
    cut, rise = ("cut", "raised")
    words = {"f": cut if change < 0 else rise, "bp": f"{abs(change):.0f}", "half": {25: "a quarter", 50: "a half", 75: "three-quarters of a"}.get(int(abs(change)), "one full"),
             "d": f"{day:%B} {day.day}, {day.year}", "lo": f"{low:.2f}", "hi": f"{high:.2f}"}  # fmt: skip
    said = writer.say("fed", {"as": words})
    if said is not None:
        yield said
        other = {
            "bp": "50" if words["bp"] != "50" else "25",
            "half": "a half" if words["half"] != "a half" else "a quarter",
        }
        yield replace(said, words=said.words | other, falsehood="size")
        yield replace(said, words=said.words | {"f": rise if change < 0 else cut}, falsehood="sign")


KINDS = (moves, pairs, compares, levels, extremes, records, runs, sectors, economy, releases, decisions)


def sentences(truths: Truths, row: int, style: Style, rng: Rng) -> Iterator[Said]:
    """Every sentence of every kind about a day in one style, true and false."""
    writer = Writer(truths, row, style, rng)
    for kind in KINDS:
        yield from kind(writer)
