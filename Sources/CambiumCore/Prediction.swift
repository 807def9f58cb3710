// Who learns also predicts: all of the part below is here too.
@_exported public import CambiumPrediction
