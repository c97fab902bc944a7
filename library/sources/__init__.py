"""Where decisions come from: files of decisions → rows, each with its place and what was wrong with it."""

from library.sources.opening import rows_of
from library.sources.row import RowFields, SourceFault, SourceRow

__all__ = ["RowFields", "SourceFault", "SourceRow", "rows_of"]
