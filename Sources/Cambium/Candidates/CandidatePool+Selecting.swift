extension CandidatePool {
  /// Where the parameters of some candidates, in rising order, stand, in the order in which a pool of them alone has
  /// them.
  func parameterIndices(of candidates: [Int]) -> [Int] {
    let ranges = candidates.map(parameterRanges)
    let parts = ranges.map(\.count).max() ?? 0
    return (0..<parts).flatMap { part in
      ranges.flatMap { part < $0.count ? Array($0[part]) : [] }
    }
  }

  /// The pool of some of its candidates, in rising order.
  func selecting(_ candidates: [Int]) -> CandidatePool {
    let indices = parameterIndices(of: candidates)
    let ridge = candidates.filter { $0 < ridgeCount }
    return CandidatePool(
      sourceCount: sourceCount, ridgeActivations: ridge.map { ridgeActivations[$0] },
      radialCount: candidates.count - ridge.count, parameters: indices.map { parameters[$0] },
      mask: indices.map { mask[$0] })
  }

  /// Puts the candidates of a pool that was selected from this one back to their places.
  mutating func replace(_ candidates: [Int], with selected: CandidatePool) {
    for (place, index) in parameterIndices(of: candidates).enumerated() {
      parameters[index] = selected.parameters[place]
      mask[index] = selected.mask[place]
    }
  }
}
