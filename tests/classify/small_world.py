"""A small hand-written world for training in a second: texts made of the words of the taxonomy's own descriptions."""

from __future__ import annotations

import random

from classify.disputed import LabelledFacts
from classify.examples import Example
from classify.labels import load_taxonomy

EACH = 8


def small_world() -> tuple[Example, ...]:
    """For every category `EACH` texts in each of at most three of its products, twice as many in its only one; made
    of words of both descriptions."""
    taxonomy = load_taxonomy()
    products = {product.code: product for product in taxonomy.products}
    chance = random.Random(5)
    examples: list[Example] = []
    for category in taxonomy.categories:
        own = category.products[-3:] if category.code != "OTHER" else ("UNKNOWN",)
        for code in own:
            for number in range(EACH if len(own) > 1 else 2 * EACH):
                words = chance.sample(category.description.split(), 7) + chance.sample(
                    products[code].description.split(), 6
                )
                text = f"Прошу помочь, номер {chance.randrange(10**6)}. {' '.join(words)}. Деньги не вернули."
                examples.append(
                    Example(
                        id=f"{category.code}-{code}-{number}",
                        text=text,
                        product=code,
                        category=category.code,
                        author="ab"[number % 2],
                    )
                )
    return tuple(examples)


DECISIONS = (
    LabelledFacts(text="Назначена трасологическая экспертиза: контактные пары не совпали.", disputed=("трасология",)),
    LabelledFacts(text="Выплата рассчитана с учётом износа деталей.", disputed=("износ",)),
    LabelledFacts(text="Деньги не выплачены в срок.", disputed=("неустойка",)),
    LabelledFacts(text="Подпись в договоре выполнена другим лицом.", disputed=("подпись/подделка",)),
)
