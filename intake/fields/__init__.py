"""Which value is which fact in each document. Public: `extract_fields`."""

from intake.fields.extraction import extract_fields

__all__ = ["extract_fields"]
