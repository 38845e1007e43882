"""`uv run python -m tests.w3c` runs the suites and writes the page of the documentation anew."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.w3c.running import outcomes
from tests.w3c.table import PAGE, table

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as cache:
        PAGE.write_text(table(outcomes(Path(cache))), encoding="utf-8")
