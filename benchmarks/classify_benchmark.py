"""`python -m benchmarks classify`: systems side by side in the same folds, every text tested by a model that never saw
it, its author's fold-mates or its near-duplicates."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Must, Row
from classify.calibrate import softmax
from classify.classifier import Classifier
from classify.compare import log_loss_gain, macro_f1_gain
from classify.cross_validation import cross_validate, splits
from classify.evaluation import Evaluation, Interval, Predictions, evaluate
from classify.examples import Example, read_examples
from classify.features import FeatureOptions
from classify.report import fold_schemes
from classify.train import Prepared, TrainOptions, fit, prepare
from kazus.assembly import corpus_files
from text.encoder.contract import Encoder
from text.normalise import fold

LevelName = Literal["product", "category"]
LEVELS: tuple[LevelName, ...] = ("product", "category")
MAJORITY, PEER, ENCODED, BASELINE, JOINED = "majority", "TF-IDF + LinearSVC", "e5 + linear", "baseline", "joined"
MILLISECONDS = 80.0
_COVERAGE = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Tested:
    """One system in one scheme of folds. `probable`: its numbers are probabilities, not only an order of labels."""

    system: str
    scheme: str
    level: LevelName
    predictions: Predictions
    probable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Speed:
    system: str
    milliseconds: float
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    tested: tuple[Tested, ...]
    speeds: tuple[Speed, ...]

    def get(self, system: str, scheme: str, level: LevelName) -> Predictions | None:
        wanted = (system, scheme, level)
        return next((one.predictions for one in self.tested if (one.system, one.scheme, one.level) == wanted), None)

    @property
    def schemes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.scheme for one in self.tested))

    @property
    def ours(self) -> str:
        return JOINED if any(one.system == JOINED for one in self.tested) else BASELINE


def encoder_of_environment() -> Encoder | None:
    """The encoder that KAZUS_ENCODER_DIR names; None when it names none."""
    folder = os.environ.get("KAZUS_ENCODER_DIR")
    if not folder or not (Path(folder) / "manifest.json").is_file():
        return None
    from text.encoder import open_encoder

    return open_encoder(Path(folder))


def run(*, quick: bool, encoder: Encoder | None, only: tuple[str, ...] = ()) -> Measured:
    """Every system in every scheme; `quick`: six appeals of ten, random folds, no ablations."""
    examples = tuple(example for path in corpus_files() for example in read_examples(path))
    if quick:
        kept = np.random.default_rng(0).random(len(examples)) < 0.6
        examples = tuple(one for one, keep in zip(examples, kept, strict=True) if keep or not one.is_appeal)
    words = prepare(examples, None)
    both = prepare(examples, encoder) if encoder is not None else None
    systems = _systems(words, both, ablations=not quick)
    chosen = {name: system for name, system in systems.items() if not only or name in only}
    schemes = fold_schemes(words)
    tested: list[Tested] = []
    for scheme, folds in schemes.items():
        if quick and scheme != "random":
            continue
        for system, predict in chosen.items():
            for level, (predictions, probable) in predict(folds).items():
                tested.append(
                    Tested(system=system, scheme=scheme, level=level, predictions=predictions, probable=probable)
                )
    return Measured(tested=tuple(tested), speeds=_speeds(words, both, encoder))


Answers = Mapping[LevelName, tuple[Predictions, bool]]
System = Callable[[NDArray[np.int_]], Answers]


def _systems(words: Prepared, both: Prepared | None, *, ablations: bool) -> dict[str, System]:
    systems: dict[str, System] = {
        MAJORITY: lambda folds: _simple(words, folds, _majority),
        PEER: lambda folds: _simple(words, folds, _linear_svc),
        BASELINE: lambda folds: _trained(words, folds),
    }
    if both is not None:
        only_encoder = TrainOptions(features=FeatureOptions(words=0, pairs=0, grams=0, encoder=1.0), settle=False)
        systems[ENCODED] = lambda folds: _trained(both, folds, only_encoder)
        systems[JOINED] = lambda folds: _trained(both, folds)
    if ablations:
        full = words if both is None else both
        called = BASELINE if both is None else JOINED
        apart = TrainOptions(settle=False)
        no_pairs = TrainOptions(features=FeatureOptions(words=0.4, pairs=0.0, grams=0.4))
        no_grams = TrainOptions(features=FeatureOptions(words=0.5, pairs=0.3, grams=0.0))
        systems[f"{called}, levels apart"] = lambda folds: _trained(full, folds, apart)
        systems[f"{called}, no pairs of lemmas"] = lambda folds: _trained(full, folds, no_pairs)
        systems[f"{called}, no character grams"] = lambda folds: _trained(full, folds, no_grams)
        systems[f"{called}, no decisions"] = lambda folds: _trained(_appeals_alone(full), folds)
    return systems


def _trained(prepared: Prepared, folds: NDArray[np.int_], options: TrainOptions | None = None) -> Answers:
    found = cross_validate(prepared, folds[: len(prepared.examples)], options)
    return {"product": (found.product, True), "category": (found.category, True)}


def _appeals_alone(prepared: Prepared) -> Prepared:
    """The appeals stand first in the corpus."""
    count = sum(example.is_appeal for example in prepared.examples)
    vectors = None if prepared.vectors is None else prepared.vectors[:count]
    return replace(
        prepared,
        examples=prepared.examples[:count],
        counted=prepared.counted[:count],
        vectors=vectors,
        groups=prepared.groups[:count],
    )


# --- the peers, trained on appeals alone as people would ----------------------------------------------------------

Fit = Callable[[list[str], NDArray[np.str_], list[str], tuple[str, ...]], NDArray[np.float64]]


def _simple(prepared: Prepared, folds: NDArray[np.int_], predict: Fit) -> Answers:
    appeals = [row for row, example in enumerate(prepared.examples) if example.is_appeal]
    texts = [fold(example.text) for example in prepared.examples]
    answers: dict[LevelName, tuple[Predictions, bool]] = {}
    for level in LEVELS:
        gold = np.array([_label(example, level) for example in prepared.examples])
        labels = tuple(sorted(set(gold[appeals].tolist())))
        scores = np.zeros((len(prepared.examples), len(labels)))
        for training, tested in splits(prepared, folds):
            own = [row for row in training if prepared.examples[row].is_appeal]
            scores[tested] = predict([texts[row] for row in own], gold[own], [texts[row] for row in tested], labels)
        order = softmax(scores[appeals])  # keeps the order of labels; these are no probabilities to be judged as such
        answers[level] = (Predictions(labels=labels, gold=gold[appeals], probabilities=order), False)
    return answers


def _label(example: Example, level: LevelName) -> str:
    return example.product if level == "product" else example.category


def _majority(
    texts: list[str], gold: NDArray[np.str_], tested: list[str], labels: tuple[str, ...]
) -> NDArray[np.float64]:
    del texts
    shares = np.array([(gold == label).mean() for label in labels])
    return np.tile(shares, (len(tested), 1))


def _linear_svc(
    texts: list[str], gold: NDArray[np.str_], tested: list[str], labels: tuple[str, ...]
) -> NDArray[np.float64]:
    """Words and pairs of words, character grams inside words, balanced classes: a strong form of the usual recipe."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
    )
    model = make_pipeline(features, LinearSVC(class_weight="balanced"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(texts, gold)
    scores = np.full((len(tested), len(labels)), -10.0)
    scores[:, [labels.index(label) for label in model.classes_]] = model.decision_function(tested)
    return scores


# --- speed --------------------------------------------------------------------------------------------------------


def _speeds(words: Prepared, both: Prepared | None, encoder: Encoder | None) -> tuple[Speed, ...]:
    """CPU milliseconds of one appeal after another, warm, as a server is asked."""
    texts = [example.text for example in words.examples if example.is_appeal][:60]
    found: list[Speed] = []
    for system, prepared in ((BASELINE, words), (JOINED, both)):
        if prepared is None:
            continue
        classifier = Classifier(fit(prepared, None, name=system), encoder)
        classifier.classify(texts[:5])
        began = time.process_time()
        for text in texts:
            classifier.classify([text])
        milliseconds = 1000 * (time.process_time() - began) / len(texts)
        found.append(Speed(system=system, milliseconds=milliseconds, n=len(texts)))
    return tuple(found)


# --- figures ------------------------------------------------------------------------------------------------------


def figures(measured: Measured, draws: int = 1000) -> tuple[Row, ...]:
    rows: list[Row] = []
    for one in measured.tested:
        rows += _rows_of(one, evaluate(one.predictions, draws))
    for scheme in measured.schemes:
        for level in LEVELS:
            rows += _gain_rows(measured, scheme, level, draws)
    rows += [
        Row(system=speed.system, condition="warm, one text", metric="CPU ms", value=speed.milliseconds, n=speed.n)
        for speed in measured.speeds
    ]
    return tuple(rows)


def _rows_of(one: Tested, found: Evaluation) -> list[Row]:
    condition = f"{one.scheme} folds, {one.level}"

    def row(metric: str, value: float, interval: Interval | None = None, n: int = found.n) -> Row:
        low, high = (interval.low, interval.high) if interval else (None, None)
        return Row(system=one.system, condition=condition, metric=metric, value=value, low=low, high=high, n=n)

    rows = [row("macro-F1", found.macro_f1.value, found.macro_f1)]
    if not one.probable:
        return rows
    ece = Interval(value=found.ece.value, low=found.ece.low, high=found.ece.high)
    rows += [
        row("log-loss", found.log_loss.value, found.log_loss),
        row("ECE", found.ece.value, ece),
        row("ECE of a perfect model", found.ece.floor),
    ]
    if found.set_size is not None and found.coverage is not None:
        rows += [row("labels in a set", found.set_size.mean), row("sets of one label", found.set_size.single)]
        rows.append(row("coverage, mean of labels", float(np.mean([label.covered for label in found.coverage]))))
        if one.system in (BASELINE, JOINED):
            rows += [row(f"coverage {label.label}", label.covered, n=label.n) for label in found.coverage]
    return rows


def _gain_rows(measured: Measured, scheme: str, level: LevelName, draws: int) -> list[Row]:
    rows: list[Row] = []
    for system, other in ((JOINED, PEER), (BASELINE, PEER), (JOINED, BASELINE)):
        ours, theirs = measured.get(system, scheme, level), measured.get(other, scheme, level)
        if ours is None or theirs is None:
            continue
        gains = [("macro-F1 gained", _gain(ours, theirs, draws))]
        if other == BASELINE:
            gains.append(("log-loss saved", log_loss_gain(ours, theirs, draws)))
        for metric, gain in gains:
            rows.append(
                Row(
                    system=f"{system} over {other}",
                    condition=f"{scheme} folds, {level}",
                    metric=metric,
                    value=gain.value,
                    low=gain.low,
                    high=gain.high,
                    n=len(ours.gold),
                )
            )
    return rows


def _gain(ours: Predictions, theirs: Predictions, draws: int) -> Interval:
    return macro_f1_gain(ours, theirs, draws)


def musts(measured: Measured, draws: int = 1000) -> tuple[Must, ...]:
    ours = measured.ours
    found: list[Must] = []
    for scheme in measured.schemes:
        gains = {}
        for level in LEVELS:
            mine, peer = measured.get(ours, scheme, level), measured.get(PEER, scheme, level)
            if mine is not None and peer is not None:
                gains[level] = _gain(mine, peer, draws)
        if gains:
            best, worst = max(gain.low for gain in gains.values()), min(gain.high for gain in gains.values())
            better = f"{ours} gains on {PEER} in {scheme} folds on product or category: the interval's low end above 0"
            found.append(Must(text=better, value=best, passed=best > 0))
            found.append(
                Must(
                    text=f"… and loses on neither: no interval wholly below 0 ({scheme})",
                    value=worst,
                    passed=worst >= 0,
                )
            )
        for level in LEVELS:
            mine = measured.get(ours, scheme, level)
            if mine is None:
                continue
            figures_ = evaluate(mine, 200)
            over = figures_.ece.value - figures_.ece.floor
            text = f"ECE of {ours} above the perfect model's by at most .03 ({scheme}, {level})"
            found.append(Must(text=text, value=over, passed=over <= 0.03))
            if figures_.coverage is None:
                continue
            covered = float(np.mean([label.covered for label in figures_.coverage]))
            text = f"label sets of {ours} hold the true label for 88 % of texts, mean of labels ({scheme}, {level})"
            found.append(Must(text=text, value=covered, passed=covered >= _COVERAGE - 0.02))
    for speed in measured.speeds:
        text = f"one appeal, warm, {speed.system}: at most {MILLISECONDS:.0f} CPU ms"
        found.append(Must(text=text, value=speed.milliseconds, passed=speed.milliseconds <= MILLISECONDS))
    return tuple(found)
