"""Templates as Jinja has compiled them, kept from run to run: most runs compile none."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from generator.caching import keep, recalled


class Compiled(BytecodeCache):
    """What was compiled of the templates in some folders; Jinja itself sees whether a template has changed since."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._place = "\n".join(map(str, folders))
        self._new: dict[str, bytes] = {}

    @cached_property
    def _held(self) -> dict[str, bytes]:
        found = recalled("templates", self._place)
        return found if isinstance(found, dict) else {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what is kept of a template."""
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take what Jinja has compiled; it is written when the program ends."""
        if not self._new:
            atexit.register(self._write)
        self._new[bucket.key] = bucket.bytecode_to_string()

    def _write(self) -> None:
        keep("templates", self._place, {**self._held, **self._new})
