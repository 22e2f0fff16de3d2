"""Spans and dates as people write them, laid on the sessions held: `this week`, `in June`, `since March 2020`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from generator.factcheck.reading.axis import MONTHS, Axis, Since, Span, begins, month, quarter, to_date, trailing
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.numbers import CARDINAL, cardinal

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


_NAMES = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_MONTH = rf"(?P<m>{_NAMES})"


_DATE = rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%.,]\d)(?:,? (?P<y>(?:19|20)\d\d))?"


_YEAR = r"(?P<y>(?:19|20)\d\d)"


_QUARTER = r"(?P<q>first|second|third|fourth)[- ]quarter"


Maker = Callable[[Match, Axis], "Span | Since | None"]


def _to_date(which: str) -> Maker:
    def make(match: Match, axis: Axis) -> Span | None:
        return to_date(axis, which)

    return make


def _prior(which: str) -> Maker:
    def make(match: Match, axis: Axis) -> Span | None:
        last = begins(axis.today, which) - timedelta(days=1)
        span = axis.span(begins(last, which), last, f"the {which} before, to {last.isoformat()}", which)
        ended = axis.row + 1 == len(axis.days) or begins(axis.days[axis.row + 1], which) != begins(axis.today, which)
        if span and which == "week" and ended and "last" in match[0].lower() and (this := to_date(axis, which)):
            return Span((*span.windows, *this.windows), firm=False, period=span.period, tag=which)
        return span

    return make


def _weekday(match: Match, axis: Axis) -> Span | None:
    number = next(n for n, name in enumerate(_DAYS) if name[:3].lower() == match["w"][:3].lower())
    behind = (axis.today.weekday() - number) % 7
    if match["last"] and not behind:
        behind = 7
    row = axis.on(axis.today - timedelta(days=behind))
    return axis.day(row) if row else None


def _dated(match: Match, axis: Axis) -> Span | None:
    day = axis.date_of(match)
    row = axis.on(day) if day else None
    if row:
        return axis.day(row)
    return Span((), period=(day, day), tag="day") if day else None


def _week_ended(match: Match, axis: Axis) -> Span | None:
    """`in the week ended May 17`, a Saturday's week as well."""
    day = axis.date_of(match)
    if day is None:
        return None
    first = day - timedelta(days=6)
    made = axis.span(first, day, f"the week to {day.isoformat()}", "week")
    return made or Span((), period=(first, day), tag="week")


def _before(match: Match, axis: Axis) -> Span | None:
    return axis.day(axis.row - 1)


def _month(match: Match, axis: Axis) -> Span | None:
    first, last = axis.month_of(match["m"], match.groupdict().get("y"))
    made = axis.span(first, last, f"{MONTHS[first.month - 1]} {first.year}", "month")
    return made or Span((), period=(first, last), tag="month")


def _months(match: Match, axis: Axis) -> Span | None:
    """`in July and August`."""
    first, _ = axis.month_of(match["m"], match.groupdict().get("y"))
    _, last = axis.month_of(match["m2"], str(first.year))
    words = f"{MONTHS[first.month - 1]} and {MONTHS[last.month - 1]} {last.year}"
    return axis.span(first, last, words, "months") or Span((), period=(first, last), tag="months")


def _quarter(match: Match, axis: Axis) -> Span | None:
    given = match.groupdict()
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get((given.get("q") or "").lower()) or int(match["n"])
    year = given.get("y") or (f"20{given['yy']}" if given.get("yy") else None)
    made = int(year) if year else axis.today.year - (quarter(axis.today.year, number)[0] > axis.today)
    first, last = quarter(made, number)
    return axis.span(first, last, f"quarter {number} of {made}", "quarter") or Span(
        (), period=(first, last), tag="quarter"
    )


def _half(match: Match, axis: Axis) -> Span | None:
    second = match["h"].lower() == "second"
    year = int(match["y"] or axis.today.year)
    return axis.span(date(year, 7 if second else 1, 1), date(year, 12, 31) if second else date(year, 6, 30),
                     f"the {match['h'].lower()} half of {year}", "half")  # fmt: skip


def _year(match: Match, axis: Axis) -> Span | None:
    year = int(match["y"])
    first, last = date(year, 1, 1), date(year, 12, 31)
    return axis.span(first, last, f"the year {year}" + (" to date" if year == axis.today.year else ""), "year")


def _trailing(match: Match, axis: Axis) -> Span | None:
    return trailing(axis, cardinal(match["n"] or "one"), match["u"])


def _same_year(match: Match, axis: Axis) -> Span | None:
    made = trailing(axis, 1, "year")
    of = axis.month_of(match["m"], match["y"]) if match.groupdict().get("m") else None
    return Span(made.windows if made else (), made.firm if made else True, of, "yoy")


def _on_month(match: Match, axis: Axis) -> Span | None:
    return Span((), tag="mom")


def _since(match: Match, axis: Axis) -> Since | None:
    given = match.groupdict()
    part, least = (given.get("part") or "").lower(), bool(given.get("least"))
    if given.get("w"):
        number = next(n for n, name in enumerate(_DAYS) if name[:3].lower() == given["w"][:3].lower())
        day = axis.today - timedelta(days=(axis.today.weekday() - number - 1) % 7 + 1)
        return Since(day, day, f"{_DAYS[number]}, {day.isoformat()}", least)
    if given.get("d"):
        found = axis.date_of(match)
        return Since(found, found, found.isoformat(), least) if found else None
    if given.get("m"):
        first, last = axis.month_of(match["m"], given.get("y"))
        if not given.get("y") and first <= axis.today <= last:
            first, last = month(first.year - 1, first.month)
        words = f"{MONTHS[first.month - 1]} {first.year}"
    else:
        first, last, words = date(int(match["y"]), 1, 1), date(int(match["y"]), 12, 31), match["y"]
    return _part(first, last, part, words, least)


def _part(first: date, last: date, part: str, words: str, least: bool) -> Since:
    length = (last - first).days
    cuts = {"early": (0, 0.4), "mid": (0.25, 0.75), "late": (0.6, 1), "start": (0, 0), "end": (1, 1)}
    key = {"the beginning of": "start", "the start of": "start", "the end of": "end"}.get(
        part.strip(), part.strip("- ")
    )
    low, high = cuts.get(key, (0, 1))
    if key == "start":
        return Since(first - timedelta(days=1), first - timedelta(days=1), f"the start of {words}", least)
    opens, closes = first + timedelta(days=round(low * length)), first + timedelta(days=round(high * length))
    return Since(opens, closes, f"{part} {words}".strip(), least)


def _since_period(which: str, ago: int) -> Maker:
    def make(match: Match, axis: Axis) -> Since | None:
        last = begins(axis.today, which) - timedelta(days=1)
        first = last if not ago else begins(last, which)
        return Since(first, last, f"the {which} before" if ago else f"the start of the {which}")

    return make


_ON = r"(?:(?:on|for|in|during|over|through|throughout|across|at|by) )?"


_AT = r"(?:(?:on|for|in|at) )?"


_THE = r"(?:the |its )?"


_PART = r"(?P<part>early |mid-|late |the (?:start|beginning|end) of )?"


_SINCE = r"since (?P<least>at least )?"


_LAST = r"(?:last|past|previous|latest|trailing|prior|preceding)"


_NOT = r"(?! (?:ago|earlier|before|after|following|from|since|that|to|of|starting|ended|ending|between|later|until|through|prior|leading))"


_UNIT = rf"(?P<u>sessions?|trading days?|days?|weeks?|months?|quarters?|years?|decades?){_NOT}"


SPANS: tuple[tuple[str, Maker], ...] = (
    (rf"{_ON}today|(?:on|for|in|during|over) the (?:trading )?(?:day|session)(?! (?:of|that|when|after|before|following|in))|{_ON}(?:(?:today's|the latest|the) (?:market )?session|today's trading)", lambda _, axis: axis.day(axis.row)),
    (rf"(?:(?:late|early)(?: on)? )?{_ON}(?P<last>last |this past )?(?P<w>Mon|Tues|Wednes|Thurs|Fri)day(?:'s)?(?: (?:session|trading))?(?!,? {_MONTH})", _weekday),
    (rf"{_AT}(?:(?:Mon|Tues|Wednes|Thurs|Fri)day,? )?{_DATE}", _dated),
    (r"yesterday|(?:on )?the (?:day before|previous (?:day|session)|session before|prior session)|(?:a|one) (?:day|session) earlier", _before),
    (rf"{_ON}(?:this week|WTD|week to date|week-to-date|so far this week)|(?:on|for|in|over|during) (?:the course of )?the (?:(?:holiday|shortened|holiday-shortened|trading|full) )*week(?! (?:before|after|of|end|following|since|to (?!\d)|through))|(?<=(?:closed|ended|finished|ending|closing|capped) )(?:the|a(?: \w+)?) week|weekly|(?<=(?:the|a|its) )week's", _to_date("week")),
    (rf"(?:in|for|during) the week (?:end(?:ed|ing)|to|through) {_DATE}", _week_ended),
    (rf"{_ON}(?:last week|the (?:prior|previous) week|the week before)", _prior("week")),
    (rf"{_ON}(?:this month|MTD|month to date|month-to-date|so far this month)|(?:on|for|in|over|during) the month(?! (?:before|after|of|end|following|since|to (?!\d)|through))|(?<=(?:closed|ended|finished|ending|closing) )the month|(?<=(?:a|its) )monthly|(?<=the )month's", _to_date("month")),
    (rf"{_ON}(?:last month|the (?:prior|previous) month|the month before)", _prior("month")),
    (rf"{_ON}(?:this quarter|QTD|quarter to date|so far this quarter)|(?:on|for|in|over|during) the quarter(?! (?:before|after|of|end|following|since|to (?!\d)|through))|(?<=(?:closed|ended|finished) )the quarter|(?<=(?:a|its) )quarterly", _to_date("quarter")),
    (rf"{_ON}(?:last quarter|the (?:prior|previous) quarter|the quarter before)", _prior("quarter")),
    (rf"(?:so far )?{_ON}(?:this year|year[- ]to[- ]date)|YTD|so far this year|(?:on|for|in|over|during) the year(?! (?:before|after|of|end|following|since|to (?!\d)|through))|(?<=(?:closed|ended|finished) )the year|since (?:the (?:start|beginning) of|the turn of) (?:the|this) year|since January 1", _to_date("year")),
    (rf"{_ON}(?:last year|the (?:prior|previous) year)", _prior("year")),
    (rf"(?:so far )?{_ON}(?:the month of )?{_MONTH}(?:'s)?(?: of|,)? (?:{_YEAR})(?!\d)", _month),
    (rf"(?:in|for|during|over) (?P<m>{_NAMES}) and (?P<m2>{_NAMES})(?: (?:of )?{_YEAR})?", _months),
    (rf"(?:so far )?(?:in|for|during|of|over|through) (?:the month of )?{_MONTH}(?! \d)", lambda m, a: _month(m, a)),
    (rf"(?<![A-Za-z]){_MONTH}(?:'s(?! \d)|(?=:)|(?= (?:annual |core |headline )?(?:inflation|CPI|consumer|payroll|nonfarm|unemployment|jobless|job )))", lambda m, a: _month(m, a)),
    (rf"{_ON}{_THE}{_QUARTER}(?: of|,)?(?: {_YEAR})?", _quarter),
    (r"(?:in |for |during )?Q(?P<n>[1-4])(?:[ ']*(?P<y>20\d\d)|'?(?P<yy>\d\d))?|(?:in |for )?(?P<n>[1-4])Q(?:(?P<y>20\d\d)|'?(?P<yy>\d\d))", _quarter),
    (rf"{_ON}{_THE}(?P<h>first|second) half(?: of)?(?: {_YEAR}| the year)?", _half),
    (rf"(?:so far )?(?:in|for|during|of|over) (?:all of )?{_YEAR}(?: to date| so far)?(?![-\d])", _year),
    (rf"(?:over|in|during|for|across|within|through) (?:just |only )?(?:the )?(?:{_LAST} )?(?P<n>{CARDINAL}|\d+|a|one) (?:trading )?{_UNIT}", _trailing),
    (rf"{_ON}(?:the )?(?:{_LAST} (?:(?P<n>{CARDINAL}|\d+) {_UNIT}|(?P<u>session|week|month|quarter|year|decade){_NOT})|(?P<n>{CARDINAL}|\d+) {_LAST} {_UNIT})", _trailing),
    (rf"(?P<n>{CARDINAL}|\d+)-(?P<u>session|day|week|month|year)(?! (?:high|low|winning|losing|Treasury|note|yield|streak|run|Treasuries|average|moving|bond|U\.S))", _trailing),
    (rf"(?:compared )?(?:from|with|than|versus|on|over) (?:a|the same (?:month|period)(?: of)? (?:a|the)?|one)? ?year (?:earlier|ago|before)|year[- ](?:over|on)[- ]year|(?:on|at) an annual basis|annually|y/y|YoY|(?:in|over) the (?:year|12 months|twelve months) (?:to|through|ended|ending)(?: in)? {_MONTH}(?: {_YEAR})?", lambda m, a: _same_year(m, a)),
    (r"(?:from|on|over) (?:a|the|the previous|the prior|one) month(?: (?:earlier|ago|before))?(?! ending)|month[- ](?:over|on)[- ]month|(?:on|at) a monthly basis|m/m|MoM", _on_month),
)  # fmt: skip
"""Spans, each with what makes one of the words found."""


SINCES: tuple[tuple[str, Maker], ...] = (
    (rf"from (?:its |the |their )?(?:close|closing level) (?:of|on) {_DATE}", _since),
    (rf"(?:(?:counted|measured) )?from (?P<part>the (?:start|beginning|end) of )(?:{_MONTH} )?{_YEAR}(?! to| through| until)", _since),
    (rf"{_SINCE}{_PART}{_DATE}(?:'s)?", _since),
    (rf"{_SINCE}{_PART}{_MONTH}(?: of|,)?(?: {_YEAR})?(?! \d)", _since),
    (rf"{_SINCE}{_PART}{_YEAR}(?![-\d]|[,.]\d)", _since),
    (r"since (?:last |this past )?(?P<w>Mon|Tues|Wednes|Thurs|Fri)day", _since),
    (r"since last week", _since_period("week", 1)),
    (r"since last month", _since_period("month", 1)),
    (r"since last year", _since_period("year", 1)),
)  # fmt: skip
"""What may follow `since`."""
