// A model is what the part below reads and asks.
@_exported public import CambiumPrediction
