# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds answers to openapi.yaml: the subset of OpenAPI 3.1 and JSON Schema that it uses, and nothing more lenient."""

import json
import re
from pathlib import Path

import yaml

KNOWN = {"type", "properties", "required", "items", "minItems", "maxItems", "enum", "const", "pattern", "minLength", "maxLength",
         "minimum", "maximum", "anyOf", "format", "description", "$ref"}
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


class Contract:
    def __init__(self, path: Path):
        self.document = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.seen = set()

    def resolve(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def operations(self):
        """All (method, path, status) of the contract."""
        return {(method.upper(), path, int(status))
                for path, item in self.document["paths"].items()
                for method, operation in item.items() if method != "parameters"
                for status in operation["responses"]}

    def find(self, path):
        """The template that PATH is an instance of."""
        path = path.partition("?")[0]
        return next((template for template in self.document["paths"]
                     if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)), None)

    def check(self, method, path, answer):
        """Raises AssertionError unless ANSWER is one that the contract gives METHOD on PATH."""
        template = self.find(path)
        operation = self.document["paths"][template][method.lower()]
        if str(answer.status) not in operation["responses"]:
            raise AssertionError(f"{method} {template} is not to answer {answer}")
        response = self.resolve(operation["responses"][str(answer.status)])
        for name, header in response["headers"].items():
            self.value(self.resolve(header)["schema"], answer.headers.get(name), name)
        self.body(response.get("content"), answer)
        self.seen.add((method, template, answer.status))

    def body(self, content, answer):
        if not content:
            assert answer.body == b"" and "Content-Type" not in answer.headers, answer
            return
        (kind, media), = content.items()
        assert answer.headers["Content-Type"] == kind, answer.headers["Content-Type"]
        document = json.loads(answer.body)
        self.value(media["schema"], document, "body")
        if answer.status >= 400:
            assert document["status"] == answer.status, document

    def value(self, schema, value, where):
        schema = self.resolve(schema)
        assert set(schema) <= KNOWN, f"the checker does not know {set(schema) - KNOWN}"
        if "anyOf" in schema:
            self.any_of(schema["anyOf"], value, where)
            return
        expected = TYPES[schema["type"]]
        if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
            raise AssertionError(f"{where} is {value!r}, not {schema['type']}")
        if "const" in schema and value != schema["const"]:
            raise AssertionError(f"{where} is {value!r}")
        if "enum" in schema and value not in schema["enum"]:
            raise AssertionError(f"{where} is {value!r}")
        getattr(self, schema["type"])(schema, value, where)

    def any_of(self, choices, value, where):
        reasons = []
        for choice in choices:
            try:
                self.value(choice, value, where)
                return
            except AssertionError as reason:
                reasons.append(str(reason))
        raise AssertionError("; ".join(reasons))

    def object(self, schema, value, where):
        missing = set(schema["required"]) - set(value)
        unknown = set(value) - set(schema["properties"])
        if missing or unknown:
            raise AssertionError(f"{where}: missing {missing}, not in the contract {unknown}")
        for name, member in value.items():
            self.value(schema["properties"][name], member, f"{where}.{name}")

    def array(self, schema, value, where):
        assert schema.get("minItems", 0) <= len(value) <= schema["maxItems"], where
        for item in value:
            self.value(schema["items"], item, where + "[]")

    def string(self, schema, value, where):
        length = len(value.encode())
        if not schema.get("minLength", 0) <= length <= schema.get("maxLength", length):
            raise AssertionError(f"{where} has {length} bytes")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            raise AssertionError(f"{where} is {value!r}")

    def integer(self, schema, value, where):
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            raise AssertionError(f"{where} is {value}")

    def boolean(self, schema, value, where):
        pass
