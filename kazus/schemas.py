"""The JSON schemas of what commands print, made from the same classes that they print.

`docs/json/*.schema.json` is generated from here. A change of meaning raises the number in a schema's name; a test
fails when a generated schema differs from the stored one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class _CompleteSchema(GenerateJsonSchema):
    """Keys are complete in output: a field with a default is still always printed."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        del field, total
        return True


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandSchema:
    """`name` is the schema's own name; `many`: the command takes several inputs, so each element may have failed."""

    name: str
    kind: type[Any]
    many: bool


def command_schemas() -> tuple[CommandSchema, ...]:
    """Every command's element, imported when asked for."""
    from cases.organisations import ImportedRegistry
    from cases.package_report import PackageReport
    from classify.classification import Classification
    from intake.law.periods import Period
    from intake.law.working_days import YearCalendar
    from kazus.checkup import CheckUp
    from kazus.cli.criteria_command import CriteriaAnswer
    from kazus.cli.model_command import EvaluatedLevel, ModelList, TrainedModel
    from kazus.cli.registry_command import FindAnswer
    from library.anonymise.pseudonyms import Anonymised
    from library.check import CheckReport
    from library.export import ExportedDecision
    from library.import_decisions import ImportReport
    from library.statistics import LibraryStatistics
    from ocr.document import Document
    from search.hit import Found

    return (
        CommandSchema(name="kazus.read/1", kind=Document, many=True),
        CommandSchema(name="kazus.intake/1", kind=PackageReport, many=True),
        CommandSchema(name="kazus.classify/1", kind=Classification, many=True),
        CommandSchema(name="kazus.model.list/1", kind=ModelList, many=False),
        CommandSchema(name="kazus.model.train/1", kind=TrainedModel, many=False),
        CommandSchema(name="kazus.model.evaluate/1", kind=EvaluatedLevel, many=True),
        CommandSchema(name="kazus.library.import/1", kind=ImportReport, many=False),
        CommandSchema(name="kazus.library.search/1", kind=Found, many=True),
        CommandSchema(name="kazus.library.similar/1", kind=Found, many=True),
        CommandSchema(name="kazus.library.stats/1", kind=LibraryStatistics, many=False),
        CommandSchema(name="kazus.library.check/1", kind=CheckReport, many=False),
        CommandSchema(name="kazus.library.reindex/1", kind=CheckReport, many=False),
        CommandSchema(name="kazus.library.export/1", kind=ExportedDecision, many=True),
        CommandSchema(name="kazus.library.anonymise/1", kind=Anonymised, many=True),
        CommandSchema(name="kazus.registry.import/1", kind=ImportedRegistry, many=False),
        CommandSchema(name="kazus.registry.find/1", kind=FindAnswer, many=False),
        CommandSchema(name="kazus.calendar.add/1", kind=Period, many=False),
        CommandSchema(name="kazus.calendar.year/1", kind=YearCalendar, many=False),
        CommandSchema(name="kazus.criteria/1", kind=CriteriaAnswer, many=False),
        CommandSchema(name="kazus.doctor/1", kind=CheckUp, many=False),
    )


def element_schema(command: CommandSchema) -> JsonSchemaValue:
    """JSON Schema (2020-12) of one element of the command's answer."""
    schema = TypeAdapter(command.kind).json_schema(
        mode="serialization", schema_generator=_CompleteSchema, ref_template="#/$defs/{model}"
    )
    definitions: dict[str, Any] = schema.pop("$defs", {})
    properties: dict[str, Any] = schema.pop("properties")
    properties.pop("id", None)
    frame: dict[str, Any] = {"schema": {"const": command.name}}
    error = properties.pop("error", None)
    if command.many:
        frame["id"] = {"type": "string"}
        note = TypeAdapter(_error_note()).json_schema(mode="serialization", schema_generator=_CompleteSchema)
        definitions.setdefault("ErrorNote", note)
        error = error or {"anyOf": [{"$ref": "#/$defs/ErrorNote"}, {"type": "null"}]}
    ends = {"error": error} if error is not None else {}
    full = {
        "type": "object",
        "properties": frame | properties | ends,
        "required": [*frame, *properties, *ends],
        "additionalProperties": False,
    }
    if not command.many:
        return {"$schema": DRAFT, "title": command.name, **full, "$defs": definitions}
    failed = {
        "type": "object",
        "description": "An input that yielded nothing: every key null but schema, id and error.",
        "properties": {
            "schema": {"const": command.name},
            "id": {"type": "string"},
            **{name: {"type": "null"} for name in properties},
            "error": {"$ref": "#/$defs/ErrorNote"},
        },
        "required": [*frame, *properties, "error"],
        "additionalProperties": False,
    }
    return {"$schema": DRAFT, "title": command.name, "anyOf": [full, failed], "$defs": definitions}


def _error_note() -> type[Any]:
    from text.errors import ErrorNote

    return ErrorNote
