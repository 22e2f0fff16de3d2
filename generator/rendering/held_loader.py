"""Templates and style sheets from a publication's own folders: regular files of bounded size that stand inside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound
from jinja2.loaders import split_template_path

from generator import files
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
