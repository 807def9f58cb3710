internal import CambiumCore

/// The noise on what the candidates of a round read; see ``RegularisationSpec``.
struct SourceNoise {
  let spec: RegularisationSpec
  /// d, the inputs: the columns 1…d of Φ.
  let inputCount: Int
  let random: RandomStream

  /// The values of a column of Φ with noise.
  func disturbed(_ values: [Double], ofColumn source: Int) -> [Double] {
    guard source > 0 else { return values }
    let generator = random.child("column", source).generator()
    var values = values
    if spec.inputNoise > 0, source <= inputCount {
      for i in values.indices { values[i] += generator.gaussian(standardDeviation: spec.inputNoise) }
    }
    if spec.dropout > 0 {
      let factor = 1 / (1 - spec.dropout)
      for i in values.indices { values[i] *= generator.uniform() < spec.dropout ? 0 : factor }
    }
    return values
  }
}
