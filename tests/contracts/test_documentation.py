"""What is generated is fresh; every command, setting and error is documented; examples obey the schemas."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from kazus.documentation import coded_errors, generated, schema_file_name
from kazus.schemas import command_schemas, element_schema

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "docs" / "json" / "examples"


@pytest.mark.parametrize("file", list(generated()), ids=lambda file: file.path)
def test_generated_documentation_is_fresh(file: object) -> None:
    path, text = file.path, file.text  # type: ignore[attr-defined]
    assert (ROOT / path).read_text(encoding="utf-8") == text, f"{path} is stale: run make docs"


def test_every_error_speaks_both_languages_and_says_what_to_do() -> None:
    errors = coded_errors()
    assert len(errors) > 20
    for error in errors:
        for sentence in (error.message_ru, error.message_en):
            assert sentence.strip().endswith((".", "}")), f"{error.code}: {sentence!r}"
        for words in (error.message_ru, error.remedy_ru):
            assert any("а" <= letter <= "я" for letter in words.lower()), error.code
        for words in (error.message_en, error.remedy_en):
            assert words.strip(), error.code


def test_codes_of_errors_are_unique() -> None:
    codes = [error.code for error in coded_errors()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("command", command_schemas(), ids=lambda command: command.name)
def test_an_example_of_every_command_obeys_its_schema(command: object) -> None:
    name: str = command.name  # type: ignore[attr-defined]
    schema = element_schema(command)  # type: ignore[arg-type]
    path = EXAMPLES / schema_file_name(name).replace(".schema.json", ".json")
    example = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(example, schema, cls=jsonschema.Draft202012Validator)
    assert example["schema"] == name


def test_a_missing_key_breaks_the_schema() -> None:
    command = next(command for command in command_schemas() if command.name == "kazus.read/1")
    example = json.loads((EXAMPLES / "read.1.json").read_text(encoding="utf-8"))
    del example["pages"][0]["grade_reason"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(example, element_schema(command), cls=jsonschema.Draft202012Validator)
