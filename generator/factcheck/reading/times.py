"""Spans as people write them, laid on the sessions held: `this week`, `in June`, `over the past three years`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from generator.factcheck.reading.axis import MONTHS, Axis, Span, Window, back, begins, month, quarter, to_date, trailing
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.numbers import CARDINAL, cardinal

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


MONTH_NAMES = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
MONTH = rf"(?P<m>{MONTH_NAMES})"


DATE = rf"{MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%.,]\d)(?:,? (?P<y>(?:19|20)\d\d))?"


YEAR = r"(?P<y>(?:19|20)\d\d)"


_QUARTER = r"(?P<q>first|second|third|fourth)[- ]quarter"


AGO = "ago"
"""The tag of a span that says only what an earlier level is of: `a month earlier`."""

Maker = Callable[[Match, Axis], "Span | None"]


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
    number = next(n for n, name in enumerate(WEEKDAYS) if name[:3].lower() == match["w"][:3].lower())
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
    windows = made.windows if made else ()
    if of and of[1] < axis.today:  # the 12 months to a month that is over
        start, end = axis.by(back(of[1], 12)), axis.by(of[1])
        windows = (Window(start, end, f"12 months to {axis.days[end].isoformat()}"),) if start >= 0 else ()
    return Span(windows, made.firm if made else True, of, "yoy")


def _ago(match: Match, axis: Axis) -> Span | None:
    """`from 4.28% a month earlier`: the close before the period, or that of the same day a period ago."""
    which = match["u"].lower()
    spans = [one for one in (to_date(axis, which), trailing(axis, 1, which)) if one]
    return Span(tuple(window for span in spans for window in span.windows), firm=False, tag=AGO)


def _first_months(match: Match, axis: Axis) -> Span | None:
    """`in the first nine months of the year`."""
    year, count = int(match["y"] or axis.today.year), cardinal(match["n"])
    if not 0 < count <= 12:
        return None
    return axis.span(date(year, 1, 1), month(year, count)[1], f"the first {count} months of {year}", "months")


def _to_day(match: Match, axis: Axis) -> Span | None:
    """`in the five sessions to November 11`."""
    day, count, unit = axis.date_of(match), cardinal(match["n"]), match["u"].lower()
    end = axis.by(day) if day else -1
    if day is None or end < 0:
        return None
    months = {"weeks": timedelta(days=7 * count), "months": day - back(day, count)}
    start = axis.by(day - months[unit]) if unit in months else end - count
    words = f"{count} {unit} to {day.isoformat()}"
    return Span((Window(start, end, words),), tag="trailing") if 0 <= start < end else None


def _months_to(match: Match, axis: Axis) -> Span | None:
    """`in the three months through June`."""
    first, last = axis.month_of(match["m"], match["y"])
    count = cardinal(match["n"])
    tag = "quarter" if count == 3 and first.month % 3 == 0 else "months"
    return axis.span(back(first, count - 1), last, f"{count} months to {last.isoformat()}", tag)


def _on_month(match: Match, axis: Axis) -> Span | None:
    return Span((), tag="mom")


_ON = r"(?:(?:on|for|in|during|over|through|throughout|across|at|by) )?"


_AT = r"(?:(?:on|for|in|at) )?"


_THE = r"(?:the |its )?"


_CLOSED = r"(?<=(?:closed|ended|finished|ending|closing|finishing|capped|closes|ends|finishes|started|began) )"


_COURSE = (
    r"(?:(?:on|for|in|over|during|across|through) (?:the course of )?the (?:full |whole |entire )?|(?<=for )the full )"
)


_LAST = r"(?:last|past|previous|latest|trailing|prior|preceding)"


_NOT = r"(?! (?:ago|earlier|before|after|following|from|since|that|to|of|starting|ended|ending|between|later|until|through|prior|leading))"


_UNIT = rf"(?P<u>sessions?|trading days?|days?|weeks?|months?|quarters?|years?|decades?){_NOT}"


SPANS: tuple[tuple[str, Maker], ...] = (
    (rf"{_ON}today|(?:on|for|in|during|over) the (?:trading )?(?:day|session)(?! (?:of|that|when|after|before|following|in))|{_ON}(?:(?:today's|the latest|the) (?:market )?session|today's trading)", lambda _, axis: axis.day(axis.row)),
    (rf"(?:(?:late|early)(?: on)? )?{_ON}(?P<last>last |this past )?(?P<w>Mon|Tues|Wednes|Thurs|Fri)day(?:'s)?(?: (?:session|trading))?(?!,? {MONTH})", _weekday),
    (rf"{_AT}(?:(?:Mon|Tues|Wednes|Thurs|Fri)day,? )?{DATE}", _dated),
    (r"yesterday|(?:on )?the (?:day before|previous (?:day|session)|session before|prior session)|(?:a|one) (?:day|session) earlier", _before),
    (rf"{_ON}(?:this week|WTD|week to date|week-to-date|so far this week)|(?:on|for|in|over|during) (?:the course of )?the (?:(?:holiday|shortened|holiday-shortened|trading|full) )*week(?! (?:before|after|of|end|following|since|to (?!\d)|through))|{_CLOSED}(?:the|a(?: \w+)?) week|weekly|(?<=(?:the|a|its) )week's", _to_date("week")),
    (rf"(?:in|for|during) the week (?:end(?:ed|ing)|to|through) {DATE}", _week_ended),
    (rf"{_ON}(?:last week|the (?:prior|previous) week|the week before)", _prior("week")),
    (rf"{_ON}(?:this month(?:'s)?|MTD|month to date|month-to-date|so far this month)|{_COURSE}month(?! (?:19|20)\d\d)(?! (?:before|after|of|end|following|since|to (?!\d)|through))|{_CLOSED}the month|(?:for )?the month (?:to date|so far)|(?:at )?month-end|(?<=(?:a|its) )monthly|(?<=the )month's", _to_date("month")),
    (rf"{_ON}(?:last month(?:'s)?|the (?:prior|previous) month(?:'s)?|the month before)", _prior("month")),
    (rf"{_ON}(?:this quarter|QTD|quarter to date|so far this quarter)|{_COURSE}quarter(?! (?:19|20)\d\d)(?! (?:before|after|of|end|following|since|to (?!\d)|through))|{_CLOSED}the quarter|(?:for )?the quarter (?:to date|so far)|(?:at )?quarter-end|(?<=(?:a|its) )quarterly|(?<=the )quarter's", _to_date("quarter")),
    (rf"{_ON}(?:last quarter(?:'s)?|the (?:prior|previous) quarter(?:'s)?|the quarter before)", _prior("quarter")),
    (rf"(?:so far )?{_ON}(?:this year|year[- ]to[- ]date)|YTD|so far this year|{_COURSE}year(?! (?:19|20)\d\d)(?! (?:before|after|of|end|following|since|to (?!\d)|through))|{_CLOSED}the year|(?:for )?the year[- ](?:to[- ]date|so far)|(?<=the )year's(?! (?:end|start|high|low))|since (?:the (?:start|beginning) of|the turn of) (?:the|this) year|since January 1", _to_date("year")),
    (rf"{_ON}(?:last year(?:'s)?|the (?:prior|previous) year(?:'s)?)", _prior("year")),
    (rf"(?:so far )?{_ON}(?:the month of )?{MONTH}(?:'s)?(?: of|,)? (?:{YEAR})(?!\d)", _month),
    (rf"(?:in|for|during|over) (?P<m>{MONTH_NAMES}) and (?P<m2>{MONTH_NAMES})(?: (?:of )?{YEAR})?", _months),
    (rf"(?:so far )?(?:in|for|during|of|over|through) (?:the month of )?{MONTH}(?! \d)", lambda m, a: _month(m, a)),
    (rf"(?<![A-Za-z]){MONTH}(?:'s(?! \d)|'s(?= [\d.]+(?:%| percent| per cent) (?:gain|rise|advance|jump|surge|rally|loss|decline|drop|fall|slide|sell-?off|tumble|plunge)\b)|(?=:)|(?= (?:annual |core |headline )?(?:inflation|CPI|consumer|payroll|nonfarm|unemployment|jobless|job )))", lambda m, a: _month(m, a)),
    (rf"(?<![A-Za-z]){_CLOSED}{MONTH}(?! \d)(?:,? {YEAR})?", _month),
    (rf"(?<![A-Za-z]){MONTH}(?= (?:was|is|marked|brought|proved|saw|delivered|turned|produced|alone|ended|closed)\b)(?: alone)?", _month),
    (rf"{_ON}{_THE}(?:full )?{_QUARTER}(?: of|,)?(?: {YEAR})?(?:'s)?", _quarter),
    (rf"(?:{_ON}{_THE}|{_CLOSED}the )(?:first|opening) (?P<n>{CARDINAL}|\d+) months(?: of| in)?(?: {YEAR}| the year| this year)?", _first_months),
    (rf"(?:in|over|for|during) (?:just )?(?:the )?(?P<n>{CARDINAL}|\d+) (?P<u>sessions|trading days|weeks|months) (?:ended|ending|through|to|until) {DATE}", _to_day),
    (rf"(?:in|over|for|during) the (?P<n>three|six|nine|12|twelve) months (?:ended|ending|through|to)(?: in)? {MONTH}(?: \d{{1,2}})?(?:,? {YEAR})?", _months_to),
    (r"(?:in |for |during )?Q(?P<n>[1-4])(?:[ ']*(?P<y>20\d\d)|'?(?P<yy>\d\d))?|(?:in |for )?(?P<n>[1-4])Q(?:(?P<y>20\d\d)|'?(?P<yy>\d\d))", _quarter),
    (rf"{_ON}{_THE}(?P<h>first|second) half(?: of)?(?: {YEAR}| the year)?", _half),
    (rf"(?:so far )?(?:in|for|during|of|over|{_COURSE}(?:calendar )?year) (?:all of |calendar )?{YEAR}(?: to date| so far| as a whole)?(?![-\d])", _year),
    (rf"(?:over|in|during|for|across|within|through) (?:just |only )?(?:the )?(?:{_LAST} )?(?P<n>{CARDINAL}|\d+|a|one) (?:trading )?{_UNIT}", _trailing),
    (rf"{_ON}(?:the )?(?:{_LAST} (?:(?P<n>{CARDINAL}|\d+) {_UNIT}|(?P<u>session|week|month|quarter|year|decade){_NOT})|(?P<n>{CARDINAL}|\d+) {_LAST} {_UNIT})", _trailing),
    (rf"(?P<n>{CARDINAL}|\d+)-(?P<u>session|day|week|month|year)(?! (?:high|low|winning|losing|Treasury|note|yield|streak|run|Treasuries|average|moving|bond|U\.S))", _trailing),
    (rf"(?:compared )?(?:from|with|than|versus|on|over) (?:a|the same (?:month|period)(?: of)? (?:a|the)?|one)? ?year (?:earlier|ago|before)|year[- ](?:over|on)[- ]year|(?:on|at) an annual basis|annually|y/y|YoY|(?:in|over) the (?:year|12 months|twelve months) (?:to|through|ended|ending)(?: in)? {MONTH}(?: {YEAR})?", lambda m, a: _same_year(m, a)),
    (r"(?:a|one|the) (?P<u>month|quarter|year) (?:earlier|before|ago)", _ago),
    (r"(?:from|on|over) (?:a|the|the previous|the prior|one) month(?: (?:earlier|ago|before))?(?! ending)|month[- ](?:over|on)[- ]month|(?:on|at) a monthly basis|m/m|MoM", _on_month),
)  # fmt: skip
"""Spans, each with what makes one of the words found."""
