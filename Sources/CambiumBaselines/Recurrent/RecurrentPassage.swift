internal import CambiumCore

/// The passage through a recurrent network: step after step, then the fully connected layers; and back through all steps.
final class RecurrentPassage: NetworkPassage {
  private let shape: RecurrentShape
  private let steps: [StepPassage]
  private let top: Passage
  /// The features as they are gathered.
  private let features: UnsafeMutablePointer<Double>
  private let state: UnsafeMutablePointer<Double>
  private let error: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutablePointer<Double>
  /// Of each place the feature that stands there; nil where none does.
  private let featureOfPlace: [Int?]

  /// Takes memory for at most `capacity` samples.
  init(shape: RecurrentShape, capacity: Int) {
    self.shape = shape
    steps = (0..<shape.steps).map { _ in StepPassage(shape: shape, capacity: capacity) }
    top = Passage(shape: shape.top, capacity: capacity)
    features = .allocate(capacity: max(capacity * shape.places.ofFeatures.count, 1))
    state = .allocate(capacity: capacity * shape.units)
    error = .allocate(capacity: capacity * shape.units)
    scratch = .allocate(capacity: 2 * capacity * shape.units)
    var featureOfPlace = [Int?](repeating: nil, count: shape.places.count)
    for (feature, place) in shape.places.ofFeatures.enumerated() { featureOfPlace[place] = feature }
    self.featureOfPlace = featureOfPlace
  }

  deinit { [features, state, error, scratch].forEach { $0.deallocate() } }

  func inputs(rows: Int) -> UnsafeMutablePointer<Double> { features }

  func forward(
    rows: Int, parameters: UnsafePointer<Double>, mode: PassageMode
  ) -> UnsafeMutablePointer<Double> {
    for (index, step) in steps.enumerated() {
      for input in 0..<shape.inputs {
        let feature = featureOfPlace[index * shape.inputs + input]
        step.take(input: input, from: feature.map { UnsafePointer(features + $0 * rows) }, rows: rows)
      }
      let isLast = index == steps.count - 1
      step.forward(
        rows: rows, state: index > 0 ? UnsafePointer(state) : nil, weights: parameters,
        after: isLast ? top.inputs(rows: rows) : state)
    }
    return top.forward(rows: rows, parameters: parameters + ownCount, mode: mode)
  }

  /// Weights of the recurrent units.
  private var ownCount: Int { shape.parameterCount - shape.top.parameterCount }

  func backward(
    rows: Int, parameters: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    addingTo gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let penalty = top.backward(
      rows: rows, parameters: parameters + ownCount, weights: weights, errorOfInputs: error,
      addingTo: gradient + ownCount)
    for step in steps.reversed() {
      step.backward(rows: rows, error: error, weights: parameters, scratch: scratch, addingTo: gradient)
    }
    return penalty
  }
}
