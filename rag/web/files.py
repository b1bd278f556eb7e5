"""Files handed to the browser: written to a folder of their own that nobody can guess."""

from __future__ import annotations

import tempfile
from pathlib import Path


def give(name: str, content: bytes | str) -> Path:
    """The path of a new file of that name; Gradio copies it to its cache and serves it there."""
    folder = Path(tempfile.mkdtemp(prefix="tiaowen-"))
    path = folder / Path(name).name
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.write_bytes(data)
    return path
