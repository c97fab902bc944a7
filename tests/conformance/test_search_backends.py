"""Both engines keep the one contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.backends.contract import Backend
from search.backends.embedded.engine import rebuild_embedded
from tests.conformance.search_backend_suite import IDENTITY, SearchBackendSuite
from tests.search.memory_backend import MemoryBackend


class TestEmbedded(SearchBackendSuite):
    @pytest.fixture
    def backend(self, tmp_path: Path) -> Iterator[Backend]:
        with rebuild_embedded(tmp_path / "index", IDENTITY) as backend:
            yield backend


class TestMemory(SearchBackendSuite):
    @pytest.fixture
    def backend(self) -> Backend:
        return MemoryBackend(IDENTITY)
