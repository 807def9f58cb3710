import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct PrincipalComponentTests {
  private static func iris() throws -> Matrix { try inputs("iris", 4) }

  /// The leading columns of a table of `experiments/data`.
  static func inputs(_ name: String, _ count: Int) throws -> Matrix {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../experiments/data/\(name).csv").standardized
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    let rows = lines.map { line in line.split(separator: ",").prefix(count).map { Double($0) ?? .nan } }
    var features = Matrix(rows: rows.count, columns: count)
    for (i, row) in rows.enumerated() { for (j, value) in row.enumerated() { features[i, j] = value } }
    return features
  }

  /// The numbers are those of scikit-learn 1.9.1, `PCA().fit(X)` and `PCA(2).fit(X)`, X the four measurements of
  /// iris.csv.
  @Test func componentsOfIrisAreThoseOfScikitLearn() throws {
    let features = try Self.iris()
    let all = try #require(PrincipalComponents(of: features, count: 4))
    let variances = [4.228241706034838, 0.2426707479286116, 0.07820950004290794, 0.023835092973445878]
    let components = [
      [0.3613865917853652, -0.08452251406457312, 0.856670605949836, 0.35828919715155151],
      [0.6565887712868261, 0.7301614347850451, -0.17337266279585106, -0.07548101991744255],
      [-0.5820298513060405, 0.5979108301000163, 0.07623607582089942, 0.5458314320201871],
      [0.315487192904058, -0.3197231036662175, -0.47983898699464544, 0.7536574252639664],
    ]
    let means = [5.843333333333335, 3.057333333333334, 3.7580000000000027, 1.199333333333334]
    for k in 0..<4 {
      #expect(abs(all.variances[k] - variances[k]) < 1e-6)
      #expect(abs(all.means[k] - means[k]) < 1e-6)
      for j in 0..<4 { #expect(abs(all.components[j, k] - components[k][j]) < 1e-6) }
    }
    let two = try #require(PrincipalComponents(of: features, count: 2))
    let codes = two.codes(of: features)
    let expected = [[-2.68412562596954, 0.31939724658508517], [-2.7141416872943265, -0.17700122506480298]]
    for i in 0..<2 { for k in 0..<2 { #expect(abs(codes[i, k] - expected[i][k]) < 1e-6) } }
    let back = two.reconstructions(of: features)
    let error = zip(back.values, features.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(abs(error - 15.204644359438952) < 1e-6)
  }

  @Test func componentsOfDigitsAreThoseOfScikitLearn() throws {
    let features = try Self.inputs("digits", 64)
    let components = try #require(PrincipalComponents(of: features, count: 5))
    let codes = components.codes(of: features)
    for k in 0..<5 {
      #expect(abs(components.variances[k] - DecompositionReferences.variances[k]) < 1e-6)
      for i in 0..<3 { #expect(abs(codes[i, k] - DecompositionReferences.codes[i][k]) < 1e-6) }
    }
    for j in 0..<64 {
      #expect(abs(components.components[j, 0] - DecompositionReferences.component[j]) < 1e-6)
    }
  }

  @Test func whatIsLostIsTheVarianceOfTheComponentsLeftOut() throws {
    let features = Samples.make(.regression, rows: 80, features: 6).features
    let all = try #require(PrincipalComponents(of: features, count: 6))
    for count in 0...6 {
      let some = try #require(PrincipalComponents(of: features, count: count))
      let back = some.reconstructions(of: features)
      let error = zip(back.values, features.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(abs(error - 79 * all.variances[count...].reduce(0, +)) < 1e-10)
      let gram = some.components.transposedTimes(some.components)
      for a in 0..<count { for b in 0..<count { #expect(abs(gram[a, b] - (a == b ? 1 : 0)) < 1e-13) } }
    }
    #expect(PrincipalComponents(of: Matrix(rows: 2, columns: 1, values: [1, .nan]), count: 1) == nil)
  }
}
