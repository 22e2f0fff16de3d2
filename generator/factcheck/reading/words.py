"""The other words that a claim is made of: verbs, comparisons, superlatives, runs, and what forbids a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from generator.factcheck.reading.numbers import CARDINAL, ORDINAL

UNIT = r"(?P<u>sessions?|trading days?|days?|weeks?|months?|quarters?|years?)"

_MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"

WORDS: tuple[tuple[str, str], ...] = (
    # U and u: up, as a verb and as what may be a noun as well; D and d: down.
    ("U", r"rose|rise[sn]|rising|gained|gaining|climb(?:ed|ing)|advanc(?:ed|ing)|jump(?:ed|ing)|surg(?:ed|ing)|soar(?:s|ed|ing)|rall(?:ied|ying)|leap(?:s|ed|t|ing)|add(?:s|ed|ing)?|tack(?:ed|ing)? on|put on|picked up|(?:edg|inch|tick|nudg|creep|crept)(?:e?d|ing|es)? (?:up|higher)|up|popped|spik(?:ed|ing)|vault(?:ed|s)|rocketed|bounced|rebound(?:ed|ing)|recover(?:ed|ing)|increas(?:ed|ing)|grew|grow(?:s|n|ing)|expand(?:ed|ing)|accelerat(?:ed|ing)|quickened|strengthen(?:ed|ing)|appreciat(?:ed|ing)|went up|moved (?:up|higher)|return(?:ed|s|ing)|ascended|marched|powered|roared|zoomed|hopped|perked up|firmed|compound(?:ed|ing|s)(?: at)?|stormed|swelled|ripped|sprinted"),
    ("u", r"gains?|rises?|climbs?|advances?|jumps?|surges?|rall(?:y|ies)|upticks?|increases?|leap|pops?|bounce|rebounds?|upswing|run-up|returns?"),
    ("D", r"fell|fall(?:s|en|ing)|lost|los(?:es|ing)|lose|drop(?:ped|ping)|declin(?:ed|ing)|slid|slid(?:ing)|slip(?:ped|s|ping)|sank|sunk|sink(?:s|ing)?|tumbl(?:ed|es|ing)|plung(?:ed|es|ing)|plummet(?:ed|s|ing)|shed(?:s|ding)?|dip(?:ped|ping|s)|eas(?:ed|es|ing)|retreat(?:ed|ing|s)|weaken(?:ed|ing)|crash(?:ed|ing)|skid(?:ded)?|slump(?:ed|ing)|(?:edg|inch|tick|nudg)(?:e?d|ing|es) (?:down|lower)|down|gave up|giv(?:es|ing) up|backed off|decreas(?:ed|ing)|contract(?:ed|ing)|shrank|shrunk|slow(?:ed|s|ing)|cool(?:ed|s|ing)|moderat(?:ed|ing)|went down|moved (?:down|lower)|dove|dived|pulled back|swooned|cratered|nosedived|gave back|descended|sagged|stumbled|faded|tanked|wilted|ceded|surrendered|buckled|reeled|skidd(?:ed|ing)"),
    ("d", r"loss(?:es)?|falls?|drops?|declines?|slides?|dips?|retreats?|slumps?|tumbles?|plunges?|decreases?|setbacks?|pullbacks?|sell-?offs?|downswing|swoon|contraction"),
    ("h", r"higher|to the upside|in the green|in positive territory|in the black|firmer"),
    ("l", r"lower|to the downside|in the red|in negative territory|weaker"),
    ("=", r"(?:little|virtually|essentially|largely|nearly|almost|barely|hardly) (?:changed|unchanged|moved|budged|flat)|unchanged|flat|(?:held|holding) (?:steady|unchanged|firm)|steady|was unchanged|barely (?:moved|budged|changed)"),
    ("2", r"(?:more than |nearly |almost |roughly |about )?(?:doubled|tripled|quadrupled|halved)(?: in value)?"),
    ("c", r"(?:clos|end|finish|settl)(?:ed|es|ing|e)(?: out)?(?: (?:the|its) (?:(?:final|last|first) )?(?:trading )?(?:day|session)(?: of the (?:week|month|quarter|year))?)?(?: (?:out|trading))?|stood|stands|sits|sat|wound up|wrapped up|came in|comes in|ran|clocked in|printed|bowed out|rounded out|finish(?=ed)|(?:end|close|finish|settle)(?: (?:the|its) (?:trading )?(?:day|session))?(?= at| up| down| higher| lower| near| around| back| in correction| (?:Mon|Tues|Wednes|Thurs|Fri)day at)|total(?:l?ed|s)"),
    ("e", r"was|were|is|are|be|been|being|remain(?:s|ed)|stayed|has been|had been|have been"),
    ("j", r"has|have|had|having"),
    ("v", r"report(?:ed|s|ing)|extend(?:ed|ing|s)|stretch(?:ed|ing)|made it|post(?:ed|s|ing)|logg(?:ed|ing)|record(?:ed|ing)|notch(?:ed|es|ing)|saw|deliver(?:ed|s|ing)|turned in|register(?:ed|s|ing)|enjoy(?:ed|s|ing)|suffer(?:ed|s|ing)|with|book(?:ed|s|ing)|chalked up|mark(?:ed|s|ing)|stag(?:ed|ing)|clinch(?:ed|ing)|secur(?:ed|ing)|endured|capp(?:ed|ing)|manag(?:ed|ing)|eked out|head(?:ed|ing) for|for|produc(?:ed|es|ing)|took|making for|making it|scored|score"),
    ("r", r"hit(?:s|ting)?|reach(?:ed|es|ing)?|touch|sets?|setting|touch(?:ed|es|ing)|reclaimed|(?:rose|climbed|jumped|surged|rallied|advanced|soared|vaulted|pushed|moved|went)(?: on)? to"),
    ("@", r"at"),
    ("i", r"to"),
    ("f", r"from"),
    ("b", r"by"),
    ("O", r"of"),
    ("I", r"in|for|among|across|on|within|over|into|through|between"),
    ("|", r"or"),
    ("&", r"and|&|plus"),
    ("a", r"set (?:\w+ )?(?:days?|weeks?|months?|sessions?) (?:earlier|ago|before)|as|after|while|but|although|though|whereas|because|when|amid|despite|even (?:as|though|after)|following|before|until|that|which|who|where|whose|thanks to|due to|on (?:the back of|hopes|news|optimism|concerns?|worries|fears)(?: that)?|helped by|driven by|fueled by|boosted by|lifted by|weighed down by|(?:a|one) (?:day|session|week) after|on a (?:day|session) (?:when|that|in which)|in a session (?:when|that|in which)|outside|so that|so|than|since(?= \w+ing)|recovering from|reversing|according to|says?|said|show(?:s|ed)?|noted|versus|vs\.?|compared (?:with|to)|against"),
    (">", r"outperform(?:ed|s|ing)?|beat(?:s|ing|en)?|topp(?:ed|ing)|outpac(?:ed|es|ing|e)|bested|besting|led|leads|leading|outran|eclips(?:ed|ing)|surpass(?:ed|es|ing)|(?:did|fared|done|doing) better than|surpass|outperform|outpace|exceed(?:ed|s|ing)|outstripp(?:ed|ing)|outshone|outrunning|outgained|outgain(?:s|ing)|ahead of|in front of|outdid|trounced|trumped"),
    ("<", r"underperform(?:ed|s|ing)?|lagg(?:ed|ing)(?: far| well| badly)?(?: behind)?|lags?(?: behind)?|trail(?:ed|s|ing)?(?: behind)?|(?:fell|fall(?:s|ing|en)?) behind|(?:did|fared|done|doing) worse than|behind|fell short of"),
    ("g", r"lead|margin|gap|spread|advantage|edge|outperformance|difference"),
    ("G", r"underperformance|deficit|shortfall"),
    ("o", r"left|leaves|leaving"),
    ("k", r"below|short of|shy of|under|beneath|off(?= (?:its|the|a|their))"),
    ("K", r"above"),
    ("J", r"(?:that|this) (?:performance|gain|move|rise|surge|advance|rally|loss|decline|drop)|it|the (?:index|gauge|benchmark|barometer|measure|fund|average)|they"),
    ("M", r"then g(?:a|i)v(?:e|es|ing) (?:it|them|that|everything|the gains?)(?: all)? (?:back|up)|would|could|might|may(?-i:)|will|should|can|cannot|if|unless|likely|probably|expect(?:s|ed|ing)? to|project(?:s|ed)|predict(?:s|ed)?|sees|target(?:s|ed)?|not|never|n't|no|nor|neither|failed to|fails to|without|hardly|must|needs?|aims?|set to|poised to|on (?:track|pace|course)(?: for| to)?|implied|pric(?:ed|ing) in|priced|averaged?|on average|typical(?:ly)?|usually|historically|normally|tends?|often|sometimes|hypothetical|assum(?:e|es|ed|ing)|less than expected|annuali[sz]ed|(?:average )?annual (?:returns?|gains?|loss)"),
    ("Q", r"g(?:a|i)v(?:e|es|ing) (?:it|them|that|everything|the gains?)(?: all)? (?:back|up)|barring|except(?: for)?|excepting|aside from|other than|save for|with the exception of|estimates?|estimated|forecasts?|projections?|odds|chance|probability|expectations?|consensus|or (?:more|greater|better|higher|lower|less)|once|only time|first|(?:\w+ )times|futures|options?|pre-?market|after-hours|intraday|earnings|revenues?|profits?|sales|volumes?|forward|P/E|price[- ]to[- ]earnings|price-earnings|ratios?|dividends?|inflows?|outflows?|market cap(?:itali[sz]ation)?|debt|weight(?:ing|s)?|members|constituents|multiples?|valuations?|discount|premium|at one point|opened|opening|midday|afternoon|morning|noon|early trading|session highs?|session lows?|at (?:the|its) (?:open|high|low|best|worst|peak|session)|overnight|moving average|high|low|highs|lows|peak|trough|bottom|relative|correction|bear market|bull market|correlat\w+|beta|volatility of|standard deviation|median|times|twice|half|double|triple|percent of|most|some|many|other|stocks in|each|every|another|measured|judged|excluding|ex|adjusted|in real terms|forward"),
    ("t", rf"(?:by|through|until|till|up to|between|from) (?:early |mid-|late )?{_MONTHS}\.?(?: \d{{1,2}})?(?:,? (?:19|20)\d\d)?(?: (?:to|through|until|and) {_MONTHS}\.?(?: \d{{1,2}})?(?:,? (?:19|20)\d\d)?)?"),
    ("t", r"(?:on the way|in the run-up|in the days|heading|going|leading) (?:in)?to (?:the |a |this )?(?:\w+ )?(?:decision|meeting|announcement|report|vote|election|week|day|session|weekend|release)s?|(?:on )?the eve(?: of the \w+)?|from (?:there|then|here)(?: on)?|after that|from (?:that|this|where|its|their|the|an?)(?: [\w-]+){0,3} (?:point|low|lows|high|highs|peak|trough|bottom|began|begins|started)|between the \w+ \w+ and (?:this|that)(?: one)?|since the (?:last|previous|prior) \w+|(?:before|until|after|ahead of|prior to) (?:this|that|last|the last) (?:week|month|quarter|half-year|year|session|decision|day)|(?:before|ahead of|prior to) the (?:decision|meeting|announcement|report|release)|(?:those|these|such|similar|earlier|both|other|previous)(?: \w+)? (?:cases|occasions|instances|episodes|cycles|times)|(?:\w+ )?(?:days?|weeks?|months?|quarters?|years?|sessions?) later|(?:that|those|the same) (?:(?:two|three|six|nine|12|twelve)[- ])?(?:time|period|span|stretch|weeks?|months?|quarters?|years?|days?|sessions?)|days?|weeks?|months?|quarters?|years?|decades?|sessions?|yesterday|tomorrow|tonight|since|history|average|ago|earlier|previous(?:ly)?|prior|past|last|next|year-end|ever|recent(?:ly)?|post-\w+|pandemic|crisis|era|cycle|late|early|mid|then|(?:19|20)\d\d|Jan(?:uary)?|Feb(?:ruary)?|March|April|(?-i:May)|June|July|August|Sept(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|winter|spring|summer|autumn|seasonal\w*|continued|until now|before"),
    ("~", r"(?:back )?(?:in|into) (?:correction|bear[- ]market|bull[- ]market) territory|substantial|considerable|notable|sizable|significant|similar|massive|huge|meager|dramatic|tiny|slim|(?:(?:key|major|other|large-cap|blue-chip|main|broader|both|all) )+(?:stock )?(?:indexes|indices|benchmarks|averages),? (?:including|such as|like)|back|alone|steeper|bigger|larger|smaller|better|stronger|sharper|deeper|milder|respectable|robust|more modest|annual(?:i[sz]ed)? (?:rate|pace)|jobs|positions|the|a|an|its|their|also|both|all|only|just|again|still|holding on to|sharply|benchmark|broad(?:er)?(?: market)?|(?:tech(?:nology)?|IT|growth)-(?:heavy|focused|laden|dominated|rich|oriented)|blue-chip|wider|overall|whopping|hefty|healthy|modest|solid|strong|sharp|impressive|full|total|stellar|fresh|big|small|large-cap|small-cap|itself|own|U\.S\.|US|American|narrow(?:er|ly)?|(?!only|nearly|roughly|approximately|early|weekly|daily|monthly|yearly|quarterly|rally|supply|family|hardly|barely|partly|friendly|likely|usually|typically|historically|normally|previously|recently|annually|daily|July|possibly|mostly|largely|virtually|essentially)\w+ly|further|more broadly|strongly|too|well|even|far|in total|overall|meanwhile|however|instead|in contrast|by contrast|on Wall Street|new|combined|now|then|cumulative|price|so far|respectively(?!)|some"),
)  # fmt: skip
"""Codes with the words that have them; the longest match at a place wins, and of two the one listed first."""

APPROXIMATE: tuple[tuple[str, str], ...] = (
    ("about", r"about|around|near|in the neighborhood of|roughly|approximately|some|an estimated|close to|circa|~|or so"),
    ("nearly", r"nearly|almost|just (?:under|below|shy of)|not quite|close to|as much as(?!)|little less than|a little under|a touch under"),
    ("over", r"more than|over|above|upwards of|north of|just over|just above|a little over|slightly more than|at least|better than|in excess of|greater than|a little more than|just more than"),
    ("under", r"less than|under|fewer than|below|at most|no more than|slightly less than|only a little less than"),
)  # fmt: skip

_SIZE = r"(?P<size>best|worst|biggest|largest|steepest|sharpest|strongest|weakest|greatest|widest|broadest|heftiest|deepest|poorest)"
_OF = r"(?P<of>daily|one-day|single-day|single-session|one-session|weekly|one-week|monthly|one-month|quarterly|percentage(?:-point)?|closing)"
_WHAT = (
    r"(?P<what>gains?|drops?|declines?|days?|sessions?|weeks?|months?|quarters?|rises?|jumps?|losses|loss|falls?|advances?"
    r"|rall(?:y|ies)|slides?|moves?|performances?|showings?|sell-?offs?|pullbacks?|increases?|margins?|leads?|gaps?|spreads?|outperformances?|edges?|advantages?|setbacks?|retreats?|slumps?|surges?|rebounds?|climbs?|leaps?|dips?|returns?"
    r"|plunges?|tumbles?|percentage (?:gain|drop|loss|decline|rise|jump))"
)
SUPERLATIVES: tuple[str, ...] = (
    rf"(?:(?P<rank>{ORDINAL})[- ])?{_SIZE}(?: {_OF})*(?: {_WHAT})(?: in percentage terms)?",
    rf"{_SIZE}(?= since\b| in (?:a|an|more than|over|nearly|almost|about|at least)\b)",
    r"(?P<size>highest|lowest)(?: (?P<what>clos(?:e|ing(?: level| high| low| price)?)|levels?|finish|settlement|readings?|point|mark|value|yield|rate|print))?",
    r"(?P<size>most|least)(?= since| in (?:a|an|more|over|nearly|almost|about)\b| this (?:year|month))",
)  # fmt: skip
"""A superlative with its size and what it is of."""

RECORDS = (
    r"the record(?=[,.;]| (?:set|reached|hit|posted|it|of)\b)(?: (?:set|reached|hit|posted))?|(?:(?:yet )?another |its \w+ |a (?:new|fresh) )?(?:all-time|record)(?: closing)? (?P<side>highs?|lows?|close|finish|level|territory|closing level|peak)s?"
    r"|(?:closing|close at a|closed at a|ended at a|finished at a) record(?: closing)?(?: highs?| close| level)?|(?:a|another|its|new|fresh|to|set|hit|at|own) records?(?! (?:gain|loss|drop|rise|inflow|number|run|profit|earnings|date|low|high|close|number|\w+ing))"
    r"|highest (?:close|closing level|level|finish)(?: ever(?: recorded)?| on record| in (?:its )?history)"
    r"|(?P<side>highest|lowest) (?:close|closing level|level|finish|point) (?:ever(?: recorded)?|on record|in (?:its )?history)|all-time (?P<side>peak)"
)
STREAKS: tuple[str, ...] = (
    rf"(?:for (?:the|a) |its |the |a )?(?P<nth>{ORDINAL})(?:[- ](?:straight|consecutive|successive))(?: calendar)?(?: (?P<what>losing|winning|negative|positive|down|up))?(?: {UNIT}| (?P<u>daily|weekly|monthly|quarterly|annual|yearly))?(?: of)?(?: (?:big |solid |modest |strong |steep |small |slight |heavy )?(?P<what>gains?|loss(?:es)?|advances?|declines?|rises?|drops?|wins?|falls?|increases?|decreases?))?",
    rf"(?:for )?(?P<n>{CARDINAL}|\d+) (?:straight|consecutive|successive) (?:(?:calendar )?{UNIT}|(?:(?P<u>daily|weekly|monthly|quarterly|annual) )?(?P<what>gains|losses|advances|declines|rises|drops|wins|falls))(?: of (?P<what>gains|losses|advances|declines))?",
    rf"(?P<n>{CARDINAL}|\d+)[- ](?P<u>session|day|week|month|quarter|year)[- ](?P<what>winning|losing) (?:streak|run|skid)|(?P<n>{CARDINAL}|\d+)[- ](?P<u>session|day|week|month|quarter|year) (?:streak|run) of (?P<what>gains|losses|advances|declines)|(?<=(?:snapp|halt|end|break|stopp)(?:ed|ing|s)? (?:a|its|the) )(?P<n>{CARDINAL}|\d+)[- ](?P<u>session|day|week|month|quarter|year) (?P<what>slide|decline|rally|advance|drop)",
    rf"(?:in )?(?P<n>{CARDINAL}|\d+) of (?:the|its) (?:last|past|previous) (?P<m>{CARDINAL}|\d+) {UNIT}",
    rf"(?P<nth>{ORDINAL}) (?P<u>daily|weekly|monthly|quarterly|annual) (?P<what>gain|loss|advance|decline|rise|drop|fall|increase|decrease) in (?:the (?:last|past) )?(?P<m>{CARDINAL}|\d+)(?: (?:days|sessions|weeks|months|quarters|years))?",
    rf"(?P<what>winning|losing) (?:streak|run) (?:to|at|of) (?:a )?(?P<n>{CARDINAL}|\d+) (?:straight )?{UNIT}",
    rf"(?:for )?(?:the |a )?(?P<nth>{ORDINAL}) (?:(?P<what>losing|winning|negative|positive|down|up) )?(?P<u>day|session|week|month|quarter|year) (?:in a row|running)|(?:for )?(?P<n>{CARDINAL}|\d+) (?:{UNIT}|(?P<what>gains|losses|advances|declines)) (?:in a row|running)",
    rf"for (?:a|the) (?P<nth>{ORDINAL}) (?P<u>day|session|week|month)(?! of)",
)  # fmt: skip
ENDED = r"snapp(?:ed|ing|s)|broke|breaking|halt(?:ed|ing|s)"

_SECTORS = r"(?P<g>(?:S&P (?:500 )?)?(?:(?P<small>small-cap )?(?:industry )?sectors?(?: funds| groups| ETFs)?|industry groups|(?:S&P )?sector groups))"
BREADTH: tuple[str, ...] = (
    rf"(?P<n>{CARDINAL}|\d+|all(?: but (?P<but>{CARDINAL}))?|every|none|each|no|both|only {CARDINAL}|just {CARDINAL})(?: (?:out )?of)?(?: (?:the|its))?(?: (?P<total>{CARDINAL}|\d+))?(?: of)?(?: the)?(?: major| main)?(?: S&P 500(?:'s)?)?(?: major| main)? {_SECTORS}(?: in the S&P 500| of the S&P 500)?",
)
BEST: tuple[tuple[str, str], ...] = (
    ("best", r"(?:was|were|is|are|being)?(?: among)? ?(?:the )?(?:best|top|strongest)[- ](?:performing |perform\w+ )?(?:S&P 500 |small-cap )?(?:sector|performer|gainer|group)s?|led (?:all (?:of )?)?(?:the )?(?:(?:other|11|eleven|nine|9|10) )?(?:S&P 500 |small-cap )?(?:sectors?|gains|gainers|advance|advancers|way(?: higher)?)(?: funds)?|was the biggest (?:gainer|advancer)|(?:was|were) the (?:(?:day|week|month|quarter|year)'s )?(?:(?:biggest|clear|top|standout) )?(?:winner|gainer|leader)s?(?! of| in)"),
    ("worst", r"(?:was|were|is|are|being)?(?: among)? ?(?:the )?(?:worst|weakest)[- ](?:performing |perform\w+ )?(?:S&P 500 |small-cap )?(?:sector|performer|group)s?|led (?:the )?(?:declines?|decliners|losers|losses|way lower)|was the biggest (?:decliner|loser|laggard)|brought up the rear|(?:was|were) the (?:(?:day|week|month|quarter|year)'s )?(?:(?:biggest|main|worst|notable) )?(?:laggard|loser)s?(?! of| in)"),
)  # fmt: skip
FIRST = r"for (?:only )?the first time(?: ever| in (?:its )?history)?"
_RISING = r"(?:rise|gain|advance|climb|(?:end|finish|close)(?: the (?P<p>day|week|month|quarter|year))? (?:higher|up|in the (?:green|black)|in positive territory)|post a gain)"
_FALLING = r"(?:fall|decline|drop|lose ground|retreat|slip|(?:end|finish|close)(?: the (?P<p>day|week|month|quarter|year))? (?:lower|down|in the red|in negative territory)|post a loss)"
_ALONE = r"(?:was|were|is|are) the (?:only|sole|lone) "
_AMONG = r"(?: (?:among|of|in) the (?:(?:11|eleven) )?(?:S&P 500(?:'s)?(?: (?:11|eleven))? )?(?:sectors?)?)?"
ALONE: tuple[tuple[int, str], ...] = (
    (
        1,
        rf"{_ALONE}(?:(?:S&P 500 |large-cap )?(?:sector|group|one) to {_RISING}(?! (?:more|at least|over|less|by|\d))|(?:gainer|advancer|winner){_AMONG})",
    ),
    (
        -1,
        rf"{_ALONE}(?:(?:S&P 500 |large-cap )?(?:sector|group|one) to {_FALLING}(?! (?:more|at least|over|less|by|\d))|(?:decliner|loser){_AMONG})",
    ),
)
"""The one sector that went its way."""


@dataclass(frozen=True, slots=True)
class Superlative:
    """`biggest weekly gain`: how it is measured, which way, over which period, and its place."""

    measure: str
    """`level` or `move` or `gap`."""
    sign: int
    """1 for the highest and the best, -1 for the lowest and the worst, 0 where only the words around it say."""
    period: str
    """`day`, `week`, `month`, `quarter`, or nothing where only the words around it say."""
    rank: int = 1
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """`third straight gain`: how many, of which period, which way; 0 where only the words around it say."""

    count: int
    period: str
    sign: int
    of: int = 0
    """Of how many of the last, where they need not be in a row: `three of the past four months`."""


@dataclass(frozen=True, slots=True)
class Breadth:
    """`seven of 11 sectors`: how many of how many, in which group."""

    count: int
    total: int | None
    small: bool
    sign: int = 0
    """Which way the one sector went that was alone; else the words around it say."""
    period: str = ""
    """Over which period to date, where that is part of the words."""
