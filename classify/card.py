"""What lies beside a model for people: `card.md`, and `report.json` with the figures of its cross-validation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from classify.evaluation import Evaluation
from classify.model import Model


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemeReport:
    """`scheme`: how the folds were cut (random, author)."""

    scheme: str
    product: Evaluation
    category: Evaluation


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelReport:
    name: str
    version: str
    data_hash: str
    schemes: tuple[SchemeReport, ...]


_REPORT = TypeAdapter(ModelReport)


def write_card(model: Model, schemes: tuple[SchemeReport, ...], directory: Path) -> None:
    report = ModelReport(name=model.name, version=model.version, data_hash=model.data_hash, schemes=schemes)
    (directory / "report.json").write_bytes(_REPORT.dump_json(report, indent=1) + b"\n")
    (directory / "card.md").write_text(card_text(model, schemes), encoding="utf-8")


def card_text(model: Model, schemes: tuple[SchemeReport, ...]) -> str:
    encoder = f"{model.encoder.model}, version {model.encoder.version}" if model.encoder else "none: words alone"
    lines = [
        f"# {model.name}@{model.version}",
        "",
        "Says of the text of a consumer's appeal to the financial ombudsman which service is in dispute (product) and",
        "what is disputed (category), or abstains. It proposes; a person decides.",
        "",
        f"- Learnt from {model.examples} texts (hash `{model.data_hash[:16]}…`): fictional appeals hand-written for",
        "  this project by six authors, and the facts established in fictional anonymised decisions at a lower weight.",
        "  No real person, company or case.",
        f"- Taxonomy {model.taxonomy_version}. Encoder: {encoder}. Columns: {model.space.term_count} of words.",
        "- Ridge regression on TF-IDF of lemmas, pairs of lemmas and character grams"
        + (" and the encoder's vector" if model.encoder else "")
        + ", multinomial calibration on left-out scores,",
        "  the two levels settled by the frequency of pairs, class-conditional cross-conformal sets at 90 %.",
        "- Russian only. Another language is answered by an abstention; so is a text unlike the appeals it learnt.",
        "",
        "| folds | level | n | macro-F1 (95 %) | log-loss | ECE (perfect model) | labels in a set | single |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for scheme in schemes:
        for level, found in (("product", scheme.product), ("category", scheme.category)):
            f1, size = found.macro_f1, found.set_size
            sets = f"{size.mean:.2f} | {size.single:.2f}" if size else "– | –"
            lines.append(
                f"| {scheme.scheme} | {level} | {found.n} | {f1.value:.3f} ({f1.low:.3f}–{f1.high:.3f}) "
                f"| {found.log_loss.value:.3f} | {found.ece.value:.3f} ({found.ece.floor:.3f}) | {sets} |"
            )
    lines += [
        "",
        "`random`: five folds; `author`: each author's texts are tested by a model that never read that author. Both",
        "hold disputes and near-duplicates on one side. The corpus is near even over labels, real mail is not (most is",
        "ОСАГО): expect other precision for rare labels there, and measure again on labelled real appeals.",
    ]
    return "\n".join(lines) + "\n"
