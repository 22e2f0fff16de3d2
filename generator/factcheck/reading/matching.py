"""The types of what `regex` finds, which ships none."""

from __future__ import annotations

from typing import Any, TypeAlias

Match: TypeAlias = Any
Pattern: TypeAlias = Any
