/// The ridge of the readout: one penalty for the inputs' rows of B, one for the units'; none for the bias.
struct ReadoutDecay: Equatable, Codable {
  var inputs: Double
  var units: Double

  init(all penalty: Double) {
    inputs = penalty
    units = penalty
  }

  func penalties(inputs inputCount: Int, units unitCount: Int) -> [Double] {
    [0] + Array(repeating: inputs, count: inputCount) + Array(repeating: units, count: unitCount)
  }
}
