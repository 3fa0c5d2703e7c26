"""What the fault tests hold their jobs against."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import jobs
from trustanswer import pipeline
from trustanswer.pipeline import Settings


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, home: Path) -> bytes:
    """The filled questionnaire, as it always comes out; its vectors are in `home` afterwards."""
    folder = tmp_path_factory.mktemp("whole")
    source = jobs.ROOT / "questionnaires" / jobs.QUESTIONNAIRE
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUSTANSWER_HOME", str(home))
        pipeline.fill(source, folder / jobs.FILLED, Settings(knowledge=jobs.ROOT / "knowledge"))
    return (folder / jobs.FILLED).read_bytes()
