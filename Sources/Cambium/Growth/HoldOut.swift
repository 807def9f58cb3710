internal import CambiumCore

/// Samples to grow on, and others to choose by.
struct HoldOut {
  let training: Dataset
  let heldOut: Dataset
  /// Where the samples to grow on stand among all.
  let rows: [Int]

  /// The hold-outs of a fit: the caller's own, or as many as the spec says, drawn from `data` or, where that is large, a
  /// part of it; none where it holds out nothing, or the samples are too few.
  static func all(
    of data: Dataset, validation: Dataset?, spec: StoppingSpec, random: RandomStream,
    workers: WorkerPool? = nil
  ) throws -> [HoldOut] {
    if let validation {
      return [HoldOut(training: data, heldOut: validation, rows: Array(0..<data.sampleCount))]
    }
    guard spec.validationFraction > 0 else { return [] }
    guard data.sampleCount <= spec.sampleLimit else {
      let rows = random.child("hold-out samples").generator().sample(spec.sampleLimit, of: data.sampleCount)
      // The processes of a team look for the rows together.
      let seen = workers?.presentTeam == nil ? data.viewing(rows) : data.selecting(rows, workers: workers)
      return try dealt(seen, spec, random).map { holdOut in
        HoldOut(training: holdOut.training, heldOut: holdOut.heldOut, rows: holdOut.rows.map { rows[$0] })
      }
    }
    return try dealt(data, spec, random)
  }

  private static func dealt(_ data: Dataset, _ spec: StoppingSpec, _ random: RandomStream) throws -> [HoldOut]
  {
    let folds = min(spec.folds, data.sampleCount)
    if folds > 1 {
      return try Split.kFold(
        count: data.sampleCount, classes: data.classIndices, folds: folds, random: random.child("folds")
      ).compactMap { HoldOut(of: data, $0) }
    }
    return (0..<spec.holdOutCount(samples: data.sampleCount)).compactMap { index in
      HoldOut(
        of: data,
        Split.holdOut(data, fraction: spec.validationFraction, random: random.child("hold-out", index)))
    }
  }
}

extension HoldOut {
  /// A part of the samples to grow on and another; nil where either is too small.
  fileprivate init?(of data: Dataset, _ split: Split.Parts) {
    guard split.training.count >= 2, !split.heldOut.isEmpty else { return nil }
    self.init(
      training: data.viewing(split.training), heldOut: data.viewing(split.heldOut), rows: split.training)
  }
}
