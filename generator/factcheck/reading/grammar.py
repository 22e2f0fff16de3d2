"""The forms in which claims are written, as patterns over the codes of a sentence's words."""

from __future__ import annotations

import regex

_SS = r"S(?:(?:,|,?&)S)*"
_INS = r"(?P<ins>\([^()%LPB]*\)|,(?!&|aS)(?:A?[Ln]w|[^,%LPBUDud]){0,14},|_(?:A?[Ln]w|[^_%LPBUDud]){1,14}_)?"
_N = r"A?[%pBP]"
_LEVEL = r"(?:,?(?:i|@|c@|ic@|ci|,c@|ir@?|ic(?=A)|,c(?=A))(?P<x>XO?|X@)?(?P<lev>A?[Ln%p$]))"
_MORE = r"(?:,?\|(?P<n2>A?[%p]),?|\((?P<n2>A?[%p])\))?"
_FROM = r"(?:,?D?U?f(?P<from>A?[%Ln]))"
_S = rf"(?P<s>{_SS}){_INS}"

FORMS: tuple[tuple[str, str], ...] = (
    # `closed above 6,000 for the first time since January`
    ("crossing", r"(?P<s>S)[ejcUDhlr]*(?P<n>A[Ln%])(?P<f>F)"),
    # `the third consecutive quarter in which small caps lagged large caps`, `outpaced the S&P 500 for a third month`
    ("ahead", r"(?P<r>s)(?P<in>Ia)(?P<s>S)[ejc]*(?P<c>[<>])(?P<o>S)"),
    ("ahead", r"(?P<r>s),?(?P<s>S)[ejc]*(?P<c>[<>])(?P<o>S)(?!')"),
    ("ahead", r"(?P<s>S)[ejc]*(?P<c>[<>])(?P<o>S)(?:bA?[PB%])?,?(?P<r>s)"),
    # `finished 4.5 percentage points ahead of the S&P 500`
    ("compare", rf"{_S}[ejc]*[hl]?(?P<n>A?[PB%])(?P<c>[<>])(?P<o>{_SS})"),
    # `fell 3.7 percentage points behind the S&P 500`, `gained 2.9 percentage points on the S&P 500`
    ("compare", rf"{_S}[ejc]*[UDud](?P<n>A?[PB])(?P<c>[<>])(?P<o>{_SS})"),
    ("compare", rf"{_S}[ejc]*(?P<c>[UDud])(?P<n>A?[PB])I(?P<o>{_SS})"),
    # `outperformed the S&P 500 by 4.5 percentage points`
    ("compare", rf"{_S}[ejcv]*(?P<c>[<>])(?P<o>{_SS})(?!'[A%])(?:b(?P<n>A?[PB%]))?"),
    ("compare", rf"{_S}[ejcv]*(?P<c>[<>])(?P<o>{_SS})(?='A?%)"),
    # `left the S&P 500 behind`
    ("compare", rf"{_S}[ejc]*(?P<c>o)(?P<o>{_SS})<(?:b(?P<n>A?[PB%]))?"),
    # several subjects with a number each: `The Dow and the S&P 500 fell 0.6% and 0.5%`
    ("each", rf"(?P<s>S(?:(?:,|,?&)S)+){_INS}(?:[ejc]*(?P<v>[UDhl])b?|v?(?P<v>[ud])O)(?P<ns>A?%(?:(?:,|,?&)A?%)+)"),
    # `closed at 2,125.04, up 1.2%`, `rose to 2,125.04, a gain of 1.2%`
    (
        "move",
        rf"{_S}[ej]*(?:c|[UDe]|r)[hl]?(?:@|i)?(?P<x>X)?O?(?P<lev>A?[Lnp$])(?:[,(]{{1,2}}(?:c?(?P<v>[UDhl])b?|v?(?P<v>[ud])(?:O|b)?)|v(?P<v>[ud])O)(?P<n>{_N}){_MORE}",
    ),
    # `rose 1.2%`, `was up 1.2% to 2,125.04`, `added 23 points, or 1.2%`
    ("move", rf"{_S}[ejc]*(?P<v>[UDudhl])b?(?P<n>{_N}){_MORE}[hl]?{_LEVEL}?{_FROM}?"),
    ("move", rf"{_S}[ejc]*(?P<v>[UDud])(?P<n2>A?L)(?:,?\|(?P<n>A?%),?|\((?P<n>A?%)\)){_LEVEL}?"),
    # `November's 10.8% gain`, `June's gain of 5.3%`
    ("owned", r"(?P<n>A?%)(?P<v>[ud])(?![IObv]S)"),
    ("owned", r"(?P<v>[ud])O(?P<n>A?%)(?![IOb]S)"),
    # `closed 1.2% higher`
    ("move", rf"{_S}[ejc]+(?P<n>{_N})(?P<v>[hl]){_LEVEL}?"),
    # `ended in negative territory, declining 0.3% to close at 4,451.14`
    ("move", rf"{_S}[ejc]+[hl],(?P<v>[UD])b?(?P<n>{_N}){_MORE}{_LEVEL}?"),
    # `outperformed, gaining 1.2%`, `did even better, returning 14.2%`
    ("leaning", rf"(?P<s>S)[ejcw<>=hlUD]{{1,6}},(?P<v>[UD])b?(?P<n>A?%){_LEVEL}?"),
    # `registered a decline of 0.89%, ending the day at 13,748.83`
    ("move", rf"(?P<s>S),a(?:(?P<v>[UD])b?|[jc]*v?(?P<v>[ud])O)(?P<n>A?%)[hl]?{_LEVEL}?"),
    # `was 6 points (0.2%) higher at 2,879`
    ("move", rf"{_S}[ejc]+(?P<n2>A?p)\((?P<n>A?%)\)(?P<v>[hl]){_LEVEL}?"),
    # `the S&P 500's 0.6% gain`
    ("move", r"(?P<s>S)'(?P<n>A?%)(?P<v>[udUD])"),
    ("move", r"(?P<s>S)'(?P<v>[ud])O(?P<n>A?%)"),
    # `lagged with a gain of 1.2%`
    ("move", r"(?P<s>S)[<>ejcw]{1,4}v(?:(?P<v>[ud])O(?P<n>A?%)|(?P<n>A?%)(?P<v>[ud]))"),
    # `posted a 1.2% gain`, `posted a gain of 1.2%`
    ("move", rf"{_S}[jc]*v(?P<n>A?%)(?P<v>[ud])"),
    ("move", rf"{_S}j?[ve]?(?P<v>[ud])(?:O|b)(?P<n>A?[%pB]){_MORE}{_LEVEL}?"),
    # `a 1.2% gain in the Russell 2000`
    ("move", rf"(?P<n>A?%)(?P<v>[ud])(?:[IObv]|,f)(?P<s>{_SS})"),
    ("move", rf"(?P<v>[ud])O(?P<n>A?%)(?:I|b|v)(?P<s>{_SS})"),
    # `a 1.2% rise lifted the Russell`, `lifted the Russell 1.2%` are left out: too many readings.
    # `energy (+2.1%)`, `IWM: -0.4%`, `Russell 2000 2,125.04 (+1.2%)`
    ("signed", rf"(?P<s>S)[:,(\-]*(?:c?@?(?P<lev>A?[Ln])[,(\-]*)?(?P<n>A?[%p])\)?{_LEVEL}?"),
    # `rose 0.5% and closed at 6,204.95`: of what the sentence was about until then
    ("closing", r"(?:&|,&|,)(?P<v>c|cl|ch)(?:@|i)?(?P<lev>A?[L])(?!A?[%udUD])"),
    # `fell to 4.19% from 4.28%`, `closed at 2,125.04`
    (
        "level",
        rf"(?P<s>[SR]){_INS}[ej]*(?:(?P<v>[UDud])b?(?:i|@|i?c@|,?c@|ir)|(?P<v>c|[hl=er]|ch|cl)[hl]?(?:i|@|i?c@|,?c@|ir)?)(?P<x>X)?[OJ@]?(?P<lev>A?[%Lnp$](?!A?[%udUD])){_FROM}?",
    ),
    ("level", rf"(?P<s>[SR]){_INS}[ej]*(?P<v>[UDud])f(?P<from>A?[%Ln])i(?P<lev>A?[%Ln])"),
    ("level", r"(?P<s>[SR])(?:O|@)(?P<lev>A?[%Ln])"),
    ("level", r"(?P<s>[SR]):?(?P<lev>A?[%L])(?:,[UD]f(?P<from>A?%)|(?=[a,(]|$))"),
    # `added 206,000 jobs`, `consumer prices rose 0.3%`
    ("growth", rf"(?P<s>R){_INS}[ej]*(?P<v>[UDud])b?(?:@|O)?(?P<n>A?[%Ln])(?:i(?P<lev>A?L))?{_FROM}?"),
    # `the Russell's lead over the S&P 500, nearly 4.5 percentage points`
    ("compare", r"(?P<s>S)'(?P<c>g)(?:[IK])(?P<o>S)(?:,|e|O|:|eO|D?i|U?i)*(?P<n>A?[PB])"),
    ("compare", r"(?P<c>g)I(?P<s>S)&(?P<o>S)(?:,|e|O|:|[UDud]*i)*(?P<n>A?[PB])"),
    # `, climbing by 1.4%`: of what the sentence was about until then
    ("going", r",(?:(?P<v>[UD])b?|(?P<v>[ud])O)(?P<n>A?[%p])(?![udhl])"),
    # `, outpacing the S&P 500`
    ("beside", rf"(?P<c>[<>])(?P<o>{_SS})(?!'[A%])(?:b(?P<n>A?[PB%]))?"),
    ("beside", rf"(?P<c>[<>])(?P<o>{_SS})(?='A?%)"),
    # `That performance outpaced the Dow`: of what the sentence before was about
    ("again", rf"(?:^|,)J[ejc]*(?P<c>[<>])(?P<o>{_SS})(?!'[A%])(?:b(?P<n>A?[PB%]))?"),
    # `13% below its record high`
    ("distance", rf"{_S}(?:[UDhl]&)?[ejc]*(?P<n>A?%)(?P<k>[kDlf]f?)J?'?(?P<x>X)"),
    # `24% above its October low`
    ("turned", rf"{_S}(?:[UDhl]&)?[ejc]*(?P<n>A?%)(?P<k>[kK])J?'?(?P<x>V)"),
    # `, and is now 10.7% below the record`: of what the sentence was about until then
    ("still", r"(?:,|&|,&|,?a)[ejc]*(?P<n>A?%)(?P<k>[kDl]f?)J?'?(?P<x>X)"),
    ("turned", r"(?:,|&|,&|,?a)[ejc]*(?P<n>A?%)(?P<k>[kK])J?'?(?P<x>V)"),
    # `, and closed at a record`: of what the sentence was about until then
    ("recorded", r"(?:&|,&)(?P<x>X)"),
    ("recorded", r"(?:&|,&)(?:c@|r)(?P<x>X)"),
    # `seven of the 11 sectors rose`
    ("breadth", r"(?P<y>Y)[ejc]*v?(?P<v>[UDhlud])"),
    # `energy was the only sector to end the quarter in the red, down 6.4%`
    ("alone", r"(?P<s>S)(?P<y>1)(?:,(?P<v>[UD])b?(?P<n>A?%))?"),
    ("led", r"(?:,|^)[>E<]b(?P<s>S)(?:[@,(]?a?e?(?P<v>[UDud])?[(@]?b?(?P<n>A?%))?"),
    ("led", r"(?:,|^)[>E<]b(?P<n>A?%)(?P<v>[ud])(?:I|b|v)(?P<s>S)"),
    # `financials were the worst performers in the S&P 500, plunging 4.4%`, `energy (-1.4%) was the worst performer`
    ("best", r"(?P<s>S)[ejc]*(?P<e>E)IS,?(?P<v>[UD])b?(?P<n>A?%)"),
    # `Energy and health care were the weakest sectors, falling 8.5% and 7.2%`
    ("bests", r"(?P<s>S(?:(?:,|,?&)S)+)[ejc]*(?P<e>E)(?:,(?P<v>[UD])b?(?P<ns>A?%(?:(?:,|,?&)A?%)+))?"),
    ("best", r"(?P<s>S)\(A?%\)[ejc]*(?P<e>E)"),
    (
        "best",
        rf"(?P<s>S){_INS}[ejc]*(?P<e>E)(?:v(?P<n>A?%)(?P<v>[ud])|v(?P<v>[ud])O(?P<n>A?%)|,(?P<v>[UDud])?b?(?P<n>A?%))?",
    ),
    # `rose for a third straight day`, `snapped a three-day losing streak`
    ("run", rf"(?P<s>{_SS})(?:(?!S).)*?(?P<ended>x|c)(?P<r>s)"),
    ("run", r"(?P<ended>x)(?P<r>s)[Iv](?P<s>S)"),
    ("run", rf"(?P<r>s)(?P<both>v)(?P<s>{_SS})"),
    ("run", rf"(?P<s>{_SS})(?P<between>(?:(?!S)[^a])*?)(?P<r>s)"),
    # `posted 41 record closes during the year`
    ("counted", r"(?P<s>S)[ejvcr]*(?P<n>A?n)(?P<x>X)"),
    ("record", rf"(?P<s>{_SS}){_INS}(?P<between>[ejcUDudr@iv&pA,hln%I]*)(?P<x>X)"),
)
"""Each form with its name, in the order in which they are tried; what one has read no other reads."""

ELIDED = regex.compile(r"(?:,|,?&|,?a)(?P<s>S)(?:b|v|')?(?P<n>A?[%B])(?![udPk<>])")
"""`, the S&P 500 0.5% and the Nasdaq 0.9%` after a move."""
TAIL = regex.compile(r"(?:,|,?&)?a(?P<n>A?%)(?:v|I|b)(?P<s>S)")
"""`, against 12.4% for small-cap value` after a move."""
MULTIPLE = regex.compile(r",?(?P<m>\*)(?P<s>S)'(?:(?P<n>A?%)[ud]?|(?P<v>[ud]))")
"""`, nearly twice the S&P 500's 4.4%` after a move."""
SCORE = regex.compile(r",?(?P<n>A?%)i(?P<m>A?%)(?![ud])")
"""`trails the S&P 500, 20.1% to 26.5%`."""
DIRECTION = regex.compile(rf"(?P<s>{_SS})(?:,a(?=[ejc]*[UDhl])|{_INS})[ejc]*(?P<v>[UDhl])(?!b?A?[%pBPLn])(?!i)")
COMPILED = tuple((name, regex.compile(form)) for name, form in FORMS)
