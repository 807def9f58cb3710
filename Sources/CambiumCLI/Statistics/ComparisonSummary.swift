import CambiumStatistics

/// A comparison of learners as one JSON object.
struct ComparisonSummary: Encodable {
  struct Friedman: Encodable {
    let chiSquare: Double
    let p: Double
    let f: Nullable<Double>
    let pF: Nullable<Double>
  }

  struct Nemenyi: Encodable {
    let criticalDifference: Double
  }

  struct Pair: Encodable {
    let a: String
    let b: String
    let wilcoxonP: Double
    let holmP: Double
    let signP: Double
    let a12: Double
    let bayes: Bayes
  }

  /// The probabilities that `a` is better, that the difference does not matter, and that `b` is better.
  struct Bayes: Encodable {
    let left: Double
    let rope: Double
    let right: Double
  }

  let alpha: Double
  let cliques: [[String]]
  let dataSets: Int
  let friedman: Friedman
  let leftOut: [String]
  let nemenyi: Nemenyi
  let pairs: [Pair]
  let ranks: [String: Double]

  /// - Parameter leftOut: The names of the data sets that are not compared on.
  init(of comparison: LearnerComparison, leftOut: [String]) {
    let names = comparison.learners
    alpha = comparison.level
    cliques = comparison.cliques.map { $0.map { names[$0] } }
    dataSets = comparison.dataSetCount
    friedman = Friedman(
      chiSquare: comparison.friedman.chiSquare, p: comparison.friedman.probability,
      f: Nullable(comparison.friedman.f), pF: Nullable(comparison.friedman.fProbability))
    self.leftOut = leftOut
    nemenyi = Nemenyi(criticalDifference: comparison.criticalDifference)
    pairs = comparison.pairs.map { pair in
      Pair(
        a: names[pair.first], b: names[pair.second], wilcoxonP: pair.wilcoxon.probability,
        holmP: pair.holmProbability, signP: pair.sign.probability, a12: pair.a12,
        bayes: Bayes(left: pair.firstIsBetter, rope: pair.equivalent, right: pair.secondIsBetter))
    }
    ranks = Dictionary(uniqueKeysWithValues: zip(names, comparison.averageRanks))
  }
}
