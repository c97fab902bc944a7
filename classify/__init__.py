"""Text → product and category of the dispute, with calibrated probabilities, or an abstention. Training too.

    from classify import Classifier
    classifier = Classifier.open(Path("models/classifier/baseline"))
    classifier.classify(["Страховая отказала в выплате по ОСАГО…"])

Learning and checking: `read_examples`, `prepare`, then `fit` for a model or `cross_validate` over `fold_schemes`, and
`evaluate` for figures.
"""

from classify.classification import Classification
from classify.classifier import Classifier, ClassifyOptions, Probabilities
from classify.cross_validation import cross_validate
from classify.evaluation import evaluate
from classify.examples import read_examples
from classify.report import fold_schemes
from classify.train import fit, prepare

__all__ = [
    "Classification",
    "Classifier",
    "ClassifyOptions",
    "Probabilities",
    "cross_validate",
    "evaluate",
    "fit",
    "fold_schemes",
    "prepare",
    "read_examples",
]
