/// By how much the losses of some samples fell, and how sure that is.
package struct PairedGain {
  /// The mean of what each sample's loss fell by.
  package let mean: Double
  /// The standard error of that mean, by how much the samples differ in it.
  package let standardError: Double

  /// The gain of losses over others of the same samples, each of which counts by its weight, above 0.
  package init(from before: [Double], to after: [Double], weights: [Double]? = nil) {
    let gains = zip(before, after).map { $0 - $1 }
    func weight(_ sample: Int) -> Double { weights?[sample] ?? 1 }
    let total = gains.indices.reduce(0) { $0 + weight($1) }
    let mean = gains.indices.reduce(0) { $0 + weight($1) * gains[$1] } / total
    var (square, weightSquare) = (0.0, 0.0)
    for (sample, gain) in gains.enumerated() {
      square += weight(sample) * (gain - mean) * (gain - mean)
      weightSquare += weight(sample) * weight(sample)
    }
    self.mean = mean
    standardError = (square / total * weightSquare).squareRoot() / total
  }

  /// Whether it is above so many standard errors.
  package func isBeyond(_ standardErrors: Double) -> Bool { mean > standardErrors * standardError }
}
