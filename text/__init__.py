"""Russian text: normal forms, look-alikes, and pure parsers of the values that stand in documents."""
