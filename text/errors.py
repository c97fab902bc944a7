"""The base of every coded error of the reading rooms, and the note an error leaves in stored data.

An error has a code that never changes, a sentence and a remedy, each in Russian and English. The sentences
are templates over the error's parameters, so a note written in one language can be shown in the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Language = Literal["ru", "en"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorNote:
    """What an error leaves behind in a result: JSON-able, without a traceback and without personal data."""

    code: str
    message: str
    remedy: str
    parameters: Mapping[str, str] = field(default_factory=dict)


class CodedError(Exception):
    """An error people are told about. Subclasses set the five class variables; rooms keep them in `errors.py`."""

    code: ClassVar[str]
    message_ru: ClassVar[str]
    message_en: ClassVar[str]
    remedy_ru: ClassVar[str]
    remedy_en: ClassVar[str]

    def __init__(self, **parameters: object) -> None:
        self.parameters: dict[str, str] = {name: str(value) for name, value in parameters.items()}
        super().__init__(self.message("en"))

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (_rebuild, (type(self), self.parameters))

    def message(self, language: Language = "ru") -> str:
        template = self.message_ru if language == "ru" else self.message_en
        return template.format(**self.parameters)

    def remedy(self, language: Language = "ru") -> str:
        template = self.remedy_ru if language == "ru" else self.remedy_en
        return template.format(**self.parameters)

    def note(self, language: Language = "ru") -> ErrorNote:
        return ErrorNote(
            code=self.code, message=self.message(language), remedy=self.remedy(language), parameters=self.parameters
        )


def _rebuild(kind: type[CodedError], parameters: dict[str, str]) -> CodedError:
    return kind(**parameters)
