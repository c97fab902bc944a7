"""Query → candidates → ranking → reasons, over exchangeable engines. Imports `text` only.

    from search import Query, Searcher, index_identity, open_embedded, rebuild_embedded, records

    with rebuild_embedded(folder, index_identity(encoder)) as backend:    # a fresh index beside the old one
        backend.upsert(records(decisions, encoder))
        backend.commit(watermark="42")                                    # the first commit takes the old one's place

    backend = open_embedded(folder, index_identity(encoder), writable=True)   # IndexAbsent, IndexDamaged, IndexMismatch
    backend.upsert(records(more, encoder)); backend.delete(["dec-7"]); backend.commit()

    searcher = Searcher(backend=backend, encoder=encoder, vocabulary=Vocabulary(product=…, category=…))
    found = searcher.find(Query(id="1", text="возврат премии период охлаждения", filters=Filters(product=("OSAGO",))))
    found = searcher.similar(Query(id="2", text=case), likeness="all", fold=True, classes=None, exclude=(),
                             statistics=True)

Importing this package is light: the engines and the encoder's libraries are imported when an index is opened.
"""
