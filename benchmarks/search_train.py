"""Trains the ranker that is shipped: `python -m benchmarks.search_train`. Minutes, the same bytes every time."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.search_data import MODELS, LeftOutClasses, benchmark_encoder, labelled_library
from benchmarks.search_training import left_out_classes, training_set, views
from search.backends.embedded.engine import rebuild_embedded
from search.ranking.ranker import RANKER_FILE, RankerFile
from search.ranking.train import train
from search.records import index_identity, make_records

SEED = 1


def main() -> None:
    library = labelled_library()
    encoder = benchmark_encoder()
    families = dict(zip((decision.id for decision in library.decisions), library.families, strict=True))
    with (
        tempfile.TemporaryDirectory() as folder,
        rebuild_embedded(Path(folder), index_identity(encoder)) as backend,
    ):
        backend.upsert(make_records(library.decisions, encoder))
        backend.commit()
        classes = left_out_classes(library, LeftOutClasses(encoder, families), SEED)
        examples = training_set(library, backend, views(library.queries, backend, encoder), classes)
        trained = train(examples, encoder.identity)
    place = MODELS / "ranker" / RANKER_FILE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(TypeAdapter(RankerFile).dump_json(trained, indent=1) + b"\n")
    print(f"{place} {trained.version}: {len(library.queries)} queries, {len(library.decisions)} decisions")


if __name__ == "__main__":
    main()
