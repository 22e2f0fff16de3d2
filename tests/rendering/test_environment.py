"""Templates are poured in a sandbox, and what is wrong with one is said with its line."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.errors import ContentError
from generator.rendering.environment import environment, pour, sheet
from generator.rendering.filters import long_date, markdown_cell, script_json


def folder_with(tmp_path: Path, **templates: str) -> Path:
    """A folder `templates` that holds these, `_` in a name standing for a dot."""
    folder = tmp_path / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in templates.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def test_publication_overlays_bundled_templates(tmp_path: Path, templates: Path) -> None:
    """A template of the publication's own stands before the bundled one; the others stay."""
    env = environment([folder_with(tmp_path, own_txt_j2="ours"), templates])
    assert (pour(env, "own.txt.j2"), "{" in sheet(env, "style.css")) == ("ours", True)


@pytest.mark.parametrize(
    ("name", "poured"), [("a.html.j2", "&lt;b&gt;"), ("a.svg.j2", "&lt;b&gt;"), ("a.txt.j2", "<b>")]
)
def test_markup_is_escaped_in_pages_and_charts_only(tmp_path: Path, name: str, poured: str) -> None:
    """A `<` in a value is escaped where the template makes HTML or SVG, and left alone in text and Markdown."""
    folder = folder_with(tmp_path)
    (folder / name).write_text("{{ value }}", "utf-8")
    assert pour(environment([folder]), name, value="<b>") == poured


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ values.append(1) }}",
        "{{ lipsum() }}",
        "{{ values | random }}",
        "{% include '/etc/passwd' %}",
        "{% include '../secret.txt' %}",
    ],
)
def test_templates_reach_nothing_but_what_they_are_given(tmp_path: Path, template: str) -> None:
    """A template reaches neither Python's insides nor files nor chance, and cannot change what it is given."""
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    env = environment([folder_with(tmp_path, a_txt_j2=template)])
    with pytest.raises(ContentError, match=r"^templates/"):
        pour(env, "a.txt.j2", values=[1])


@pytest.mark.parametrize(
    "template",
    [
        "{{ day.today() }}",
        "{{ day.replace(year=1) }}",
        "{{ day.fromtimestamp(0) }}",
        "{{ day.ctime() }}",
        "{{ (1).from_bytes }}",
        "{{ (1).from_bytes | string }}",
        "{{ '' ~ (1).from_bytes }}",
        "{{ [(1).from_bytes] }}",
        "{{ ['x', ''.upper] | join }}",
        "{{ '%s' % ''.upper }}",
        "{{ values | map('string') }}",
        "{{ values | map('string') | string }}",
        "{{ joiner() }}",
        "{{ joiner() | string }}",
        "{{ range }}",
        "{{ '\\ud800' }}",
    ],
)
def test_templates_print_nothing_that_differs_from_run_to_run(tmp_path: Path, template: str) -> None:
    """No clock, no place in memory, no half of a character; the message says where."""
    env = environment([folder_with(tmp_path, a_txt_j2=template)])
    with pytest.raises(ContentError, match=r"^templates/a\.txt\.j2"):
        pour(env, "a.txt.j2", values=[1], day=date(2024, 7, 11))


def test_a_day_and_methods_that_are_called_may_be_printed(tmp_path: Path) -> None:
    """What a template needs of its values it has."""
    template = "{{ day.strftime('%d') }} {{ day.year }} {{ day }} {{ 'a'.upper() }} {{ '%02d' | format(3) }} {{ {'a': 1}.items() | list }}"
    env = environment([folder_with(tmp_path, a_txt_j2=template)])
    assert pour(env, "a.txt.j2", day=date(2024, 7, 11)) == "11 2024 2024-07-11 A 03 [('a', 1)]"


def test_no_template_is_read_from_outside_its_folder(tmp_path: Path) -> None:
    """Links out, pipes and devices are told by name; nothing of them is opened."""
    folder = folder_with(tmp_path, a_txt_j2="{% include 'linked.txt' %}")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (folder / "linked.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "style.css").symlink_to("/dev/zero")
    os.mkfifo(folder / "b.txt.j2")
    env = environment([folder])
    for name in ("a.txt.j2", "b.txt.j2"):
        with pytest.raises(ContentError, match=r"^templates/(linked\.txt|b\.txt\.j2): cannot be read: it "):
            pour(env, name)
    with pytest.raises(ContentError, match=r"^templates/style\.css: cannot be read: it leads out of the folder"):
        sheet(env, "style.css")


@pytest.mark.parametrize("fault", ["{{ headlin }}", "{% if %}", "{{ 1 / 0 }}", "{{ value | shout }}"])
def test_fault_names_template_and_line(tmp_path: Path, fault: str) -> None:
    """Whatever goes wrong in a template is one message that begins with `templates/x.j2:line`."""
    env = environment([folder_with(tmp_path, a_txt_j2=f"one\ntwo\n{fault}\n")])
    with pytest.raises(ContentError, match=r"^templates/a\.txt\.j2:3: "):
        pour(env, "a.txt.j2", value="x")


def test_fault_in_included_template_names_that_one(tmp_path: Path) -> None:
    """A fault in a template that another includes is told of the included one."""
    folder = folder_with(tmp_path, a_txt_j2="{% include 'b.txt.j2' %}", b_txt_j2="\n{{ nothing }}")
    with pytest.raises(ContentError, match=r"^templates/b\.txt\.j2:2: "):
        pour(environment([folder]), "a.txt.j2")


def test_missing_template_or_sheet_is_named(env: Environment) -> None:
    """A template or style sheet that is not there is named."""
    with pytest.raises(ContentError, match=r"^templates/none\.j2: There is no such template"):
        pour(env, "none.j2")
    with pytest.raises(ContentError, match=r"^templates/none\.css: There is no such style sheet"):
        sheet(env, "none.css")


def test_long_date() -> None:
    """A date in words carries no leading zero."""
    assert long_date(date(2031, 7, 3)) == "Thursday, July 3, 2031"


def test_json_cannot_close_its_script() -> None:
    """A headline that holds `</script>` stays inside the page's structured data."""
    assert "<" not in script_json({"headline": "</script><b>"})


def test_cell_keeps_table_whole() -> None:
    """A vertical bar in a name does not open another cell of a Markdown table."""
    assert markdown_cell("A|B\nC") == "A\\|B C"
