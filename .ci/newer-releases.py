"""Fills a folder with empty wheels, one of a much higher version of every package that constraints.txt pins.

Given to pip by PIP_FIND_LINKS, they stand for all that is released after the lock was made: an install that resolves
anything takes one of them.
"""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

folder = Path(sys.argv[1])
folder.mkdir(parents=True)
for name in re.findall(r"^([a-z0-9._-]+)==", Path("constraints.txt").read_text(encoding="utf-8"), re.MULTILINE):
    stem = f"{name.replace('-', '_')}-9999"
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 9999\n")
        wheel.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{stem}.dist-info/RECORD", "")
