"""A drawing that is more than shapes and words is refused before a native renderer reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rendering.pictures.plain_svg import COUNT, DEPTH, SIZE, svg_fault

PNG = "data:image/png;base64,iVBORw0KGgo="


def drawn(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{inside}\n</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="1" style="fill: url(#g)">Words</text><linearGradient id="g"><stop offset="0"/></linearGradient>',
        f'<image href="{PNG}"/>',
        '<g><rect id="r" fill="#fff"/></g>',
    ],
)
def test_shapes_words_and_pictures_that_it_brings_along_are_allowed(inside: str) -> None:
    """What a card needs, it may have."""
    assert svg_fault(drawn(inside)) is None


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ('<image href="#/../../secret.png"/>', "would read '#/../../secret.png'"),
        ('<image href="data:/../../secret.png"/>', "would read 'data:/../../secret.png'"),
        ('<image href="file:///etc/passwd"/>', "would read 'file:///etc/passwd'"),
        ('<image xlink:href="https://example.org/x.png"/>', "would read 'https://example.org/x.png'"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "would read 'data:image/svg+xml"),
        ('<image href="secret.png"/>', "would read 'secret.png'"),
        ('<rect fill="url(secret.svg#x)"/>', "would read 'secret.svg#x'"),
        ("<rect style=\"fill:URL( '../x.svg' )\"/>", "would read '../x.svg'"),
        ("<style>@import 'x.css';</style>", "may not hold '@'"),
        ("<style>rect { fill: url(x.png) }</style>", "would read 'x.png'"),
        ('<linearGradient href="x.svg#g"/>', "would read 'x.svg#g'"),
        ('<rect fill="url(#nowhere)"/>', "no element 'nowhere'"),
        ('<use href="#a"/>', "may not hold <use>"),
        ("<foreignObject/>", "may not hold <foreignObject>"),
        ('<filter id="f"/>', "may not hold <filter>"),
        ("<script>1</script>", "may not hold <script>"),
        ("<g>" * DEPTH + "</g>" * DEPTH, "within one another"),
        ("<g/>" * COUNT, "elements"),
        ("<title>" + "x" * SIZE + "</title>", "bytes"),
        ("<g>", "not XML: mismatched tag"),
    ],
)
def test_anything_else_is_named(inside: str, told: str) -> None:
    """Each way out of the drawing, and each way to endless work, is one message."""
    found = svg_fault(drawn(inside))
    assert found is not None
    assert told in found[1]


def test_entities_cannot_be_declared() -> None:
    """No document type, so no entity that grows or that reads a file."""
    found = svg_fault('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n' + drawn("<text>&a;</text>"))
    assert found == (1, "the drawing may have no document type.")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    """Whatever a template makes, the answer is a fault or None."""
    assert svg_fault(text) is not None
    svg_fault(drawn(text))
