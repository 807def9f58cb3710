// A network that was grown is one of the part below, which predicts.
@_exported public import CambiumPrediction
