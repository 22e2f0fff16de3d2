"""What is struck out of a product's text, and what is left over."""

from __future__ import annotations

from datetime import date, timedelta

from generator.verification.figures.charts import Drawn
from generator.verification.products.page import PageText
from generator.verification.products.scales import scale_fault, without_scales
from generator.verification.sentences.extraction import read_markdown
from generator.verification.sentences.html_pages import read_html

NOTHING = {"-": 1}


def test_a_number_is_not_found_inside_another() -> None:
    """`3.57%` does not stand in `13.57%`."""
    assert PageText("It rose 13.57% today.").take("3.57%") == -1


def test_what_nothing_stands_behind_is_left() -> None:
    """Standing text and punctuation are not, as often as its template has it; signs are."""
    page = PageText("About this page. It rose. Traders were pleased. 🚀 About this page.")
    page.take("It rose.")
    left = page.left({"About this page": 1})
    assert left == ["Traders were pleased. 🚀 About this page.", "🚀"]


def test_a_sentence_goes_on_on_the_next_page_of_a_pdf() -> None:
    """Its two parts are struck out, and what stood between them is not."""
    page = PageText("The index rose\nPage 1 of 2\nby a third in the\nyear.", tight=True)
    assert page.take("The index rose by a third in the year.") == -1
    assert page.take_parted("The index rose by a third in the year.") == 0
    assert page.left(NOTHING) == []


def test_a_changed_digit_is_not_a_change_of_page() -> None:
    """The rest of the sentence has to stand somewhere too."""
    assert (
        PageText("The index rose 3.75% in the year.", tight=True).take_parted("The index rose 3.57% in the year.") == -1
    )


def test_markdown_is_read_as_a_reader_sees_it() -> None:
    """Front matter, table rows, pictures' words and sources each in their place."""
    read = read_markdown(
        "---\ntitle: A\n---\n# A\n\n*B* c.[^1]\n\n![d e](x.svg)\n\n| k | 1 |\n| :-- | --: |\n| l* | 2 |\n\n[^1]: S. <https://u.org>\n"
    )
    assert read.meta == {"title": "A"}
    assert read.tables == [[["k", "1"], ["l*", "2"]]]
    assert (read.cited, read.sources) == (["1"], {"1": "S. <https://u.org>"})
    assert " ".join(read.text.split()) == "A B c.[1] d e x.svg S. https://u.org k"


def test_a_page_is_read_as_a_reader_sees_it() -> None:
    """What is hidden belongs to its number; styles are not read."""
    read = read_html(
        '<html><head><title>T</title><style>p{}</style></head><body><p>Up <data value="0.01">1%<span hidden>why</span>'
        "</data>.</p><table><tr><td>a</td><td>1</td></tr></table></body></html>"
    )
    assert " ".join(read.text.split()) == "Up 1%. a"  # the head's first cell has no ledger behind it
    assert read.figures == [("1%", "0.01", "why")]
    assert read.tables == [[["a", "1"]]]
    assert read.meta["title"] == ["T"]


DAYS = [date(2023, 10, 2) + timedelta(days=n) for n in range(270)]


def test_marks_along_an_axis() -> None:
    """Evenly spaced, around what is drawn, and at months of the window."""

    def fault(labels: list[str], low: float, high: float, **of: object) -> str:
        return scale_fault(labels, Drawn("", "", (), low=low, high=high, **{"days": DAYS, **of}))  # type: ignore[arg-type]

    assert fault(["80", "100", "120", "2024", "Mar", "May"], 85, 115) == ""
    assert fault(["80", "105", "120"], 85, 115)
    assert fault(["90", "100", "110"], 85, 115)
    assert fault(["Nov", "2024", "Apr"], 0, 0)
    assert fault(["Aug"], 0, 0)
    assert fault(["50", "70", "100", "150", "2024", "Mar", "May"], 58, 120, logarithmic=True) == ""
    assert fault(["50", "70", "100"], 58, 120, logarithmic=True)
    around = {"steps": tuple(range(-63, 127)), "days": ()}
    assert fault(["−5", "0", "5", "−63", "0", "63", "126"], -4, 3, **around) == ""
    assert fault(["−5", "0", "5", "−63", "1,000"], -4, 3, **around)
    quarters = {"columns": True, "days": [date(2023, 9, 29), date(2023, 12, 29), date(2024, 3, 28)]}
    assert fault(["−10", "0", "10", "Q3", "Q4", "2024"], -9, 8, **quarters) == ""
    assert fault(["−10", "0", "10", "Q3", "Q1", "2024"], -9, 8, **quarters)


def test_marks_are_taken_out_of_a_pdf() -> None:
    """Three lines or more of nothing else; a number alone stays in the text."""
    assert without_scales("a\n80\n90\n100\nJan\nb\n7\nc") == ("a\nb\n7\nc\n", [["80", "90", "100", "Jan"]])
