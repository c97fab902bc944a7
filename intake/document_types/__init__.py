"""What kind of paper each document of a package is. Public: `recognise_types`, `recognise`, `load_cues`."""

from intake.document_types.cues import load_cues
from intake.document_types.recognition import Recognised, recognise, recognise_types

__all__ = ["Recognised", "load_cues", "recognise", "recognise_types"]
