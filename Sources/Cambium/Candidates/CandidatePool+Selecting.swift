internal import CambiumCore

extension CandidatePool {
  /// Where the parameters of some candidates for some sources stand, both in rising order, in the order in which a pool
  /// of them alone has them.
  func parameterIndices(of candidates: [Int], sources: [Int]) -> [Int] {
    candidates.flatMap(parameterRanges).sorted { $0.lowerBound < $1.lowerBound }
      .flatMap { range in sources.map { range.lowerBound + $0 } }
  }

  /// The pool of some of its candidates over some of its sources, both in rising order.
  func selecting(_ candidates: [Int], sources: [Int]) -> CandidatePool {
    let indices = parameterIndices(of: candidates, sources: sources)
    let forms = candidates.map { activation(of: $0).form }
    return CandidatePool(
      sourceCount: sources.count, ridgeActivations: candidates.prefix { $0 < ridgeCount }.map(activation),
      radialCount: forms.count { $0 == .radial }, productCount: forms.count { $0 == .product },
      parameters: indices.map { parameters[$0] }, mask: indices.map { mask[$0] })
  }

  /// Puts the candidates of a pool that was selected from this one back to their places; what they have for other
  /// sources is cut.
  mutating func replace(_ candidates: [Int], sources: [Int], with selected: CandidatePool) {
    for index in parameterIndices(of: candidates, sources: Array(0..<sourceCount)) {
      parameters[index] = 0
      mask[index] = 0
    }
    for (place, index) in parameterIndices(of: candidates, sources: sources).enumerated() {
      parameters[index] = selected.parameters[place]
      mask[index] = selected.mask[place]
    }
  }

  /// The sources that a candidate is still connected to, and the constant one.
  var livingSources: [Int] {
    var isLiving = [Bool](repeating: false, count: sourceCount)
    if sourceCount > 0 { isLiving[0] = true }
    for candidate in 0..<count {
      for range in parameterRanges(of: candidate) {
        for source in 0..<sourceCount where mask[range.lowerBound + source] != 0 { isLiving[source] = true }
      }
    }
    return isLiving.indices.filter { isLiving[$0] }
  }
}
