"""Templates and style sheets from a publication's own folders: regular files of bounded size that stand inside them.

What a template compiles to is kept from run to run, and made anew once a letter of it has changed.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, TemplateNotFound
from jinja2.loaders import split_template_path
from jinja2.utils import internalcode

from generator import files
from generator.caching import kept, release
from generator.errors import ContentError, Fault


class HeldLoader(FileSystemLoader):
    """Jinja's loader, that follows no link out of a folder."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text from the first folder that holds it; raises `ContentError` for a file that is not to be read."""
        if not isinstance(template, str):  # `{% include none %}`
            raise TemplateNotFound(str(template))
        for folder in map(Path, self.searchpath):
            path = folder.joinpath(*split_template_path(template))
            if path.exists() or path.is_symlink():
                try:
                    return files.read_text(path, folder), str(path), lambda: True
                except OSError as error:
                    message = f"cannot be read: {error.strerror}."
                    raise ContentError([Fault(f"{folder.name}/{template}", message)]) from error
        raise TemplateNotFound(template)

    @internalcode
    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """The template, from the code that was kept of the same text, or else compiled and kept."""
        source, filename, uptodate = self.get_source(environment, name)
        of = [name.encode(), source.encode(), release("jinja2").encode()]
        code = kept("template", filename, of, lambda: marshal.dumps(environment.compile(source, name, filename)))
        return environment.template_class.from_code(environment, marshal.loads(code), globals or {}, uptodate)
