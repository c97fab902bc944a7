"""Facts out of read papers. Public: `read_facts`."""

from intake.reading_facts.reading import read_facts

__all__ = ["read_facts"]
