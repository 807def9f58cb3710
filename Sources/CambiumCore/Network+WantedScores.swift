extension Network {
  /// Samples with the scores in place of their targets that make these the outputs, as far as the network's scores go:
  /// where its outputs are scores, the samples themselves.
  package func wantedScores(of data: Dataset) -> Dataset {
    guard !links.isEmpty else { return data }
    var scores = data.targets
    for (output, link) in links.enumerated() {
      let range = outputRanges[output]
      for row in 0..<scores.rows {
        let score = link.score(ofOutput: scores[row, output])
        scores[row, output] =
          score.isNaN ? range.lowerBound : min(max(score, range.lowerBound), range.upperBound)
      }
    }
    return data.replacing(targets: scores, weights: data.weights)
  }
}
