"""Faults in templates are found without pouring them, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.rendering.pages.template_check import check_templates


def test_bundled_templates_have_no_fault(templates: Path) -> None:
    """The templates this project ships have no fault that can be found."""
    assert check_templates([templates]) == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("card-alt.txt.j2", "\n{% if %}", "card-alt.txt.j2:2: Expected"),
        ("card-alt.txt.j2", "{{ artcle }}", "'artcle' is not a name this template is handed. Did you mean 'article'?"),
        ("card-alt.txt.j2", "{{ chart.lnies }}", "'lnies' is not a field of LineChart. Did you mean 'lines'?"),
        ("article.md.j2", "{{ article.table.captoin }}", "'captoin' is not a field of Table. Did you mean 'caption'?"),
        (
            "card-alt.txt.j2",
            "{{ article | uper }}",
            "'uper' is not a filter that templates have. Did you mean 'upper'?",
        ),
        (
            "card-alt.txt.j2",
            "{{ article is shwon }}",
            "'shwon' is not a test that templates have. Did you mean 'shown'?",
        ),
        (
            "card-alt.txt.j2",
            "{% include 'card-at.txt.j2' %}",
            "'card-at.txt.j2' is not a template. Did you mean 'card-alt.txt.j2'?",
        ),
    ],
)
def test_fault_is_found_and_named(tmp_path: Path, templates: Path, name: str, text: str, message: str) -> None:
    """Bad syntax and misspelt names, fields, filters, tests and templates are found, with what was likely meant."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / name).write_text(text, "utf-8")
    assert any(message in str(fault) for fault in check_templates([own, templates]))


def test_every_fault_is_listed(tmp_path: Path, templates: Path) -> None:
    """Two faults in one template and a missing one in the same folder make three faults."""
    own = tmp_path / "templates"
    shutil.copytree(templates, own)
    (own / "card-alt.txt.j2").write_text("{{ a }}\n{{ b }}", "utf-8")
    (own / "print.css").unlink()
    assert [fault.where for fault in check_templates([own])] == [
        "templates/print.css",
        "templates/card-alt.txt.j2:1",
        "templates/card-alt.txt.j2:2",
    ]


def test_part_included_by_others_may_use_their_names(tmp_path: Path, templates: Path) -> None:
    """A template of one's own that others include is not held to any list of names."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "part.txt.j2").write_text("{{ anything }}", "utf-8")
    assert check_templates([own, templates]) == []


def test_a_post_has_no_template_any_more(tmp_path: Path, templates: Path) -> None:
    """One that a publication still has would be passed over in silence; it is told where posts are set now."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "linkedin.txt.j2").write_text("{{ post }}", "utf-8")
    assert [str(fault) for fault in check_templates([own, templates])] == [
        "templates/linkedin.txt.j2: posts are set by content/channels.yaml, and by no template: take this one away."
    ]
