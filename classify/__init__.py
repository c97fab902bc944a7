"""Text → product and category of the dispute, with calibrated probabilities, or an abstention. Training too.

from classify import Classifier
classifier = Classifier.open(Path("models/classifier/baseline"))
classifier.classify(["Страховая отказала в выплате по ОСАГО…"])
"""

from classify.classification import Classification
from classify.classifier import Classifier, ClassifyOptions, Probabilities

__all__ = ["Classification", "Classifier", "ClassifyOptions", "Probabilities"]
