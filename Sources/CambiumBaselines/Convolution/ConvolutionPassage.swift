internal import CambiumCore

/// The passage through a convolutional network: convolutions one after another, then fully connected layers.
final class ConvolutionPassage: NetworkPassage {
  private let shape: ConvolutionShape
  private let stages: [StagePassage]
  private let top: Passage
  /// The features as they are gathered.
  private let features: UnsafeMutablePointer<Double>
  /// What each stage reads: pictures, plane by plane.
  private let pictures: [UnsafeMutablePointer<Double>]
  /// The gradients in what each stage gives.
  private let errors: [UnsafeMutablePointer<Double>]
  /// Of each feature the column among the pictures of the first stage.
  private let columns: [Int]

  /// Takes memory for at most `capacity` samples.
  init(shape: ConvolutionShape, capacity: Int) {
    self.shape = shape
    let activation = shape.top.activation
    stages = shape.stages.map {
      StagePassage($0, pooling: shape.pooling, activation: activation, capacity: capacity)
    }
    top = Passage(shape: shape.top, capacity: capacity)
    features = .allocate(capacity: max(capacity * shape.places.ofFeatures.count, 1))
    pictures = shape.stages.map { .allocate(capacity: capacity * $0.places * $0.channels) }
    errors = shape.stages.map { .allocate(capacity: capacity * $0.outputCount) }
    let (channels, places) = (shape.places.shape[2], shape.places.count / shape.places.shape[2])
    columns = shape.places.ofFeatures.map { $0 % channels * places + $0 / channels }
  }

  deinit {
    features.deallocate()
    (pictures + errors).forEach { $0.deallocate() }
  }

  func inputs(rows: Int) -> UnsafeMutablePointer<Double> { features }

  func forward(
    rows: Int, parameters: UnsafePointer<Double>, mode: PassageMode
  ) -> UnsafeMutablePointer<Double> {
    pictures[0].update(repeating: 0, count: rows * shape.places.count)
    for (feature, column) in columns.enumerated() {
      (pictures[0] + column * rows).update(from: features + feature * rows, count: rows)
    }
    var weights = parameters
    for (index, stage) in stages.enumerated() {
      let target = index + 1 < stages.count ? pictures[index + 1] : top.inputs(rows: rows)
      stage.forward(
        rows: rows, source: pictures[index], weights: weights, keepingSlopes: mode.keepsSlopes, target: target
      )
      weights += shape.layout.blocks[index].count
    }
    return top.forward(rows: rows, parameters: weights, mode: mode)
  }

  func backward(
    rows: Int, parameters: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    addingTo gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let blocks = shape.layout.blocks
    var offset = blocks.prefix(stages.count).reduce(0) { $0 + $1.count }
    let penalty = top.backward(
      rows: rows, parameters: parameters + offset, weights: weights, errorOfInputs: errors[stages.count - 1],
      addingTo: gradient + offset)
    for (index, stage) in stages.enumerated().reversed() {
      offset -= blocks[index].count
      stage.backward(
        rows: rows, errors: errors[index], weights: parameters + offset,
        below: index > 0 ? errors[index - 1] : nil, addingTo: gradient + offset)
    }
    return penalty
  }
}
