import CambiumCore
import Foundation
import Testing

@Suite struct InputColumnsTests {
  /// A constant column, texts, a column with a gap, a target in the middle, and a column to leave out.
  private static let text = "id,k,t,y,g\n1,5,u,0.1,1\n2,5,v,0.5,\n3,5,u,0.2,4\n4,5,v,0.3,2\n"

  private func fitted() throws -> (preprocessing: Preprocessing, table: Table) {
    let table = try Table.parse(Self.text)
    let fitted = try Preprocessing.fit(to: table, targets: ["y"], ignoring: ["id"])
    return (fitted.preprocessing, table)
  }

  @Test func constantColumnsKeepTheirPlacesAndTargetsHaveNone() throws {
    let (preprocessing, table) = try fitted()
    let data = try preprocessing.dataset(from: table)
    #expect(data.columns == InputColumns(names: ["k", "t", "g"], ofFeatures: [1, 1, 2, 2]))
    #expect(preprocessing.featureNames == ["t=u", "t=v", "g", "g is missing"])
  }

  @Test func samplesPickedOrPutTogetherHaveTheSame() throws {
    let (preprocessing, table) = try fitted()
    let data = try preprocessing.dataset(from: table)
    #expect(data.selecting([2, 0]).columns == data.columns)
    #expect(data.appending(data).columns == data.columns)
    let plain = Dataset(features: data.features, targets: data.targets, task: .regression)
    #expect(plain.columns == InputColumns(names: ["1", "2", "3", "4"], ofFeatures: [0, 1, 2, 3]))
  }

  /// A file holds only the columns that are read.
  @Test func aPreprocessingThatWasReadKnowsTheColumnsThatItReads() throws {
    let (preprocessing, table) = try fitted()
    let read = try JSONDecoder().decode(Preprocessing.self, from: JSONEncoder().encode(preprocessing))
    #expect(read == preprocessing)
    #expect(
      try read.dataset(from: table).columns == InputColumns(names: ["t", "g"], ofFeatures: [0, 0, 1, 1]))
  }
}
