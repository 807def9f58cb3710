internal import CambiumCore

/// What the outputs of a network are called, and how numbers get back to their units.
struct OutputNames {
  /// One name for each output; with two classes the second one's, whose probability the network gives.
  let names: [String]
  /// Regression: the standardisation of each output. Else empty.
  let scalings: [Scaling]

  init(_ preprocessing: Preprocessing) {
    switch preprocessing.target {
    case .numbers(let targets):
      names = targets.map(\.name)
      scalings = targets.map(\.scaling)
    case .classes, .oneHot:
      let classes = preprocessing.target.classNames
      names = classes.count == 2 ? [classes[1]] : classes
      scalings = []
    }
  }
}
