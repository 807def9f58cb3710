/// New samples near given ones, so that what is said between those can be learned.
///
/// Each input is, as likely as not, drawn between the sample's own value and its neighbour's, so that inputs which both share,
/// as those of most encoded words, stay what they are (after Zhang and others 2018, "mixup", without mixing labels).
package struct MixedSamples {
  /// All samples' first copies, then their second, and so on. O(N · copies · d).
  package let features: Matrix

  /// Neighbours are looked for among no more samples than this, so that the cost stays in proportion to N.
  private static let searched = 256

  /// So many copies for each sample, of which there are at least two.
  package init(near samples: Matrix, copies: Int, random: RandomStream) {
    var mixed = Matrix(rows: samples.rows * copies, columns: samples.columns)
    for row in 0..<samples.rows {
      let generator = random.child("sample", row).generator()
      for copy in 0..<copies {
        let other = Self.neighbour(of: row, in: samples, generator)
        for j in 0..<samples.columns {
          let share = generator.uniform() < 0.5 ? generator.uniform() : 0
          mixed[copy * samples.rows + row, j] =
            samples[row, j] + share * (samples[other, j] - samples[row, j])
        }
      }
    }
    features = mixed
  }

  /// The nearest of some samples drawn at random, other than the row itself.
  private static func neighbour(of row: Int, in features: Matrix, _ generator: RandomGenerator) -> Int {
    var nearest = row
    var least = Double.infinity
    for _ in 0..<min(searched, features.rows) {
      let other = generator.index(below: features.rows)
      guard other != row else { continue }
      var distance = 0.0
      for j in 0..<features.columns {
        let difference = features[row, j] - features[other, j]
        distance += difference * difference
      }
      if distance < least { (nearest, least) = (other, distance) }
    }
    return nearest
  }
}
