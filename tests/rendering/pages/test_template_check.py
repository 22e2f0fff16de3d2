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
        ("x.txt.j2", "\n{% if %}", "x.txt.j2:2: Expected"),
        ("x.txt.j2", "{{ pots }}", "x.txt.j2:1: 'pots' is not a name this template is handed. Did you mean 'post'?"),
        ("x.txt.j2", "{{ post.snetences }}", "'snetences' is not a field of Post. Did you mean 'sentences'?"),
        ("article.md.j2", "{{ article.table.captoin }}", "'captoin' is not a field of Table. Did you mean 'caption'?"),
        ("x.txt.j2", "{{ post | uper }}", "'uper' is not a filter that templates have. Did you mean 'upper'?"),
        ("x.txt.j2", "{{ post is shwon }}", "'shwon' is not a test that templates have. Did you mean 'shown'?"),
        ("x.txt.j2", "{% include 'xx.txt.j2' %}", "'xx.txt.j2' is not a template. Did you mean 'x.txt.j2'?"),
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
    (own / "x.txt.j2").write_text("{{ a }}\n{{ b }}", "utf-8")
    (own / "print.css").unlink()
    assert [fault.where for fault in check_templates([own])] == [
        "templates/print.css",
        "templates/x.txt.j2:1",
        "templates/x.txt.j2:2",
    ]


def test_part_included_by_others_may_use_their_names(tmp_path: Path, templates: Path) -> None:
    """A template of one's own that others include is not held to any list of names."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "part.txt.j2").write_text("{{ anything }}", "utf-8")
    assert check_templates([own, templates]) == []
