"""Query → candidates → ranking → reasons, over exchangeable engines. Imports `text` only.

    from search import Query, Search, open_embedded
    search = Search(backend=open_embedded(folder, identity), encoder=encoder)
    found = search.similar(Query(id="1", text=case))

Importing this package is light: the engines and the encoder's libraries are imported when an index is opened.
"""
