"""The two levels of the taxonomy and the tags of disputed facts, read from `classify/taxonomy/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

OUT_OF_SCOPE_PRODUCT = "UNKNOWN"


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    code: str
    name: str
    description: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """`products`: where this dispute arises."""

    code: str
    name: str
    description: str
    products: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputedFact:
    """`lemmas`: runs of lemmas that speak of the fact; `gold`: stems by which labelled decisions name it."""

    tag: str
    lemmas: tuple[str, ...]
    gold: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taxonomy:
    """`version` goes into every model trained on it. The order of products and categories is the order of labels."""

    version: str
    products: tuple[Product, ...]
    categories: tuple[Category, ...]

    @property
    def product_codes(self) -> tuple[str, ...]:
        return tuple(product.code for product in self.products)

    @property
    def category_codes(self) -> tuple[str, ...]:
        return tuple(category.code for category in self.categories)


@cache
def load_taxonomy() -> Taxonomy:
    products, categories = _read("products.toml"), _read("categories.toml")
    return Taxonomy(
        version=str(products["version"]),
        products=tuple(Product(**row) for row in products["product"]),
        categories=tuple(Category(**row | {"products": tuple(row["products"])}) for row in categories["category"]),
    )


@cache
def load_disputed_facts() -> tuple[DisputedFact, ...]:
    rows = _read("disputed_facts.toml")["fact"]
    return tuple(DisputedFact(tag=row["tag"], lemmas=tuple(row["lemmas"]), gold=tuple(row["gold"])) for row in rows)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("classify").joinpath("taxonomy", name).read_text(encoding="utf-8"))
