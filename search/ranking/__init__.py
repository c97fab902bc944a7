"""The one ranking that both engines share: features, the learned ranker, the learned projection."""
