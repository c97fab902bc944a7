"""tantivy and FAISS in one directory, for one machine: no server, one writer, up to about a million decisions."""
