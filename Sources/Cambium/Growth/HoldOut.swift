internal import CambiumCore

/// Samples to grow on, and others to choose by.
struct HoldOut {
  let training: Dataset
  let heldOut: Dataset
  /// Where the samples to grow on stand among all.
  let rows: [Int]

  /// The hold-outs of a fit: the caller's own, or as many as the spec says, drawn from `data`; none where it holds
  /// out nothing, or the samples are too few.
  static func all(of data: Dataset, validation: Dataset?, spec: StoppingSpec, random: RandomStream)
    -> [HoldOut]
  {
    if let validation {
      return [HoldOut(training: data, heldOut: validation, rows: Array(0..<data.sampleCount))]
    }
    guard spec.validationFraction > 0 else { return [] }
    return (0..<spec.holdOutCount(samples: data.sampleCount)).compactMap { index in
      let split = Split.holdOut(
        data, fraction: spec.validationFraction, random: random.child("hold-out", index))
      guard split.training.count >= 2, !split.heldOut.isEmpty else { return nil }
      return HoldOut(
        training: data.selecting(split.training), heldOut: data.selecting(split.heldOut), rows: split.training)
    }
  }
}
