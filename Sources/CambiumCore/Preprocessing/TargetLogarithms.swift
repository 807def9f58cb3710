/// The logarithms of numbers of one sign, standardised: what is learned in place of the numbers, and the way back.
package struct TargetLogarithms: Sendable {
  /// What is learned of one number.
  private struct Output: Sendable {
    /// The number of its logarithm.
    let link: LogarithmicLink
    /// The logarithm's standardisation.
    let scaling: Scaling
  }

  /// Smaller numbers, as shares of the largest, have lost too many digits when they were standardised.
  private static let leastShare = 1e-9
  /// Of numbers no further apart than by this factor, the logarithm is nearly a straight line.
  private static let leastRatio = 2.0

  private let outputs: [Output]

  /// The logarithms of the targets of samples, and of others that are answered as well; nil where the zeros of the targets
  /// are not known, where a target has both signs or is 0, and where one hardly varies.
  package init?(of data: Dataset, and others: Dataset?) {
    guard data.task == .regression, let zeros = data.zeros else { return nil }
    var outputs: [Output] = []
    for (index, zero) in zeros.enumerated() {
      let own = data.targets.column(index)
      let all = own + (others?.targets.column(index) ?? [])
      let sign: Double = all.contains { $0 > zero } ? 1 : -1
      let sizes = all.map { sign * ($0 - zero) }
      guard let least = sizes.min(), let largest = sizes.max(),
        least > Self.leastShare * max(largest, abs(zero)), largest >= Self.leastRatio * least
      else { return nil }
      let link = LogarithmicLink(origin: zero, factor: sign)
      let logarithms = own.map { link.score(ofOutput: $0) }
      guard let mean = DescriptiveStatistics.mean(of: logarithms, weights: data.weights),
        let deviation = DescriptiveStatistics.standardDeviation(of: logarithms, weights: data.weights),
        deviation > 0
      else { return nil }
      outputs.append(
        Output(link: link, scaling: Scaling(mean: mean, standardDeviation: deviation)))
    }
    self.outputs = outputs
  }

  /// The samples with the logarithms of their targets.
  package func applied(to data: Dataset) -> Dataset {
    var targets = data.targets
    for (index, output) in outputs.enumerated() {
      for row in 0..<targets.rows {
        targets[row, index] = output.scaling.standardised(
          output.link.score(ofOutput: targets[row, index]))
      }
    }
    return Dataset(
      inputs: data.inputs, targets: targets, task: data.task, weights: data.weights, columns: data.columns,
      logarithms: self)
  }

  /// The numbers of N × m standardised logarithms.
  package func numbers(of logarithms: Matrix) -> Matrix {
    var numbers = logarithms
    for (index, output) in outputs.enumerated() {
      for row in 0..<numbers.rows {
        numbers[row, index] = output.link.output(
          ofScore: output.scaling.restored(logarithms[row, index]))
      }
    }
    return numbers
  }

  /// The network that answers with numbers where one answers with their standardised logarithms.
  package func answeringNumbers(_ network: Network) -> Network {
    var readout = network.readout
    var ranges = network.outputRanges
    for (index, output) in outputs.enumerated() {
      for row in 0..<readout.rows { readout[row, index] *= output.scaling.standardDeviation }
      readout[0, index] += output.scaling.mean
      let range = ranges[index]
      ranges[index] =
        output.scaling.restored(range.lowerBound)...output.scaling.restored(range.upperBound)
    }
    let answering = Network(
      inputCount: network.inputCount, units: network.units, readout: readout, task: network.task,
      outputRanges: ranges, links: outputs.map(\.link))
    // The largest number is at most 10⁹ times the least: a fifth more on the scale of logarithms is finite.
    guard let answering else { preconditionFailure("a network of standardised logarithms") }
    return answering
  }
}
