"""Alterations of what an edition says: numbers, words, cells, sentences, marks, posts, Markdown."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from .places import places
from .trial import HIDDEN, LEDGER, Case, Kinds, Made, evenly, kind, swapped_in

KINDS: Kinds = {}
POSTS = (
    "x.txt", "x-thread.txt", "linkedin.txt", "facebook.txt", "bluesky.txt", "bluesky-thread.txt", "mastodon.txt", "threads.txt",
)  # fmt: skip
TEXTS = ("article.md", "article.html", *POSTS, "card-alt.txt")
LIE = "The Russell 2000 fell 9.9%. Buy now."


# --- numbers and words ----------------------------------------------------------------------------

NUMBER = r"(?<![\w/.-])\d[\d,]*\.?\d*(?=[% .;,]|$)"
OPPOSITES = {
    "rose": "fell", "fell": "rose", "gained": "lost", "lost": "gained", "higher": "lower", "lower": "higher",
    "up": "down", "down": "up", "above": "below", "below": "above", "more": "less", "less": "more", "behind": "ahead",
    "ahead": "behind", "small": "large", "large": "small", "best": "worst", "worst": "best", "high": "low", "low": "high",
}  # fmt: skip


def next_digit(text: str) -> str:
    at = max(i for i, letter in enumerate(text) if letter.isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


@kind(KINDS, "numbers")
def _numbers(case: Case) -> Made:
    for name in TEXTS:
        yield from swapped_in(case, name, NUMBER, next_digit, 12)


@kind(KINDS, "one number in every file and the ledger")
def _numbers_everywhere(case: Case) -> Made:
    found = sorted({one[0] for one in re.finditer(r"\d+\.\d\d%", case.text("article.md"))})
    for number in evenly(found, 30):
        files = dict(case.files)
        for name in (*TEXTS, LEDGER):
            files[name] = files[name].replace(number.encode(), next_digit(number).encode())
        files.pop("article.pdf", None)
        yield number, files


@kind(KINDS, "words turned round, put in, left out")
def _words(case: Case) -> Made:
    for name in TEXTS:
        words = rf"\b({'|'.join(OPPOSITES)})\b"
        yield from swapped_in(case, name, words, lambda word: OPPOSITES[word], 6)
        yield from swapped_in(case, name, r"\b(is|was|has|are|had|were)\b", lambda word: f"{word} not", 4)
        yield from swapped_in(case, name, r"\b(only|nearly|about|at least|not|no|all) ", lambda _: "", 4)
        yield from swapped_in(case, name, r"(?<=[a-z]) [a-z]{4,}(?= [a-z])", lambda _: "", 5)


@kind(KINDS, "a word changed in every file and the ledger")
def _words_everywhere(case: Case) -> Made:
    text = case.text("article.md").partition("\n---\n")[2]
    found = sorted({one[0] for one in re.finditer(rf"\b({'|'.join(OPPOSITES)})\b [a-z]+ [a-z]+", text)})
    for words in evenly(found, 24):
        first, _, rest = words.partition(" ")
        files = dict(case.files)
        for name in (*TEXTS, LEDGER):
            files[name] = files[name].replace(words.encode(), f"{OPPOSITES[first]} {rest}".encode())
        files.pop("article.pdf", None)
        yield words, files


@kind(KINDS, "a sentence left out of one file")
def _sentence_left_out(case: Case) -> Made:
    for record in case.ledger["products"]["article"]:
        text = case.text("article.md")
        at = text.rfind(record["text"])
        if at >= 0:
            yield record["text"][:40], case.put("article.md", text[:at] + text[at + len(record["text"]) :])
    html = case.text("article.html")
    for one in evenly(list(re.finditer(r"(?s)<(p|li|h2)>.*?</\1>", html)), 30):
        yield f"article.html {one[0][:40]}", case.put("article.html", html[: one.start()] + html[one.end() :])


@kind(KINDS, "table cells")
def _cells(case: Case) -> Made:
    for name, pattern in (
        ("article.md", r"(?<=\| )[+−\d][\d.,]*(?= \|)"),
        ("article.html", r"(?<=>)[+−\d][\d.,]*(?=<)"),
    ):
        start = case.text(name).index("| --:" if name.endswith(".md") else "<tbody>")
        text = case.text(name)
        cells = [one for one in re.finditer(pattern, text) if one.start() > start]
        for one in evenly(cells, 16):
            yield f"{name} {one[0]}", case.put(name, text[: one.start()] + next_digit(one[0]) + text[one.end() :])
        for one, other in combinations(evenly(cells, 5), 2):
            if one[0] != other[0]:
                changed = (
                    text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]
                )
                yield f"{name} {one[0]} and {other[0]}", case.put(name, changed)
    text = case.text("article.md")
    rows = re.findall(r"(?m)^\| [A-Z].*\|$", text)
    for one, other in pairwise(rows[1:]):
        yield f"rows {one[:12]}", case.put("article.md", text.replace(f"{one}\n{other}", f"{other}\n{one}"))
    for heading, other in (
        ("Day", "Week"),
        ("This week", "This month"),
        ("This year", "Decade"),
        ("Index or fund", LIE),
    ):
        yield f"md {heading}", case.put("article.md", text.replace(f"| {heading} |", f"| {other} |", 1))
        html = case.text("article.html")
        wanted = f'<th scope="col">{heading}</th>'
        yield f"html {heading}", case.put("article.html", html.replace(wanted, wanted.replace(heading, other), 1))


@kind(KINDS, "sentences swapped")
def _swapped(case: Case) -> Made:
    records = [record for record in case.ledger["products"]["article"] if "heading" not in record["part"]]
    text = case.text("article.md")
    body = [record["text"] for record in records if text.count(record["text"]) == 1]
    pairs = [
        *pairwise(body),
        *zip(body, body[7:], strict=False),
        *zip(body, body[15:], strict=False),
    ]
    for one, other in evenly(pairs, 24):
        changed = text.replace(one, "\0").replace(other, one).replace("\0", other)
        yield f"md {one[:20]} and {other[:20]}", case.put("article.md", changed)
    html = case.text("article.html")
    paragraphs = [one[0] for one in re.finditer(r"(?s)<(p|li)>.*?</\1>", html)]
    for one, other in evenly([*pairwise(paragraphs), *zip(paragraphs, paragraphs[6:], strict=False)], 14):
        changed = html.replace(one, "\0").replace(other, one).replace("\0", other)
        yield f"html {one[:20]} and {other[:20]}", case.put("article.html", changed)
    thread = case.text("x-thread.txt").split("\n---\n")
    for number in range(len(thread) - 1):
        order = [*thread[:number], thread[number + 1], thread[number], *thread[number + 2 :]]
        yield f"posts {number}", case.put("x-thread.txt", "\n---\n".join(order))


# --- Markdown -------------------------------------------------------------------------------------


@kind(KINDS, "Markdown oddities")
def _markdown(case: Case) -> Made:
    text = case.text("article.md")
    first = text.index("\n## ")
    for put in (
        f"~~{LIE}~~", f"<!-- {LIE} -->", f"> {LIE}", f"    {LIE}", f"```\n{LIE}\n```", f"`{LIE}`", f"<p>{LIE}</p>",
        f"<script>{LIE}</script>", "<script src=//evil.example></script>", f"[{LIE}](https://evil.example/)",
        f"![{LIE}](https://evil.example/x.png)", "![](https://tracker.example/x.png)", "[x](javascript:alert(1))",
        f"# {LIE}", f"###### {LIE}", "---", "***", f"1. {LIE}", f"* {LIE}", f"| {LIE} |\n| --- |\n| x |",
        f"[^9]: {LIE}", f'[note]: https://evil.example/ "{LIE}"', "<https://evil.example/>", f"<img alt='{LIE}'>",
        f"Term\n: {LIE}", "[](https://evil.example/)", "<br>", "&#66;uy now", "{{ shortcode }}", "{% raw %}",
        f"*[HTML]: {LIE}", "<iframe src=//evil.example></iframe>", f"<details>{LIE}</details>", "$$x$$", "==x==",
    ):  # fmt: skip
        yield put[:30], case.put("article.md", f"{text[:first]}\n{put}\n{text[first:]}")
        yield f"end {put[:26]}", case.put("article.md", f"{text}\n{put}\n")
    sentences = [record["text"] for record in case.ledger["products"]["article"] if text.count(record["text"]) == 1]
    for sentence in evenly(sentences, 6):
        for before, after in (("~~", "~~"), ("<!-- ", " -->"), ("`", "`"), ("<s>", "</s>"), ("[", "](https://evil.example/)"),
                              ("<span hidden>", "</span>"), ("\n> ", "\n"), ("\n    ", "\n"), ("\n## ", "\n")):  # fmt: skip
            yield f"{before}{sentence[:20]}", case.put("article.md", text.replace(sentence, before + sentence + after))
    for key in (
        "title",
        "description",
        "author",
        "date",
        "tags",
        "canonical_url",
        "image",
        "draft",
        "simulated",
        "slug",
    ):
        line = re.search(rf"(?m)^{key}: ?.*$", text)
        if line:
            yield f"{key} twice", case.put("article.md", text.replace(line[0], f"{key}: {LIE[:-1]}\n{line[0]}", 1))
            yield f"{key} twice, after", case.put("article.md", text.replace("simulated:", f"{key}: x\nsimulated:", 1))
            yield f"{key} gone", case.put("article.md", text.replace(line[0] + "\n", "", 1))
    for put in (f"note: {LIE[:-1]}", f"# {LIE}", "layout: raw", "redirect: https://evil.example/", "aliases: [/x]"):
        yield put[:20], case.put("article.md", text.replace("---\n", f"---\n{put}\n", 1))


# --- what stands on every page, marks, posts ------------------------------------------------------


@kind(KINDS, "standing phrases repeated")
def _standing(case: Case) -> Made:
    imprint = case.edition.imprint
    phrases = ("Simulated market.", "None of it happened.", imprint.title, imprint.byline, imprint.risk, "The bottom line",
               "How the figures are made", f"#{imprint.hashtags[0]}", "$IWM", imprint.call_to_action, "Index or fund", "Sources")  # fmt: skip
    for name in TEXTS:
        text = case.text(name)
        spots = [one.end() for one in places(name, text, r"[a-z%]\.(?=[ \n<])", HIDDEN)]
        for number, phrase in enumerate(phrases):
            for at in evenly(spots, 40)[number::12]:
                yield f"{name}: {phrase[:20]} at {at}", case.put(name, f"{text[:at]} {phrase}{text[at:]}")


@kind(KINDS, "emoji, signs, marks of direction")
def _marks(case: Case) -> Made:
    marks = (
        "🚀",
        "📉",
        "−",
        "\u202e",
        "\u200b",
        "\u0336",
        "\u2066",
        "\ufeff",
        "\u00ad",
        "✅",
        "!",
        "?",
        "‼",
        "≈",
        "±",
        "*",
    )
    for name in TEXTS:
        text = case.text(name)
        spots = [one.start() for one in places(name, text, rf"{NUMBER}|(?<= )[A-Z][a-z]+", HIDDEN)]
        for number, mark in enumerate(marks):
            for at in evenly(spots, 16)[number::16]:
                yield f"{name}: {mark!a} at {at}", case.put(name, text[:at] + mark + text[at:])


@kind(KINDS, "posts: links, tags, breaks, length")
def _posts(case: Case) -> Made:
    for name in POSTS:
        text = case.text(name)
        link = re.search(r"https://\S+", text)
        assert link
        yield f"{name} link gone", case.put(name, text.replace(link[0], "").rstrip() + "\n")
        yield f"{name} other link", case.put(name, text.replace(link[0], "https://evil.example/"))
        yield f"{name} link twice", case.put(name, text.replace(link[0], f"{link[0]}\n{link[0]}"))
        yield f"{name} link longer", case.put(name, text.replace(link[0], f"{link[0]}?utm=x"))
        tag = re.search(r"#\w+", text)
        if tag:
            yield f"{name} 500 tags", case.put(name, text.replace(tag[0], " ".join([tag[0]] * 500)))
            yield f"{name} tag gone", case.put(name, text.replace(tag[0], ""))
            yield f"{name} other tag", case.put(name, text.replace(tag[0], "#buynow"))
            yield f"{name} tag twice", case.put(name, text.replace(tag[0], f"{tag[0]} {tag[0]}"))
        else:
            yield f"{name} tags", case.put(name, f"{text.rstrip()} #smallcaps\n")
        for at in evenly([one.start() for one in re.finditer(NUMBER, text)], 3):
            yield f"{name} break at {at}", case.put(name, text[:at] + "\n\n" + text[at:])
        yield f"{name} spaces", case.put(name, text.replace(". ", ".    ", 1))
        yield f"{name} mention", case.put(name, f"@someone {text}")
        yield f"{name} one line", case.put(name, " ".join(text.split()) + "\n")
        yield f"{name} divided", case.put(name, text.replace(". ", ".\n\n---\n\n", 1))
        yield f"{name} unfinished", case.put(name, text[: len(text) * 2 // 3])
