"""Examples in, a model out. `prepare` does once what every fold needs, `fit` is one training."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from classify.agreement import learn_agreement
from classify.calibrate import cross_calibrated, fit_calibration, fit_claimed, fit_sharpness, sharpened
from classify.conformal import thresholds
from classify.disputed import LabelledFacts, TagTrust, learn_trust
from classify.errors import ExamplesTooFew
from classify.examples import Example, check_labels, data_hash
from classify.features import CountedText, FeatureOptions, FeatureSpace, cut, document_counts, encode, learn_space
from classify.folds import groups, random_folds
from classify.input_text import read_text
from classify.labels import load_taxonomy
from classify.model import Level, Model, Neighbours
from classify.ridge import RidgeFit, balanced_weights, fit_ridge, indicators
from text.encoder.contract import Encoder, EncoderIdentity

LEAST_EXAMPLES = 5
_INNER_FOLDS = 5
_LEAST_KNOWN_QUANTILE = 0.005


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainOptions:
    """`penalty` is the ridge's λ; `settle`: product and category settle each other (classify.agreement)."""

    features: FeatureOptions = field(default_factory=FeatureOptions)
    penalty: float = 0.3
    settle: bool = True
    seed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """Examples with their counted texts, and their vectors (n, dimension) when an encoder was given."""

    examples: tuple[Example, ...]
    counted: tuple[CountedText, ...]
    vectors: NDArray[np.float32] | None
    encoder: EncoderIdentity | None
    groups: NDArray[np.int_]


def prepare(examples: Sequence[Example], encoder: Encoder | None) -> Prepared:
    """Raises LabelUnknown, and the TextError of a text that cannot be read."""
    check_labels(examples, load_taxonomy())
    texts = [read_text(example.text).text for example in examples]
    return Prepared(
        examples=tuple(examples),
        counted=tuple(cut(text).counted() for text in texts),
        vectors=encode(encoder, texts) if encoder is not None else None,
        encoder=encoder.identity if encoder is not None else None,
        groups=groups(examples),
    )


def train(
    examples: Sequence[Example],
    encoder: Encoder | None,
    *,
    name: str,
    decisions: Sequence[LabelledFacts] = (),
    options: TrainOptions | None = None,
) -> Model:
    """A model named `name`: of words alone without an encoder, of words and vectors with one.

    `decisions` teach how far the words of disputed facts may be trusted. Same input, same version. Raises
    ExamplesTooFew, LabelUnknown, TextError.
    """
    prepared = prepare(examples, encoder)
    return fit(prepared, None, name=name, trust=learn_trust(decisions) if decisions else (), options=options)


def fit(
    prepared: Prepared,
    rows: NDArray[np.int_] | None,
    *,
    name: str,
    trust: tuple[TagTrust, ...] = (),
    options: TrainOptions | None = None,
) -> Model:
    """The model of the examples numbered by `rows`, None: of all."""
    rows = np.arange(len(prepared.examples)) if rows is None else rows
    chosen = options or TrainOptions()
    taxonomy = load_taxonomy()
    examples = [prepared.examples[row] for row in rows]
    _enough(examples)
    counted = [prepared.counted[row] for row in rows]
    vectors = None if prepared.vectors is None else prepared.vectors[rows]
    appeals = np.array([example.is_appeal for example in examples])
    space = learn_space(counted, _shared_out(chosen.features, vectors is not None), vectors)
    table = _design(space, counted, vectors)
    gram = table.gram()
    products = np.array([example.product for example in examples])
    categories = np.array([example.category for example in examples])
    weights = np.array([example.weight for example in examples])
    inner = random_folds(categories[appeals], prepared.groups[rows][appeals], _INNER_FOLDS, chosen.seed)

    product_fit = _level_fit(gram, products, taxonomy.product_codes, weights, chosen.penalty)
    category_fit = _level_fit(gram, categories, taxonomy.category_codes, weights, chosen.penalty)
    by_product, by_category = products[appeals], categories[appeals]
    unseen = (
        cross_calibrated(product_fit.left_out[appeals], by_product, taxonomy.product_codes, inner),
        cross_calibrated(category_fit.left_out[appeals], by_category, taxonomy.category_codes, inner),
    )
    agreement = learn_agreement(by_product, by_category, taxonomy, trust=None if chosen.settle else 0.0)
    settled = _settled_unseen(unseen, by_product, by_category, inner, chosen.settle)
    sharpness = (
        fit_sharpness(settled[0], by_product, taxonomy.product_codes),
        fit_sharpness(settled[1], by_category, taxonomy.category_codes),
    )
    final = (sharpened(settled[0], sharpness[0]), sharpened(settled[1], sharpness[1]))
    claimed = np.array([[code in example.claimed for code in taxonomy.category_codes] for example in examples])
    level_of = {
        "product": (product_fit, by_product, taxonomy.product_codes, final[0], sharpness[0]),
        "category": (category_fit, by_category, taxonomy.category_codes, final[1], sharpness[1]),
    }
    levels = {
        level: Level(
            labels=codes,
            coefficients=table.coefficients(ridge.dual),
            intercept=ridge.intercept,
            calibration=fit_calibration(ridge.left_out[appeals], labels, codes),
            sharpness=power,
            least=thresholds(probabilities, labels, codes),
        )
        for level, (ridge, labels, codes, probabilities, power) in level_of.items()
    }
    claimed_curve = fit_claimed(category_fit.left_out[appeals], final[1], claimed[appeals].astype(np.float64))
    digest = data_hash(examples)
    return Model(
        name=name,
        version=_version((levels["product"], levels["category"]), trust, digest),
        space=space,
        product=levels["product"],
        category=levels["category"],
        agreement=agreement,
        claimed=claimed_curve,
        least_known=_least_known([one for one, is_appeal in zip(counted, appeals, strict=True) if is_appeal], counted),
        trust=trust,
        encoder=prepared.encoder,
        neighbours=_neighbours(examples, vectors, appeals),
        taxonomy_version=taxonomy.version,
        data_hash=digest,
        examples=len(examples),
    )


def _enough(examples: Sequence[Example]) -> None:
    taxonomy = load_taxonomy()
    found = Counter(example.product for example in examples if example.is_appeal)
    found.update(example.category for example in examples if example.is_appeal)
    for label in (*taxonomy.product_codes, *taxonomy.category_codes):
        if found[label] < LEAST_EXAMPLES:
            raise ExamplesTooFew(label=label, found=found[label], needed=LEAST_EXAMPLES)


def _shared_out(features: FeatureOptions, with_encoder: bool) -> FeatureOptions:
    """Without an encoder its share goes to the other blocks, so that the penalty means the same."""
    if with_encoder:
        return features
    rest = 1 - features.encoder
    return FeatureOptions(
        min_words=features.min_words,
        min_pairs=features.min_pairs,
        min_grams=features.min_grams,
        words=features.words / rest,
        pairs=features.pairs / rest,
        grams=features.grams / rest,
        encoder=0.0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Design:
    """The rows of the examples: TF-IDF as a sparse table (n, terms), encoder columns (n, dimension) dense."""

    terms: NDArray[np.float32]  # scipy.sparse.csr_matrix: typed as what it stands for
    encoded: NDArray[np.float32] | None

    def gram(self) -> NDArray[np.float64]:
        product = np.asarray((self.terms @ self.terms.T).todense(), np.float64)  # type: ignore[attr-defined]
        if self.encoded is not None:
            product += self.encoded.astype(np.float64) @ self.encoded.T
        return product

    def coefficients(self, dual: NDArray[np.float64]) -> NDArray[np.float32]:
        """(columns, labels): what the dual solution weighs each column with; kept as what float16 can say."""
        parts = [np.asarray(self.terms.T @ dual)]
        if self.encoded is not None:
            parts.append(self.encoded.T @ dual)
        return np.concatenate(parts).astype(np.float16).astype(np.float32)


def _design(space: FeatureSpace, counted: Sequence[CountedText], vectors: NDArray[np.float32] | None) -> _Design:
    from scipy import sparse

    rows = [space.row(text) for text in counted]
    starts = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    table = sparse.csr_matrix((values, columns, starts), shape=(len(rows), space.term_count))
    return _Design(terms=table, encoded=None if vectors is None else space.encoded(vectors))


def _level_fit(
    gram: NDArray[np.float64],
    labels: NDArray[np.str_],
    codes: tuple[str, ...],
    weights: NDArray[np.float64],
    penalty: float,
) -> RidgeFit:
    return fit_ridge(gram, indicators(labels, codes), balanced_weights(labels, weights), penalty)


def _settled_unseen(
    unseen: tuple[NDArray[np.float64], NDArray[np.float64]],
    products: NDArray[np.str_],
    categories: NDArray[np.str_],
    inner: NDArray[np.int_],
    settle: bool,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Left-out probabilities of both levels, settled by pairs that were counted without the example's fold."""
    if not settle:
        return unseen
    out = (np.zeros_like(unseen[0]), np.zeros_like(unseen[1]))
    for number in np.unique(inner):
        inside, outside = inner == number, inner != number
        agreement = learn_agreement(products[outside], categories[outside], load_taxonomy())
        out[0][inside], out[1][inside] = agreement.settle(unseen[0][inside], unseen[1][inside])
    return out


def _least_known(appeals: Sequence[CountedText], everything: Sequence[CountedText]) -> float:
    """A low quantile, over the appeals, of the share of content words that stand in enough *other* texts."""
    found = document_counts(everything, "words")
    enough = FeatureOptions().min_words + 1
    shares = [
        sum(found[word] >= enough for word in text.content) / len(text.content) for text in appeals if text.content
    ]
    return float(np.quantile(shares, _LEAST_KNOWN_QUANTILE))


def _neighbours(
    examples: Sequence[Example], vectors: NDArray[np.float32] | None, appeals: NDArray[np.bool_]
) -> Neighbours | None:
    if vectors is None:
        return None
    own = vectors[appeals]
    kept = [example for example, is_appeal in zip(examples, appeals, strict=True) if is_appeal]
    scale = float(np.abs(own).max()) or 1.0
    return Neighbours(
        ids=tuple(example.id for example in kept),
        products=tuple(example.product for example in kept),
        categories=tuple(example.category for example in kept),
        vectors=np.rint(own * (127 / scale)).astype(np.int8),
        scale=scale,
    )


def _version(levels: Sequence[Level], trust: Sequence[TagTrust], digest: str) -> str:
    """Ten hexadecimal digits over what the model says and what it learnt from."""
    state = hashlib.sha256(digest.encode())
    for level in levels:
        # Solvers differ in the last digits between processors; the first three decimals do not.
        for part in (level.coefficients, level.calibration.weights, level.least, level.sharpness):
            state.update(np.round(part, 3).astype(np.float32).tobytes())
    state.update(repr(tuple(trust)).encode())
    return state.hexdigest()[:10]
